/** The fields that say something: what is empty does not travel. */
export function given<Fields extends object>(fields: {
  [Key in keyof Fields]: Fields[Key] | '' | 0 | false | undefined;
}): Partial<Fields> {
  const all: Partial<Fields> = {};
  for (const [key, value] of Object.entries(fields)) if (value) Reflect.set(all, key, value);
  return all;
}
