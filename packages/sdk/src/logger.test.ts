import { expect, test, vi } from 'vitest';
import { createLogger } from './logger.ts';
import type { LogLevel } from './types/values.ts';

const KINDS = ['debug', 'info', 'warn', 'error'] as const;

test.each<[LogLevel, readonly string[]]>([
  [0, ['debug', 'info', 'warn', 'error']],
  [1, ['info', 'warn', 'error']],
  [2, ['warn', 'error']],
  [3, ['error']],
  [4, []],
])('level %i shows %j', (level, shown) => {
  const sink = vi.fn();
  const logger = createLogger(sink);
  logger.setLevel(level);
  for (const kind of KINDS) logger[kind]('a line');
  expect(sink.mock.calls.map(([kind]) => kind as string)).toEqual(shown);
});

test('a level that does not exist changes nothing', () => {
  const sink = vi.fn();
  const logger = createLogger(sink);
  for (const level of [-1, 5, Number.NaN]) logger.setLevel(level as LogLevel);
  logger.debug('hidden at the start');
  logger.info('shown');
  expect(sink).toHaveBeenCalledTimes(1);
});

test('another sink takes over', () => {
  const [first, second] = [vi.fn(), vi.fn()];
  const logger = createLogger(first);
  logger.setSink(second);
  logger.warn('moved', { code: 2801 });
  expect(first).not.toHaveBeenCalled();
  expect(second).toHaveBeenCalledWith('warn', 'moved', { code: 2801 });
});

test('signatures, tokens and what people write are never shown', () => {
  const sink = vi.fn();
  const secret = 'eJw1zEELgjAA';
  createLogger(sink).error('login failed', {
    userID: 'alice',
    userSig: secret,
    uploadToken: secret,
    text: secret,
    payload: secret,
    messageBody: secret,
  });
  expect(JSON.stringify(sink.mock.calls)).not.toContain(secret);
  expect(sink.mock.calls[0]?.[2]).toMatchObject({ userID: 'alice', userSig: '…' });
});
