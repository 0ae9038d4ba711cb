import * as v from 'valibot';
import { type Environment, readEnvironment, unknownVariables, VARIABLES } from './environment.ts';
import { configuration, type Configuration, objectsConfiguration, type Settings } from './settings.ts';

/** Where the configuration file is looked for when nothing names one. */
export const CONFIG_FILE = 'sterna.config.json';

/** A configuration that cannot be started with: one sentence for each thing that is wrong. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(sentences: readonly string[]) {
    super(sentences.join('\n'));
  }
}

export interface SettingsSources {
  env: Environment;
  /** The text of a file, or undefined where there is none. */
  readText: (path: string) => string | undefined;
}

/** Reads the environment and the file into settings, or throws a {@link ConfigurationError}. The environment wins. */
export function loadSettings({ env, readText }: SettingsSources): Settings {
  const unknown = unknownVariables(env);
  if (unknown.length > 0) {
    throw new ConfigurationError(
      unknown.map(
        (name) => `${name} is no setting of Sterna's; there are ${Object.keys(VARIABLES).join(', ')}.`,
      ),
    );
  }
  refuseEmptySources(env);
  const file = readConfigurationFile(env['STERNA_CONFIG'], readText);
  refuseUnclearApps(env, file);
  const fromEnvironment = readEnvironment(env);
  const values = new Map([...fromEnvironment].map(([path, { value }]) => [path, value]));
  const result = v.safeParse(configuration, merge(file.content, values));
  if (!result.success) {
    const sentences = result.issues.map((issue) => {
      const path = v.getDotPath(issue) ?? '';
      const variable = fromEnvironment.get(path)?.variable ?? variableOf(path, fromEnvironment);
      return `${variable ?? `${file.name}: ${path || 'the file'}`} ${sentenceOf(issue)}.`;
    });
    throw new ConfigurationError([...new Set(sentences)]);
  }
  return withMode(result.output, env);
}

/** A variable of which only a part is wrong: `allowedOrigins.1` was set by the whole list. */
function variableOf(path: string, found: ReadonlyMap<string, { variable: string }>): string | undefined {
  for (const [setting, { variable }] of found) if (path.startsWith(`${setting}.`)) return variable;
  return undefined;
}

function sentenceOf(issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'strict_object') {
    return issue.expected === 'never'
      ? 'is no setting'
      : issue.expected === 'Object'
        ? 'must be an object'
        : 'is missing';
  }
  return issue.message;
}

function readConfigurationFile(
  named: string | undefined,
  readText: SettingsSources['readText'],
): { name: string; content: Record<string, unknown> } {
  const name = named ?? CONFIG_FILE;
  const text = readText(name);
  if (text === undefined) {
    if (name === named) throw new ConfigurationError([`STERNA_CONFIG names ${name}, which cannot be read.`]);
    return { name, content: {} };
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // The parser's sentence quotes the file, which holds secrets.
    throw new ConfigurationError([`${name} is not valid JSON.`]);
  }
  if (!isRecord(content)) throw new ConfigurationError([`${name} must hold one JSON object.`]);
  return { name, content };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What may name an app. Set and empty, it is a `${SECRET}` that nobody filled in, and no wish for development mode. */
const APP_SOURCES = ['STERNA_SDKAPPID', 'STERNA_SECRET_KEY', 'STERNA_CONFIG'];

function refuseEmptySources(env: Environment): void {
  const empty = APP_SOURCES.filter((variable) => env[variable]?.trim() === '');
  if (empty.length > 0)
    throw new ConfigurationError(
      empty.map((variable) => `${variable} is set but empty: fill it, or unset it.`),
    );
}

/** The app comes whole and from one place: half of one, two places, or a list of none are mistakes. */
function refuseUnclearApps(env: Environment, file: { name: string; content: Record<string, unknown> }): void {
  const [id, key] = [env['STERNA_SDKAPPID'], env['STERNA_SECRET_KEY']];
  const { apps } = file.content;
  if (id === undefined && key !== undefined)
    throw new ConfigurationError([
      'STERNA_SECRET_KEY is set but STERNA_SDKAPPID is not: which app is the key of?',
    ]);
  if (key === undefined && id !== undefined)
    throw new ConfigurationError([
      'STERNA_SDKAPPID is set but STERNA_SECRET_KEY is not: the app has no secret key.',
    ]);
  if (id !== undefined && apps !== undefined)
    throw new ConfigurationError(['STERNA_SDKAPPID and the file both name apps: keep one of the two.']);
  if (Array.isArray(apps) && apps.length === 0)
    throw new ConfigurationError([
      `${file.name}: apps names no app; name one, or leave the list out to run in development mode.`,
    ]);
}

/** The file with the environment's values in their places, at most one level down; its one app is a list of its own. */
function merge(file: Record<string, unknown>, values: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const merged = { ...file };
  for (const [path, value] of values) {
    const [first = '', second] = path.split('.');
    if (first === 'apps') continue;
    const inner = merged[first];
    merged[first] = second === undefined ? value : { ...(isRecord(inner) ? inner : {}), [second]: value };
  }
  const SDKAppID = values.get('apps.0.SDKAppID');
  if (SDKAppID !== undefined) {
    merged['apps'] = [{ SDKAppID, secretKeys: [values.get('apps.0.secretKeys.0')] }];
  }
  return merged;
}

/** Without an app there is nothing to sign in to: a developer gets the demo app, a production start an error. */
function withMode(settings: Configuration, env: Environment): Settings {
  if (settings.apps.length > 0) return { ...settings, mode: 'production' };
  const production = [
    'NODE_ENV is "production"',
    'a PostgreSQL database is configured',
    'NATS is configured',
  ];
  const [why] = production.filter(
    (_, index) => [env['NODE_ENV'] === 'production', settings.databaseURL, settings.natsURL][index],
  );
  if (why === undefined) return { ...settings, objects: developmentObjects(settings), mode: 'development' };
  throw new ConfigurationError([
    `${why} but no app is: set STERNA_SDKAPPID and STERNA_SECRET_KEY, or list apps in ${CONFIG_FILE}.`,
  ]);
}

/** Beside 8080 it is 9080, so that two servers that a developer runs at once are not in each other's way. */
const OBJECTS_PORT_ABOVE = 1000;

/** Files work without a setting: at a port that follows from the server's own. */
function developmentObjects({ port, objects }: Configuration): Settings['objects'] {
  if (objects !== undefined) return objects;
  const beside = port + OBJECTS_PORT_ABOVE;
  return v.parse(objectsConfiguration, { port: port === 0 || beside > 65_535 ? 0 : beside });
}
