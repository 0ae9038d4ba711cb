/** The fields of `Fields` that may be absent, without `undefined` as a value. */
export type Given<Fields> = { [Name in keyof Fields]: Exclude<Fields[Name], undefined> };

/** Only the fields that have a value, so that spreading them over others never unsets one. */
export function given<Fields extends object>(fields: Fields): Given<Fields> {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined);
  // Sound: what is left has the names and the values of `fields`.
  return Object.fromEntries(present) as Given<Fields>;
}

/** Only the fields that have a value, and another one than they have now. */
export function differing<Fields extends object>(
  fields: Fields,
  now: Readonly<Record<string, unknown>>,
): Partial<Given<Fields>> {
  const changed = Object.entries(given(fields)).filter(([name, value]) => value !== now[name]);
  // Sound: what is left has the names and the values of `fields`.
  return Object.fromEntries(changed) as Partial<Given<Fields>>;
}
