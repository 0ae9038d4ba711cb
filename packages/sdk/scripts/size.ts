// Prints what the SDK and each of its domains weigh, and fails above the limits: `npm run size -w packages/sdk`.

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { bundle, packageFolder } from './bundle.ts';

/** Bytes after gzip. A fifth of the published is the aim; the offline cache comes on top. */
const LIMITS = { compact: 28_000, browser: 37_500, text: 23_000, miniProgram: 40_000 } as const;

/** What the published SDKs have, to the nearest thousand. */
const PUBLISHED = { 'tim-js-sdk 2.27.6': 140_000, '@tencentcloud/chat 3.6.6': 178_000 } as const;

const gzipped = (code: string): number => gzipSync(code, { level: 9 }).length;

/** The names that `composeSDK` takes, in the order of the whole build. */
function domainNames(): string[] {
  const source = readFileSync(`${packageFolder}src/modules/all.ts`, 'utf8');
  const list = /= \[([^\]]*)\]/.exec(source)?.[1] ?? '';
  return list.match(/\w+/g) ?? [];
}

/** An application's bundle with these domains only. */
async function sizeOf(domains: readonly string[]): Promise<number> {
  const imports = ['composeSDK', ...domains].join(', ');
  const source = `import { ${imports} } from './src/entries/modular.ts'; export default composeSDK([${domains.join(', ')}]);`;
  return gzipped(await bundle({ source, format: 'umd', target: 'es2018', smallest: true }));
}

/** A file that is published as it is. */
async function sizeOfBuild(entry: string, target: 'es2015' | 'es2018'): Promise<number> {
  const source = `export { default } from './src/entries/${entry}.ts';`;
  const format = target === 'es2015' ? 'cjs' : 'umd';
  return gzipped(await bundle({ source, format, target, smallest: true }));
}

const domains = [...domainNames(), 'uploads'];
if (domains.length === 1) throw new Error('src/modules/all.ts lists no domains');
const browser = await sizeOfBuild('browser', 'es2018');
const compact = await sizeOfBuild('compact', 'es2018');
const miniProgram = await sizeOfBuild('wx', 'es2015');
const miniProgramOffline = await sizeOfBuild('wx-offline', 'es2015');
const composed = await sizeOf(domains);
const shares = await Promise.all(
  domains.map(
    async (name): Promise<[string, number]> => [
      name,
      composed - (await sizeOf(domains.filter((other) => other !== name))),
    ],
  ),
);
const bare = await sizeOf([]);
const text = await sizeOf(['profiles', 'messageCreators', 'messages', 'conversations']);

// A composed build brings the names of all methods along; the whole one, which has most of them, needs no such list.
const rows: [name: string, bytes: number, limit?: number][] = [
  ['tim-js: everything, ES2018', browser, LIMITS.browser],
  ['compact, ES2018', compact, LIMITS.compact],
  ['  of it: connection, session, sync, face', bare],
  ...shares.map(([name, bytes]): [string, number] => [`  more with ${name}`, bytes]),
  ['one-to-one text by tim-js-sdk/modular', text, LIMITS.text],
  ['the mini-program SDK, ES2015', miniProgram, LIMITS.miniProgram],
  ['the same with the offline cache', miniProgramOffline, LIMITS.miniProgram],
  ...Object.entries(PUBLISHED).map(([name, bytes]): [string, number] => [`beside it: ${name}`, bytes]),
];
for (const [name, bytes, limit] of rows) {
  const verdict = limit === undefined ? '' : bytes <= limit ? `  of ${limit}` : `  ABOVE ${limit}`;
  console.log(`${name.padEnd(44)}${String(bytes).padStart(7)} B gzip${verdict}`);
  if (limit !== undefined && bytes > limit) process.exitCode = 1;
}
