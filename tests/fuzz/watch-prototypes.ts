// Loaded before a server under test: writes down, when the process ends, what its built-in prototypes have.

import { writeFileSync } from 'node:fs';

/** The names of the members of what everything inherits from. */
export function prototypeNames(): string[][] {
  return [Object, Array, String, Number, Function, Map, Promise].map(({ name, prototype }) => [
    name,
    ...Reflect.ownKeys(prototype).map(String),
  ]);
}

const report = process.env['PROTOTYPES_REPORT'];
if (report !== undefined) {
  process.on('exit', () => writeFileSync(report, JSON.stringify(prototypeNames())));
}
