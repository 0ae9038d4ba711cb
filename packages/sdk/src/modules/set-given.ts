/** Sets the fields that are given; where one is undefined, the target keeps its own. */
export function setGiven<Target extends object>(
  target: Target,
  fields: { [Key in keyof Target]?: Target[Key] | undefined },
): void {
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) Reflect.set(target, key, value);
}
