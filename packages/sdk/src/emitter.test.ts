import { expect, test, vi } from 'vitest';
import { EVENT } from './constants.ts';
import { createEmitter } from './emitter.ts';

const silent = (): void => undefined;

test('a handler receives the name and the data, with its context as this', () => {
  const emitter = createEmitter(silent);
  const context = { seen: [] as unknown[] };
  emitter.on(
    EVENT.BLACKLIST_UPDATED,
    function (this: typeof context, event) {
      this.seen.push(event);
    },
    context,
  );
  emitter.emit(EVENT.BLACKLIST_UPDATED, ['bob']);
  expect(context.seen).toEqual([{ name: 'blacklistUpdated', data: ['bob'] }]);
});

test('once is called once, even when its handler emits the same event again', () => {
  const emitter = createEmitter(silent);
  const handler = vi.fn(() => emitter.emit(EVENT.SDK_READY, undefined));
  emitter.once(EVENT.SDK_READY, handler);
  emitter.emit(EVENT.SDK_READY, undefined);
  emitter.emit(EVENT.SDK_READY, undefined);
  expect(handler).toHaveBeenCalledTimes(1);
});

test('a function registered twice is called twice and gone after one off', () => {
  const emitter = createEmitter(silent);
  const handler = vi.fn();
  emitter.on(EVENT.SDK_READY, handler);
  emitter.on(EVENT.SDK_READY, handler);
  emitter.emit(EVENT.SDK_READY, undefined);
  expect(handler).toHaveBeenCalledTimes(2);
  emitter.off(EVENT.SDK_READY, handler);
  emitter.emit(EVENT.SDK_READY, undefined);
  expect(handler).toHaveBeenCalledTimes(2);
});

test('off with a context removes only that registration', () => {
  const emitter = createEmitter(silent);
  const handler = vi.fn();
  const [first, second] = [{}, {}];
  emitter.on(EVENT.SDK_READY, handler, first);
  emitter.on(EVENT.SDK_READY, handler, second);
  emitter.off(EVENT.SDK_READY, handler, first);
  emitter.emit(EVENT.SDK_READY, undefined);
  expect(handler.mock.contexts).toEqual([second]);
});

test('off finds a handler that once registered', () => {
  const emitter = createEmitter(silent);
  const handler = vi.fn();
  emitter.once(EVENT.SDK_READY, handler);
  emitter.off(EVENT.SDK_READY, handler);
  emitter.emit(EVENT.SDK_READY, undefined);
  expect(handler).not.toHaveBeenCalled();
});

test('a handler removed during an emit is not called by it; one added is called from the next', () => {
  const emitter = createEmitter(silent);
  const calls: string[] = [];
  const later = (): void => void calls.push('later');
  const added = (): void => void calls.push('added');
  emitter.on(EVENT.SDK_READY, () => {
    calls.push('first');
    emitter.off(EVENT.SDK_READY, later);
    emitter.once(EVENT.SDK_READY, added);
  });
  emitter.on(EVENT.SDK_READY, later);
  emitter.emit(EVENT.SDK_READY, undefined);
  expect(calls).toEqual(['first']);
  emitter.emit(EVENT.SDK_READY, undefined);
  expect(calls).toEqual(['first', 'first', 'added']);
});

test('handlers that throw, at once or later, stop nobody and are reported', async () => {
  const report = vi.fn();
  const emitter = createEmitter(report);
  const last = vi.fn();
  emitter.on(EVENT.SDK_READY, () => {
    throw new Error('at once');
  });
  emitter.on(EVENT.SDK_READY, () => Promise.reject(new Error('later')));
  emitter.on(EVENT.SDK_READY, last);
  emitter.emit(EVENT.SDK_READY, undefined);
  await Promise.resolve();
  expect(last).toHaveBeenCalledTimes(1);
  expect(report.mock.calls).toEqual([
    ['sdkStateReady', new Error('at once')],
    ['sdkStateReady', new Error('later')],
  ]);
});

test('names that this version does not have, and handlers that are none, are ignored', () => {
  const emitter = createEmitter(silent);
  const handler = vi.fn();
  const loose = emitter as unknown as Record<'on' | 'once' | 'off', (...args: unknown[]) => void>;
  loose.on(undefined, handler);
  loose.once(undefined, handler);
  loose.on(EVENT.SDK_READY, undefined);
  loose.off(undefined, handler);
  loose.off(EVENT.SDK_READY, undefined);
  emitter.emit(EVENT.SDK_READY, undefined);
  expect(handler).not.toHaveBeenCalled();
});

test('clear forgets everybody', () => {
  const emitter = createEmitter(silent);
  const handler = vi.fn();
  emitter.on(EVENT.SDK_READY, handler);
  emitter.clear();
  emitter.emit(EVENT.SDK_READY, undefined);
  expect(handler).not.toHaveBeenCalled();
});
