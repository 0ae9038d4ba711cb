import { LIMITS, type SimplifiedMessage } from '@sterna/protocol';
import { expect, test } from 'vitest';
import { keys } from '../keys.ts';
import { createTown, textTo } from '../testing/town.ts';
import { runDueTimers } from '../timers/due-timers.ts';

const DAY_MS = LIMITS.mergerUnsentMs;

const said = (text: string): SimplifiedMessage => ({
  ID: 'id',
  from: 'ann',
  nick: '',
  avatar: '',
  time: 1,
  messageBody: [{ type: 'TIMTextElem', payload: { text } }],
});

async function town() {
  const { ask, deps, clock } = await createTown(['ann', 'ben']);
  return {
    clock,
    keep: async (key?: string, after = 0) =>
      (
        await ask('ann', 'merger.keep', {
          ...(key !== undefined && { key }),
          after,
          messages: [said('secret')],
        })
      ).key,
    send: (downloadKey: string) =>
      ask('ann', 'message.send', {
        ...textTo('ben', '1'),
        elements: [
          {
            type: 'TIMRelayElem',
            payload: {
              downloadKey,
              messageList: [],
              title: 'talk',
              abstractList: [],
              compatibleText: 'update',
              layersOverLimit: false,
            },
          },
        ],
      }),
    open: (key: string) => ask('ben', 'merger.load', { conversationID: 'C2Cann', seq: 1, key, after: 0 }),
    async pass(ms: number) {
      await clock.advance(ms);
      return runDueTimers(deps);
    },
    rows: async () => (await deps.store.scan({ prefix: 'm/1/', limit: 99 })).length,
    timers: async () => (await deps.store.scan({ prefix: keys.timers, limit: 99 })).length,
  };
}

test('a list that is kept apart and not sent within a day goes, with all its parts', async () => {
  const { clock, keep, send, pass, rows, timers } = await town();
  const key = await keep();
  await pass(1000);
  await keep(key, 1);
  expect(await rows()).toBe(3);
  expect(await pass(DAY_MS - 1001)).toBe(clock.nowMs() + 1);
  expect(await rows()).toBe(3);
  await pass(1);
  expect(await rows()).toBe(0);
  expect(await timers()).toBe(0);
  await expect(send(key)).rejects.toMatchObject({ code: 2451 });
  await expect(keep(key, 2)).rejects.toMatchObject({ code: 2451 });
});

test('one that is sent in its last moment stays', async () => {
  const { keep, send, open, pass, timers } = await town();
  const key = await keep();
  await pass(DAY_MS - 1);
  await send(key);
  await pass(1);
  expect(await timers()).toBe(0);
  await pass(DAY_MS);
  expect(await open(key)).toMatchObject({ messages: [{ ID: 'id' }] });
});

test('a first part whose answer was lost is kept once more, and the one before goes', async () => {
  const { keep, send, open, pass, rows } = await town();
  await keep();
  const key = await keep();
  await send(key);
  await pass(DAY_MS);
  // Its header, its part, and who uses it.
  expect(await rows()).toBe(3);
  expect(await open(key)).toMatchObject({ messages: [{ ID: 'id' }] });
});
