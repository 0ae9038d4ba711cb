import { expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../limits.ts';
import { limitVariable, readConfig } from './config.ts';

const OBJECTS_SECRET = 'sixteen bytes or more';

test('a secret is all that must be set', () => {
  expect(readConfig({ OBJECTS_SECRET })).toEqual({
    host: '127.0.0.1',
    port: 9080,
    options: {
      dataDir: 'data/objects',
      secrets: [OBJECTS_SECRET],
      ffmpeg: 'ffmpeg',
      limits: {},
    },
  });
});

test('everything can be set', () => {
  const { host, port, options } = readConfig({
    OBJECTS_SECRET: `${OBJECTS_SECRET}, ${OBJECTS_SECRET} of last year`,
    OBJECTS_HOST: '0.0.0.0',
    OBJECTS_PORT: '0',
    OBJECTS_PUBLIC_URL: 'https://files.example.org',
    OBJECTS_ALLOWED_ORIGINS: 'https://a.example.org, https://b.example.org',
    OBJECTS_UNKEPT_HOURS: '24',
    OBJECTS_S3_BUCKET: 'chat',
    OBJECTS_S3_ENDPOINT: 'http://127.0.0.1:9000',
    OBJECTS_USER_BYTES: '1000',
    OBJECTS_IMAGE_PIXELS: '2000',
  });
  expect({ host, port }).toEqual({ host: '0.0.0.0', port: 0 });
  expect(options).toMatchObject({
    secrets: [OBJECTS_SECRET, `${OBJECTS_SECRET} of last year`],
    allowedOrigins: ['https://a.example.org', 'https://b.example.org'],
    unkeptAgeMs: 86_400_000,
    s3: {
      bucket: 'chat',
      endpoint: 'http://127.0.0.1:9000',
      pathStyle: true,
      prefix: '',
      region: 'us-east-1',
    },
    limits: { userBytes: 1000, imagePixels: 2000 },
  });
});

test.each<[string, Record<string, string>, RegExp]>([
  ['no secret', {}, /OBJECTS_SECRET must be set: there is no default secret/],
  ['an empty one', { OBJECTS_SECRET: ' , ' }, /OBJECTS_SECRET must be set/],
  ['a short one', { OBJECTS_SECRET: 'secret' }, /OBJECTS_SECRET.* must have at least 16/],
  ['a port that is none', { OBJECTS_SECRET, OBJECTS_PORT: 'http' }, /OBJECTS_PORT must be a whole number/],
  ['a port too high', { OBJECTS_SECRET, OBJECTS_PORT: '65536' }, /OBJECTS_PORT must be a port/],
  [
    'an address with a path',
    { OBJECTS_SECRET, OBJECTS_PUBLIC_URL: 'https://a/b' },
    /OBJECTS_PUBLIC_URL must be an origin/,
  ],
  [
    'a limit that is none',
    { OBJECTS_SECRET, OBJECTS_UPLOADS: '-1' },
    /OBJECTS_UPLOADS must be a whole number/,
  ],
])('%s', (_, environment, message) => {
  expect(() => readConfig(environment)).toThrow(message);
});

test('two faults are told at once', () => {
  expect(() => readConfig({ OBJECTS_PORT: 'x', OBJECTS_UPLOADS: 'x' })).toThrow(
    /OBJECTS_PORT[^]*OBJECTS_SECRET[^]*OBJECTS_UPLOADS/,
  );
});

test('every limit has a variable of its own', () => {
  const names = Object.keys(DEFAULT_LIMITS).map(limitVariable);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain('OBJECTS_BODY_BYTES_PER_SECOND');
});
