/** What a variable holds: a whole number, a text, or texts between commas. */
type Kind = 'number' | 'text' | 'list';

/** Each variable with the setting that it is. `apps.0` is the one app that the environment can name. */
export const VARIABLES: Readonly<Record<string, { path: string; kind: Kind }>> = {
  HOST: { path: 'host', kind: 'text' },
  PORT: { path: 'port', kind: 'number' },
  OBJECTS_PORT: { path: 'objects.port', kind: 'number' },
  STERNA_DATA: { path: 'data', kind: 'text' },
  STERNA_SDKAPPID: { path: 'apps.0.SDKAppID', kind: 'number' },
  STERNA_SECRET_KEY: { path: 'apps.0.secretKeys.0', kind: 'text' },
  STERNA_DATABASE_URL: { path: 'databaseURL', kind: 'text' },
  STERNA_NATS_URL: { path: 'natsURL', kind: 'text' },
  STERNA_OBJECTS_URL: { path: 'objects.publicURL', kind: 'text' },
  STERNA_METRICS_HOST: { path: 'metrics.host', kind: 'text' },
  STERNA_METRICS_PORT: { path: 'metrics.port', kind: 'number' },
  STERNA_TRUSTED_PROXIES: { path: 'trustedProxies', kind: 'list' },
  STERNA_ALLOWED_ORIGINS: { path: 'allowedOrigins', kind: 'list' },
  STERNA_LOG_LEVEL: { path: 'logLevel', kind: 'text' },
  STERNA_DRAIN_SECONDS: { path: 'drainSeconds', kind: 'number' },
};

/** Read before the settings are, or by tests: not settings themselves. */
const OTHERS = /^STERNA_(CONFIG|TEST_\w+)$/;

export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables of ours that no setting answers to. One of them is a typo, and what it meant would silently not hold. */
export function unknownVariables(env: Environment): string[] {
  return Object.keys(env).filter(
    (name) => name.startsWith('STERNA_') && !Object.hasOwn(VARIABLES, name) && !OTHERS.test(name),
  );
}

/** What the environment sets, by the path of the setting. An empty variable sets nothing: those of the app are refused before. */
export function readEnvironment(env: Environment): Map<string, { variable: string; value: unknown }> {
  const found = new Map<string, { variable: string; value: unknown }>();
  for (const [variable, { path, kind }] of Object.entries(VARIABLES)) {
    const text = env[variable]?.trim();
    if (text !== undefined && text !== '') found.set(path, { variable, value: readValue(text, kind) });
  }
  return found;
}

/** A text that is no number stays a text, and the schema says what it should have been. */
function readValue(text: string, kind: Kind): unknown {
  switch (kind) {
    case 'number':
      return /^\d{1,15}$/.test(text) ? Number(text) : text;
    case 'list':
      return text
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '');
    case 'text':
      return text;
  }
}
