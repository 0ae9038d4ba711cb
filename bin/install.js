import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Refusal } from './refusal.js';

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean }} LockEntry */
/** @typedef {{ packages?: Record<string, LockEntry> }} Lock */

/** Runs `npm ci` where the dependencies are absent or are not those of the lock file. */
export async function installDependencies(/** @type {string} */ root) {
  const lock = readLock(join(root, 'package-lock.json'));
  const installed = readLock(join(root, 'node_modules', '.package-lock.json'));
  if (lock === undefined) throw new Refusal(`there is no readable package-lock.json in ${root}.`);
  if (installed !== undefined && matches(lock, installed)) return;

  const why = installed === undefined ? 'first run' : 'the lock file has changed';
  console.error(`sterna: installing dependencies (${why}; this can take a minute)…`);
  const { code, output } = await npmCi(root);
  if (code !== 0) throw new Refusal(explain(output));
}

/**
 * Whether everything that the lock file demands is there. npm keeps its own record of an installation, so a
 * developer who has just run `npm install` is not made to install again.
 * @param {Lock} lock
 * @param {Lock} installed
 */
export function matches(lock, installed) {
  return Object.entries(lock.packages ?? {}).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installed.packages?.[path];
    // Builds for other platforms are in the lock file, and rightly absent here.
    if (found === undefined) return wanted.optional === true || wanted.devOptional === true;
    return found.version === wanted.version;
  });
}

/** The one sentence for what npm printed when it failed. */
export function explain(/** @type {string} */ output) {
  const known = [
    {
      sign: /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED)\b/,
      text: 'the package registry cannot be reached; check the network, or the proxy and registry settings of npm, and try again.',
    },
    { sign: /\bEBADPLATFORM\b/, text: 'a dependency does not exist for this platform.' },
    { sign: /\bENOSPC\b/, text: 'the disk is full.' },
    {
      sign: /\b(EACCES|EPERM|EROFS)\b/,
      text: 'the folder cannot be written to; clone it somewhere that you own.',
    },
    { sign: /npm could not be started/, text: 'npm is not installed beside Node; install it and try again.' },
    {
      sign: /\bEUSAGE\b/,
      text: 'package-lock.json does not match the package.json files; run `npm install`.',
    },
  ];
  const sentence = known.find(({ sign }) => sign.test(output))?.text;
  // Where npm's own words are all there is, their end says most.
  return `the dependencies could not be installed: ${sentence ?? `npm said:\n${lastLines(output, 12)}`}`;
}

function lastLines(/** @type {string} */ text, /** @type {number} */ count) {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

/** @returns {Lock | undefined} */
function readLock(/** @type {string} */ path) {
  try {
    /** @type {unknown} */
    const parsed = JSON.parse(readFileSync(path, 'utf8'));
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    // Absent or cut off by an interrupted installation: both mean that nothing can be relied on.
    return undefined;
  }
}

/** @returns {Promise<{ code: number, output: string }>} */
function npmCi(/** @type {string} */ root) {
  const [command, ...args] = npmCommand();
  return new Promise((resolve) => {
    const child = spawn(command, [...args, 'ci', '--no-audit', '--no-fund', '--include=dev'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && args.length === 0,
    });
    /** @type {string[]} */
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(String(chunk)));
    child.stderr.on('data', (chunk) => chunks.push(String(chunk)));
    child.once('error', (error) =>
      resolve({ code: 1, output: `npm could not be started: ${error.message}` }),
    );
    child.once('close', (code) => resolve({ code: code ?? 1, output: chunks.join('') }));
  });
}

/** @returns {[string, ...string[]]} the npm that started us where one did, else the one on the path */
function npmCommand() {
  const path = process.env['npm_execpath'];
  return path !== undefined && basename(path) === 'npm-cli.js' ? [process.execPath, path] : ['npm'];
}
