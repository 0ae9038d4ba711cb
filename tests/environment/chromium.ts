import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'];

const FIXED_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Only what a test browser needs: no sandbox (containers run as root), no traffic of its own. */
export const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser to test with: `CHROMIUM_PATH`, then the path, then where installers put it. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return isExecutable(named) ? named : undefined;
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [
    ...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))),
    ...FIXED_PLACES,
  ];
  return candidates.find(isExecutable);
}

/** A microphone that hums by itself, allowed to every page. */
export const FAKE_MICROPHONE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** Opens a headless browser; the caller closes it. */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(CHROMIUM_MISSING);
  return await chromium.launch({ executablePath, headless: true, args: [...CHROMIUM_ARGUMENTS, ...more] });
}

export const CHROMIUM_MISSING = 'No Chromium was found: install one, or set CHROMIUM_PATH.';

/** Undefined where there is a browser, installed now if need be; else a sentence saying what is missing. */
export function missingChromium(say: (line: string) => void): string | undefined {
  if (findChromium() !== undefined) return undefined;
  if (!mayInstall()) return CHROMIUM_MISSING;
  say('installing Chromium with apt-get…');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
  ]) {
    spawnSync('apt-get', args, { env, stdio: 'ignore' });
  }
  return findChromium() === undefined ? `${CHROMIUM_MISSING} (apt-get could not install it)` : undefined;
}

/** Root on a Debian may; anyone else is asked to do it themselves. A path set by hand is never second-guessed. */
function mayInstall(): boolean {
  return (
    process.env['CHROMIUM_PATH'] === undefined &&
    process.getuid?.() === 0 &&
    existsSync('/etc/debian_version') &&
    isExecutable('/usr/bin/apt-get')
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // accessSync has no answer but an exception.
    return false;
  }
}
