import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The published page lies beside the project on some machines; it is read there, never kept here. */
const PAGE = new URL('../../../../shared/start-up-page.txt', import.meta.url);

/** Lines of the page's prose that begin and end its blocks of code: the first is the platform's own, the others are for all. */
const FIRST_BLOCK = {
  web: ['Web project', 'Mini Program project'],
  miniProgram: ['Mini Program project', 'Setting Log Level'],
} as const;
const MORE_BLOCKS = [
  ['Setting Log Level', 'Binding Events'],
  ['Binding Events', 'For more information'],
] as const;

/** The names that an app for that platform imports and registers. */
const NAMES = {
  web: { SDK: 'tim-js-sdk', plugin: 'cos-js-sdk' },
  miniProgram: { SDK: 'tim-wx-sdk', plugin: 'cos-wx-sdk' },
} as const;

export type StartUpPlatform = keyof typeof NAMES;

/** A sentence where the page is not there: then its equivalent of our own is run alone. */
export function missingPage(): string | undefined {
  return existsSync(PAGE) ? undefined : `the published start-up page (there is no ${fileURLToPath(PAGE)})`;
}

/** The page's code, word for word but for the number in place of `SDKAppID: 0`; undefined where the page is not there. */
export function publishedStartUp(SDKAppID: number, platform: StartUpPlatform = 'web'): string | undefined {
  if (missingPage() !== undefined) return undefined;
  const lines = readFileSync(PAGE, 'utf8').split(/\r?\n/);
  const blocks = [FIRST_BLOCK[platform], ...MORE_BLOCKS];
  const code = blocks.map(([begin, end]) => blockBetween(lines, begin, end)).join('\n');
  return withApp(code, SDKAppID);
}

/** The same of the project's own equivalent. */
export function ownStartUp(SDKAppID: number, platform: StartUpPlatform = 'web'): string {
  const { SDK, plugin } = NAMES[platform];
  const code = readFileSync(new URL('own-start-up.js', import.meta.url), 'utf8');
  return withApp(code.replaceAll(NAMES.web.SDK, SDK).replaceAll(NAMES.web.plugin, plugin), SDKAppID);
}

function blockBetween(lines: readonly string[], begin: string, end: string): string {
  const from = lines.findIndex((line) => line.trim() === begin);
  const to = lines.findIndex((line, index) => index > from && line.startsWith(end));
  if (from === -1 || to === -1) throw new Error(`the start-up page has no block from "${begin}" to "${end}"`);
  return lines.slice(from + 1, to).join('\n');
}

function withApp(code: string, SDKAppID: number): string {
  const filled = code.replace('SDKAppID: 0', `SDKAppID: ${SDKAppID}`);
  if (filled === code) throw new Error('the start-up code names no SDKAppID: 0');
  return filled;
}
