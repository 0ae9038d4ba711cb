import { describe, expect, test } from 'vitest';
import { readable } from './adapters/log-output.ts';
import { createLog, type LogFields } from './logger.ts';

function open(level: 'debug' | 'info' | 'warn' = 'debug') {
  const lines: string[] = [];
  const log = createLog(level, { write: (line) => void lines.push(line) });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}

const CANARY = 'canary-7f3a9c';

/** Everything that must never be in a log, under the names by which code would carelessly pass it. */
const SECRETS = {
  userSig: CANARY,
  secretKey: CANARY,
  token: CANARY,
  password: CANARY,
  body: { text: CANARY },
  message: CANARY,
  elements: [{ payload: { text: CANARY } }],
  headers: { authorization: CANARY, cookie: CANARY },
  query: `?token=${CANARY}`,
  err: new Error(CANARY),
  [CANARY]: 1,
};

describe('a log line', () => {
  test('is one JSON object with level, time and event first', () => {
    const { log, last } = open();
    log.info('login refused', { app: 1, userID: 'alice', reason: 'userSigExpired' });
    expect(last()).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      event: 'login refused',
      app: 1,
      userID: 'alice',
      reason: 'userSigExpired',
    });
  });

  test('holds allowed names only', () => {
    const { log, lines } = open();
    for (const level of ['debug', 'info', 'warn', 'error'] as const) log[level]('x', SECRETS as LogFields);
    log.info('x', { command: { toString: () => CANARY, nested: CANARY } as unknown as string });
    expect(lines).toHaveLength(5);
    expect(lines.join('')).not.toContain(CANARY);
  });

  test.each([
    ['what JSON.parse says', () => JSON.parse(`{"text":"${CANARY}`)],
    [
      'what a query says',
      () => {
        throw new Error(`invalid input syntax for type integer: "${CANARY}"`);
      },
    ],
    [
      'a URL with a password',
      () => {
        throw new Error(`cannot reach postgres://sterna:${CANARY}@db.test/sterna`);
      },
    ],
    [
      'a signature',
      () => {
        throw new TypeError(`bad token eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwokpuZl5mcUlRYkl`);
      },
    ],
    [
      'lines that look like places',
      () => {
        throw new Error(`two lines:\n    at "${CANARY}"\n    at '${CANARY}'`);
      },
    ],
    [
      'a cause',
      () => {
        throw new Error('outer', { cause: new Error(`inner '${CANARY}'`) });
      },
    ],
  ])('of an error leaves out %s', (_, fail) => {
    const { log, lines, last } = open();
    try {
      fail();
    } catch (error) {
      log.error('request failed', { error });
    }
    expect(lines.join('')).not.toMatch(/canary|eJyrVgrx/);
    expect(last()['error']).toMatchObject({
      name: expect.stringMatching(/Error$/),
      at: expect.arrayContaining([expect.stringMatching(/^at /)]),
    });
  });

  test('of something thrown that is no error says only what it was', () => {
    const { log, lines, last } = open();
    log.error('x', { error: CANARY });
    log.error('x', { error: { message: CANARY } });
    expect(lines.join('')).not.toContain(CANARY);
    expect(last()['error']).toEqual({ name: 'object' });
  });

  test('cannot be broken into two, coloured, or made endless', () => {
    const { log, lines, last } = open();
    log.info('x', {
      userID: 'a\n{"level":"info","event":"forged"}\r\u001b[31m\u0085\u2028\u202e\u0000\ud800',
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]?.trimEnd()).not.toMatch(/[\n\r\u001b\u0085\u2028\u202e\u0000\ud800]/);
    expect(last()['userID']).toContain('\\u001b[31m\\u0085\\u2028\\u202e\\u0000\ufffd');
    log.info('x', { reason: 'y'.repeat(10_000) });
    expect(lines[1]?.length).toBeLessThan(400);
  });

  test('below the level is not written', () => {
    const { log, lines } = open('warn');
    log.info('x');
    log.debug('x');
    expect(lines).toEqual([]);
  });

  test('is readable on a terminal', () => {
    const line =
      '{"level":"warn","time":"2026-11-23T02:30:06.123Z","app":1,"error":{"name":"E"},"event":"it happened"}\n';
    expect(readable(line)).toBe('02:30:06 warn  it happened app=1 error={"name":"E"}\n');
  });
});
