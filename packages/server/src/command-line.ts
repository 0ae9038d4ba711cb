import type { Environment } from './config/environment.ts';

/** What a command line asks for. */
export type CommandLine =
  | { command: 'start'; env: Environment }
  | { command: 'usersig'; env: Environment; userID: string; SDKAppID?: number; expireS: number }
  | { command: 'help' }
  | { command: 'version' }
  | { command: 'wrong'; sentence: string };

export const USAGE = `Sterna, instant messaging on your own server

  sterna [start]                start the server
      --port N  --host NAME     where to listen (PORT, HOST)
      --data FOLDER             where everything is kept (STERNA_DATA)
      --config FILE             the configuration file (STERNA_CONFIG)
  sterna usersig --user NAME    print a UserSig of the configured app, or of the demo app
      --app N                   which app, when several are configured
      --expire SECONDS          how long it is valid (86400)
  sterna --version
  sterna --help

Without configuration the server starts in development mode, with a demo app and demo users.
Every setting: docs/operations.md
`;

const ONE_DAY_S = 86_400;

/** Options that stand for a variable of the environment. */
const SETTINGS: Readonly<Record<string, string>> = {
  '--port': 'PORT',
  '--host': 'HOST',
  '--data': 'STERNA_DATA',
  '--config': 'STERNA_CONFIG',
};

/** Reads the arguments after the program's name. */
export function parseCommandLine(args: readonly string[], env: Environment): CommandLine {
  if (args.some((arg) => arg === '--help' || arg === '-h') || args[0] === 'help') return { command: 'help' };
  if (args.some((arg) => arg === '--version' || arg === '-v')) return { command: 'version' };
  const [first = 'start'] = args;
  const name = first.startsWith('-') ? 'start' : first;
  const rest = first.startsWith('-') ? args : args.slice(1);
  if (name !== 'start' && name !== 'usersig') return wrong(`there is no command "${name}"`);
  const known =
    name === 'start' ? Object.keys(SETTINGS) : [...Object.keys(SETTINGS), '--user', '--app', '--expire'];
  const options = readOptions(rest, known);
  if (typeof options === 'string') return wrong(options);
  const withOptions = { ...env };
  for (const [option, variable] of Object.entries(SETTINGS)) {
    const value = options.get(option);
    if (value !== undefined) withOptions[variable] = value;
  }
  return name === 'start' ? { command: 'start', env: withOptions } : usersig(options, withOptions);
}

function usersig(options: ReadonlyMap<string, string>, env: Environment): CommandLine {
  const userID = options.get('--user');
  if (userID === undefined) return wrong('usersig needs --user');
  const expireS = wholeNumber(options.get('--expire') ?? String(ONE_DAY_S));
  if (expireS === undefined) return wrong('--expire must be a whole number of seconds, 1 or more');
  const app = options.get('--app');
  if (app === undefined) return { command: 'usersig', env, userID, expireS };
  const SDKAppID = wholeNumber(app);
  if (SDKAppID === undefined) return wrong('--app must be an SDKAppID, a whole number');
  return { command: 'usersig', env, userID, expireS, SDKAppID };
}

function wholeNumber(text: string): number | undefined {
  return /^[1-9]\d{0,11}$/.test(text) ? Number(text) : undefined;
}

/** `--name value` and `--name=value`, each known and at most once; or the sentence that says what is wrong. */
function readOptions(args: readonly string[], known: readonly string[]): Map<string, string> | string {
  const options = new Map<string, string>();
  const rest = args.flatMap((arg) =>
    /^--\w+=/.test(arg) ? [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)] : [arg],
  );
  for (let at = 0; at < rest.length; at += 2) {
    const [name = '', value] = rest.slice(at, at + 2);
    if (!known.includes(name)) return `"${name}" is not an option here`;
    if (value === undefined || value === '') return `${name} needs a value`;
    if (options.has(name)) return `${name} is given twice`;
    options.set(name, value);
  }
  return options;
}

function wrong(sentence: string): CommandLine {
  return { command: 'wrong', sentence };
}
