import { readFileSync } from 'node:fs';
import { EVENT } from '../src/constants.ts';

const ENTRIES = new URL('../src/entries/', import.meta.url);
/** What these name they describe; they emit nothing. */
const TABLES = /\/src\/(?:types\/|constants\.ts$)/;
/** An event is named in the sources only to be emitted; `error` is a word of its own besides. */
const NAMED = /'(\w{6,})'|\bemit\(\s*'(\w+)'/g;
/** What is imported as a type alone brings no code. */
const BROUGHT = /^(?:import|export) (?!type\b)[^;]*? from '(\.[^']+)';/gm;

/** The values of the events that one build emits, found by reading the sources that its entry brings with it. */
export function emittedEvents(entry: 'browser' | 'compact' | 'node' | 'wx'): ReadonlySet<string> {
  const values = new Set<string>(Object.values(EVENT));
  const named = [...broughtBy(new URL(`${entry}.ts`, ENTRIES))]
    .filter(([url]) => !TABLES.test(url))
    .flatMap(([, text]) => [...text.matchAll(NAMED)])
    .map(([, quoted, emitted]) => quoted ?? emitted ?? '');
  return new Set(named.filter((name) => values.has(name)));
}

/** The entry and everything that it imports, by address. */
function broughtBy(entry: URL): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const waiting = [entry];
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    if (found.has(url.href)) continue;
    const text = readFileSync(url, 'utf8');
    found.set(url.href, text);
    for (const [, path = ''] of text.matchAll(BROUGHT)) waiting.push(new URL(path, url));
  }
  return found;
}
