import { describe, expect, test } from 'vitest';
import { VARIABLES } from './environment.ts';
import { ConfigurationError, loadSettings } from './load-settings.ts';

const KEY = 'f3b1c89d20e7a64590aa17cd5be2846f3b1c89d20e7a64590aa17cd5be28c46e';
const app = { SDKAppID: 1400000007, secretKeys: [KEY] };

const load = (env: Record<string, string>, file?: unknown) =>
  loadSettings({
    env,
    readText: (path) => {
      if (file === undefined || path !== (env['STERNA_CONFIG'] ?? 'sterna.config.json')) return undefined;
      return typeof file === 'string' ? file : JSON.stringify(file);
    },
  });

const refusal = (env: Record<string, string>, file?: unknown): string => {
  try {
    load(env, file);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return 'accepted';
};

describe('with nothing configured', () => {
  test('development mode, loopback only, on the published defaults', () => {
    const settings = load({});
    expect(settings).toMatchObject({
      mode: 'development',
      host: '127.0.0.1',
      port: 8080,
      data: './data',
      apps: [],
      objects: {
        port: 9080,
        linkDays: 365,
        readers: 'link',
        userBytes: 10 * 1024 ** 3,
        diskReserveBytes: 1024 ** 3,
      },
    });
    expect(settings).not.toHaveProperty('databaseURL');
    expect(settings).not.toHaveProperty('metrics');
  });

  test.each<[Record<string, string>, number]>([
    [{ PORT: '8085' }, 9085],
    [{ PORT: '0' }, 0],
    [{ PORT: '65000' }, 0],
    [{ OBJECTS_PORT: '7000' }, 7000],
  ])('files are at a port beside the own: %j', (env, port) => {
    expect(load(env).objects).toMatchObject({ port });
  });

  test.each<[string, Record<string, string>, string]>([
    ['NODE_ENV', { NODE_ENV: 'production' }, 'NODE_ENV is "production" but no app is: set STERNA_SDKAPPID'],
    [
      'PostgreSQL',
      { STERNA_DATABASE_URL: 'postgres://a@b/c' },
      'a PostgreSQL database is configured but no app is',
    ],
    ['NATS', { STERNA_NATS_URL: 'nats://b:4222' }, 'NATS is configured but no app is'],
  ])('no development mode behind the back of a production start: %s', (_, env, sentence) => {
    expect(refusal(env)).toContain(sentence);
  });

  test.each<[string, Record<string, string>, string]>([
    ['an empty SDKAppID', { STERNA_SDKAPPID: '' }, 'STERNA_SDKAPPID is set but empty'],
    ['an empty key', { STERNA_SECRET_KEY: ' ' }, 'STERNA_SECRET_KEY is set but empty'],
    ['both', { STERNA_SDKAPPID: '', STERNA_SECRET_KEY: '' }, 'STERNA_SDKAPPID is set but empty'],
    ['an empty name of the file', { STERNA_CONFIG: '' }, 'STERNA_CONFIG is set but empty'],
  ])('nor where what was to name the app is empty: %s', (_, env, sentence) => {
    expect(refusal(env)).toContain(sentence);
    expect(refusal({ ...env, HOST: '0.0.0.0' }, { apps: [app] })).toContain(sentence);
  });

  test('nor where the file names no app in its list', () => {
    expect(refusal({}, { apps: [] })).toBe(
      'sterna.config.json: apps names no app; name one, or leave the list out to run in development mode.',
    );
    expect(load({}, {}).mode).toBe('development');
  });
});

describe('one app by the environment', () => {
  test('is production, with the published policy', () => {
    const settings = load({ STERNA_SDKAPPID: '1400000007', STERNA_SECRET_KEY: `  ${KEY}\n` });
    expect(settings.mode).toBe('production');
    expect(settings.apps).toEqual([
      {
        ...app,
        loginPolicy: 'dual',
        instances: { web: 1, other: 1 },
        recallWindowSeconds: 120,
        profileCustomFields: [],
        friendCustomFields: [],
        hidesBlocks: false,
        friendsOnly: false,
        invitationsNeedConsent: false,
        liveRooms: { messagesPerSecond: 40, refusesExcess: false, guests: false, joined: 1, history: 20 },
        allowedOrigins: [],
      },
    ]);
  });

  test.each<[string, string, string]>([
    ['empty', '', 'STERNA_SECRET_KEY is set but empty'],
    ['blank', '   ', 'STERNA_SECRET_KEY is set but empty'],
    ['short', 'a1b2c3d4e5f60718293a4b5c6d7e8f9', 'STERNA_SECRET_KEY has 31 characters; the least is 32'],
    [
      'the one of the documentation',
      '5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e',
      'is published',
    ],
    [
      'the same in capitals',
      '5BD2850FFF3ECB11D7C805251C51EE463A25727BDDC2385F3FA8BFEE1BB93B5E',
      'is published',
    ],
    ['changeme', 'changeme-changeme-changeme-changeme', 'is a placeholder'],
    ['a placeholder', 'YOUR_SECRET_KEY_GOES_HERE_PLEASE_0123', 'is a placeholder'],
    ['a well-known default', 'secret_wukongim_secret_wukongim_12', 'is a placeholder'],
    ['one character', 'x'.repeat(64), 'is too regular'],
    ['a repetition', 'k3Jx9fQz'.repeat(8), 'is too regular'],
    ['digits in order', '0123456789abcdef0123456789abcdef', 'is published'],
    ['with a control character', `${KEY.slice(1)}\u0007`, 'other than printable ASCII'],
  ])('a secret that is %s stops the start, and is not repeated', (_, secret, sentence) => {
    const said = refusal({ STERNA_SDKAPPID: '1400000007', STERNA_SECRET_KEY: secret });
    expect(said).toContain(sentence);
    if (secret.trim() !== '') expect(said).not.toContain(secret);
  });

  test('half of it is refused', () => {
    expect(refusal({ STERNA_SDKAPPID: '1400000007' })).toContain('STERNA_SECRET_KEY is not');
    expect(refusal({ STERNA_SECRET_KEY: KEY })).toContain('STERNA_SDKAPPID is not');
  });

  test('and in the file too is refused', () => {
    const env = { STERNA_SDKAPPID: '1400000007', STERNA_SECRET_KEY: KEY };
    expect(refusal(env, { apps: [app] })).toContain('keep one of the two');
  });
});

describe('the file', () => {
  test('names several apps with their own rules', () => {
    const second = {
      SDKAppID: 1400000008,
      secretKeys: [KEY.toUpperCase(), `${KEY}-old`],
      loginPolicy: 'multi',
      instances: { web: 10 },
      recallWindowSeconds: 0,
      profileCustomFields: ['Tag_Profile_Custom_Team'],
      friendCustomFields: ['Tag_SNS_Custom_Note'],
      hidesBlocks: true,
      friendsOnly: true,
      invitationsNeedConsent: true,
      allowedOrigins: ['https://chat.test', 'http://localhost:3000'],
      liveRooms: { messagesPerSecond: 80, refusesExcess: true, guests: true, joined: 5, history: 0 },
    };
    const settings = load({}, { apps: [app, second] });
    expect(settings.apps).toHaveLength(2);
    expect(settings.apps[1]).toEqual({ ...second, instances: { web: 10, other: 1 } });
  });

  test('is found by STERNA_CONFIG, and must be there then', () => {
    expect(load({ STERNA_CONFIG: '/etc/sterna.json' }, { port: 81 }).port).toBe(81);
    expect(refusal({ STERNA_CONFIG: '/etc/sterna.json' })).toBe(
      'STERNA_CONFIG names /etc/sterna.json, which cannot be read.',
    );
  });

  test('gives way to the environment, value by value', () => {
    const file = { port: 81, host: '::1', metrics: { host: '::1', port: 82 } };
    const settings = load({ PORT: '0', STERNA_METRICS_PORT: '83' }, file);
    expect(settings).toMatchObject({ port: 0, host: '::1', metrics: { host: '::1', port: 83 } });
  });

  test.each<[string, unknown, string]>([
    ['no JSON', '{"port": 80, "secret-canary', 'sterna.config.json is not valid JSON.'],
    ['no object', [], 'must hold one JSON object'],
    ['an unknown setting', { prot: 80 }, 'sterna.config.json: prot is no setting.'],
    ['an unknown setting of an app', { apps: [{ ...app, policy: 'x' }] }, 'apps.0.policy is no setting'],
    ['a text for a number', { port: '80' }, 'port must be a whole number from 0 to 65535'],
    ['a port past the last', { port: 65_536 }, 'port must be a whole number from 0 to 65535'],
    ['an app without keys', { apps: [{ SDKAppID: 1 }] }, 'apps.0.secretKeys is missing'],
    ['an empty list of keys', { apps: [{ SDKAppID: 1, secretKeys: [] }] }, 'must name at least one key'],
    [
      'a weak second key',
      { apps: [{ SDKAppID: 1, secretKeys: [KEY, 'short'] }] },
      'apps.0.secretKeys.1 has 5 characters',
    ],
    ['one app twice', { apps: [app, app] }, 'apps names one SDKAppID twice'],
    ['an unknown policy', { apps: [{ ...app, loginPolicy: 'triple-platform' }] }, 'must be "single", "dual"'],
    ['an origin with a path', { allowedOrigins: ['https://a.test/'] }, 'allowedOrigins.0 must be an origin'],
    ['an origin with its default port', { allowedOrigins: ['https://a.test:443'] }, 'must be an origin'],
    ['an origin in capitals', { allowedOrigins: ['https://A.test'] }, 'must be an origin'],
    [
      'an origin of an application, with a path',
      { allowedOrigins: ['weapp://runtime/'] },
      'must be an origin',
    ],
    ['a scheme alone', { allowedOrigins: ['weapp:'] }, 'must be an origin'],
    ['the null origin', { allowedOrigins: ['null'] }, 'must be an origin'],
    ['a wildcard', { allowedOrigins: ['*'] }, 'must be an origin'],
    [
      'another database',
      { databaseURL: 'mysql://a/b', apps: [app] },
      'databaseURL must be a URL that begins with postgres://',
    ],
    [
      'an address of files with a path',
      { objects: { port: 1, publicURL: 'https://a.test/files' } },
      'has no path',
    ],
    ['files without a port', { objects: {} }, 'objects.port is missing'],
    [
      'files for readers of another kind',
      { objects: { port: 1, readers: 'everybody' } },
      'objects.readers must be "link" or "members"',
    ],
    ['a proxy by name', { trustedProxies: ['proxy.test'] }, 'must be an address or a range'],
    [
      'a custom field out of form',
      { apps: [{ ...app, profileCustomFields: ['Team'] }] },
      'Tag_Profile_Custom_',
    ],
    ['an object for a list', { trustedProxies: {} }, 'must be a list of addresses'],
  ])('%s is refused with a sentence', (_, file, sentence) => {
    expect(refusal({}, file)).toContain(sentence);
    expect(refusal({}, file)).not.toContain('canary');
  });
});

describe('the environment', () => {
  test.each<[Record<string, string>, string]>([
    [{ PORT: '80a' }, 'PORT must be a whole number from 0 to 65535'],
    [{ PORT: '-1' }, 'PORT must be a whole number'],
    [{ PORT: '8080.5' }, 'PORT must be a whole number'],
    [{ PORT: '1e3' }, 'PORT must be a whole number'],
    [{ STERNA_SECRETKEY: KEY }, 'STERNA_SECRETKEY is no setting'],
    [
      { STERNA_ALLOWED_ORIGINS: 'https://a.test, https://b.test/' },
      'STERNA_ALLOWED_ORIGINS must be an origin',
    ],
    [{ STERNA_LOG_LEVEL: 'loud' }, 'STERNA_LOG_LEVEL must be "debug"'],
    [{ STERNA_SDKAPPID: 'abc', STERNA_SECRET_KEY: KEY }, 'STERNA_SDKAPPID must be a whole number from 1'],
  ])('%o is refused with its name', (env, sentence) => {
    expect(refusal(env)).toContain(sentence);
    expect(refusal(env)).not.toContain(KEY);
  });

  test.each(['http://localhost:3000', 'weapp://wechat-game-runtime', 'capacitor://localhost', 'file://'])(
    'pages of %s can be let in',
    (origin) => {
      expect(load({ STERNA_ALLOWED_ORIGINS: origin }).allowedOrigins).toEqual([origin]);
    },
  );

  test('several faults are said at once', () => {
    expect(refusal({ PORT: 'x', STERNA_LOG_LEVEL: 'loud' }).split('\n')).toHaveLength(2);
  });

  test('an empty variable sets nothing', () => {
    expect(load({ PORT: '', STERNA_DATA: '' })).toMatchObject({ port: 8080, data: './data' });
  });

  test('lists are split at commas', () => {
    const { trustedProxies } = load({ STERNA_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,::1' });
    expect(trustedProxies).toEqual(['127.0.0.1', '10.0.0.0/8', '::1']);
  });

  test('every variable reaches a setting', () => {
    const values: Record<string, string> = {
      HOST: '::1',
      PORT: '1',
      OBJECTS_PORT: '2',
      STERNA_DATA: '/d',
      STERNA_SDKAPPID: '3',
      STERNA_SECRET_KEY: KEY,
      STERNA_DATABASE_URL: 'postgres://u:p@h/d',
      STERNA_NATS_URL: 'nats://h:1',
      STERNA_OBJECTS_URL: 'https://files.test',
      STERNA_METRICS_HOST: '::1',
      STERNA_METRICS_PORT: '4',
      STERNA_TRUSTED_PROXIES: '::1',
      STERNA_ALLOWED_ORIGINS: 'https://a.test',
      STERNA_LOG_LEVEL: 'warn',
      STERNA_DRAIN_SECONDS: '5',
    };
    expect(Object.keys(values).toSorted()).toEqual(Object.keys(VARIABLES).toSorted());
    expect(load(values)).toMatchObject({
      host: '::1',
      port: 1,
      objects: { port: 2, publicURL: 'https://files.test' },
      data: '/d',
      apps: [{ SDKAppID: 3, secretKeys: [KEY] }],
      databaseURL: 'postgres://u:p@h/d',
      natsURL: 'nats://h:1',
      metrics: { host: '::1', port: 4 },
      trustedProxies: ['::1'],
      allowedOrigins: ['https://a.test'],
      logLevel: 'warn',
      drainSeconds: 5,
    });
  });
});
