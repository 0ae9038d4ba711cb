import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { sign } from '@sterna/usersig';
import manifest from '../../package.json' with { type: 'json' };
import { type CommandLine, parseCommandLine, USAGE } from '../command-line.ts';
import { ConfigurationError, loadSettings } from '../config/load-settings.ts';
import type { Environment } from '../config/environment.ts';
import type { AppConfiguration, Settings } from '../config/settings.ts';
import { demoApp } from '../dev/demo-app.ts';
import { readDevelopmentSecret } from './data-folder.ts';
import { explainStartFailure, StartFailure } from './start-failure.ts';
import { systemClock } from './system-clock.ts';

const WRONG_USAGE = 2;

/** Does what the arguments ask for. A failure that a person can act on is one sentence; a start goes on until it is stopped. */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  const asked = parseCommandLine(args, process.env);
  try {
    await run(asked);
  } catch (error) {
    const sentence = error instanceof ConfigurationError ? error.message : explainStartFailure(error);
    if (sentence === undefined) throw error;
    fail(sentence, 1);
  }
}

async function run(asked: CommandLine): Promise<void> {
  switch (asked.command) {
    case 'start': {
      const settings = settingsFrom(asked.env);
      // The server's modules take longer to load than the other commands to answer.
      const { runServer } = await import('./run-server.ts');
      await runServer(settings);
      break;
    }
    case 'usersig':
      console.log(signFor(asked, settingsFrom(asked.env)));
      break;
    case 'help':
      console.log(USAGE);
      break;
    case 'version':
      console.log(manifest.version);
      break;
    case 'wrong':
      fail(`${asked.sentence}.\n\n${USAGE}`, WRONG_USAGE);
  }
}

function fail(sentence: string, code: number): void {
  for (const line of sentence.trimEnd().split('\n')) console.error(code === 1 ? `sterna: ${line}` : line);
  process.exitCode = code;
}

function settingsFrom(env: Environment): Settings {
  return loadSettings({ env, readText: readTextIfThere });
}

function readTextIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function signFor(asked: Extract<CommandLine, { command: 'usersig' }>, settings: Settings): string {
  const { SDKAppID, secretKeys } = appOf(asked.SDKAppID, settings);
  const [secretKey = ''] = secretKeys;
  const timeS = Math.floor(systemClock.nowMs() / 1000);
  try {
    return sign({ SDKAppID, userID: asked.userID, secretKey, timeS, expireS: asked.expireS });
  } catch (error) {
    if (error instanceof RangeError) throw new ConfigurationError([`${error.message}.`]);
    throw error;
  }
}

function appOf(SDKAppID: number | undefined, settings: Settings): AppConfiguration {
  const apps = settings.mode === 'development' ? [demoApp(secretIn(settings.data))] : settings.apps;
  const named = SDKAppID === undefined ? apps : apps.filter((app) => app.SDKAppID === SDKAppID);
  const [app, other] = named;
  const configured = apps.map((each) => each.SDKAppID).join(', ');
  if (app === undefined) {
    throw new ConfigurationError([`The app ${SDKAppID ?? ''} is not configured; there is ${configured}.`]);
  }
  if (other !== undefined)
    throw new ConfigurationError([`Several apps are configured: name one with --app (${configured}).`]);
  return app;
}

/** A key made here would sign for no server: only the one that a server has made counts. */
function secretIn(data: string): string {
  const secret = readDevelopmentSecret(data);
  if (secret !== undefined) return secret;
  throw new StartFailure(
    `no server has run in development mode in ${resolve(data)}; start one there, name its folder with --data, or configure the app.`,
  );
}
