import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EVENT } from '../src/constants.ts';

const SOURCES = fileURLToPath(new URL('../src', import.meta.url));
const OTHERS = ['**/*.test.ts', '**/testing/**', 'types/**', 'constants.ts'];
/** An event is named in the sources only to be emitted; `error` is a word of its own besides. */
const NAMED = /'(\w{6,})'|\bemit\(\s*'(\w+)'/g;

/** The values of the events that some source emits, found by reading the sources. */
export function emittedEvents(): ReadonlySet<string> {
  const values = new Set<string>(Object.values(EVENT));
  const named = globSync('**/*.ts', { cwd: SOURCES, exclude: OTHERS })
    .map((path) => readFileSync(`${SOURCES}/${path}`, 'utf8'))
    .flatMap((text) => [...text.matchAll(NAMED)])
    .map(([, quoted, emitted]) => quoted ?? emitted ?? '');
  return new Set(named.filter((name) => values.has(name)));
}
