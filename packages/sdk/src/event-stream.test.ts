import { expect, expectTypeOf, test } from 'vitest';
import { createEmitter } from './emitter.ts';
import { eventsOf } from './event-stream.ts';
import { EVENTS_HELD } from './limits.ts';
import type { Message } from './types/message.ts';

const createTim = () =>
  createEmitter((_, error) => {
    throw error;
  });
const state = (n: number) => ({ state: `${n}` as 'connected' });

test('has every event of these names since it began, in order, until the loop is left', async () => {
  const tim = createTim();
  const seen: unknown[] = [];
  const loop = (async () => {
    for await (const { name, data } of eventsOf(tim, 'netStateChange', 'sdkStateReady')) {
      seen.push([name, data]);
      if (name === 'sdkStateReady') break;
    }
  })();
  tim.emit('netStateChange', state(1));
  tim.emit('onTotalUnreadMessageCountUpdated', 3);
  tim.emit('netStateChange', state(2));
  tim.emit('sdkStateReady', undefined);
  tim.emit('netStateChange', state(3));
  await loop;
  expect(seen).toEqual([
    ['netStateChange', state(1)],
    ['netStateChange', state(2)],
    ['sdkStateReady', undefined],
  ]);
});

test('gives events to whoever waits, each to one, and ends with the instance', async () => {
  const tim = createTim();
  const events = eventsOf(tim, 'netStateChange')[Symbol.asyncIterator]();
  const waiting = [events.next(), events.next(), events.next()];
  tim.emit('netStateChange', state(1));
  tim.emit('netStateChange', state(2));
  tim.emit('sdkDestroy', undefined);
  expect((await Promise.all(waiting)).map(({ done, value }) => done || value.data)).toEqual([
    state(1),
    state(2),
    true,
  ]);
  expect(await events.next()).toEqual({ done: true, value: undefined });
});

test('leaves no listener behind', async () => {
  const listening = new Set<unknown>();
  const tim = {
    on: (_: string, handler: unknown) => void listening.add(handler),
    off: (_: string, handler: unknown) => void listening.delete(handler),
  };
  const events = eventsOf(tim, 'netStateChange', 'sdkStateReady')[Symbol.asyncIterator]();
  expect(listening.size).toBe(2);
  await events.return?.();
  expect(listening.size).toBe(0);
  expect(await events.next()).toEqual({ done: true, value: undefined });
});

test('a loop that falls too far behind gets what there was, and then hears that it has', async () => {
  const tim = createTim();
  const events = eventsOf(tim, 'netStateChange')[Symbol.asyncIterator]();
  for (let n = 0; n <= EVENTS_HELD; n++) tim.emit('netStateChange', state(n));
  for (let n = 0; n < EVENTS_HELD; n++)
    expect((await events.next()).value).toEqual({ name: 'netStateChange', data: state(n) });
  await expect(events.next()).rejects.toMatchObject({ code: 2996 });
  expect(await events.next()).toEqual({ done: true, value: undefined });
});

test('knows the data of each name', () => {
  const read = async (): Promise<void> => {
    for await (const event of eventsOf(createTim(), 'onMessageReceived', 'sdkStateReady')) {
      if (event.name === 'onMessageReceived') expectTypeOf(event.data).toEqualTypeOf<Message[]>();
      else expectTypeOf(event.data).toEqualTypeOf<undefined>();
    }
  };
  expect(read).toBeTypeOf('function');
});
