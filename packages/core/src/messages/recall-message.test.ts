import { LIMITS } from '@sterna/protocol';
import { expect, test } from 'vitest';
import { c2cLog } from '../conversations/conversation-id.ts';
import { createTown, textTo } from '../testing/town.ts';

const at = { conversationID: 'C2Cben', seq: 1 };

async function town() {
  const { ask, deps } = await createTown(['ann', 'ben']);
  const log = c2cLog(1, 'ann', 'ben');
  await ask('ann', 'message.send', { ...textTo('ben', '1', 'hello'), supportsExtensions: true });
  /** All that the store has, of the conversation and of lists that are kept apart. */
  async function kept(): Promise<string> {
    const rows = await Promise.all(
      ['c/1/', 'm/1/'].map((prefix) => deps.store.scan({ prefix, limit: 5000 })),
    );
    return JSON.stringify([await deps.store.entries({ log, limit: 5000 }), ...rows]);
  }
  const set = (pairs: readonly [key: string, value: string, revision: number][]) =>
    ask('ann', 'message.setExtensions', {
      ...at,
      extensions: pairs.map(([key, value, revision]) => ({ key, value, revision })),
    });
  return { ask, deps, log, kept, set };
}

test('of extensions that were set, changed and deleted, nothing is kept after the recall', async () => {
  const { ask, kept, set } = await town();
  await set([
    ['secret a', 'secret 1', 0],
    ['secret b', 'secret 2', 0],
  ]);
  await set([['secret a', 'secret 3', 1]]);
  await ask('ben', 'message.deleteExtensions', { conversationID: 'C2Cann', seq: 1, keys: ['secret b'] });
  await set([['secret c', 'secret 4', 0]]);
  expect(await kept()).toContain('secret 3');
  await ask('ann', 'message.recall', at);
  expect(await kept()).not.toContain('secret');
});

test('only the newest value of an extension is kept, and those set with it stay', async () => {
  const { ask, deps, log, kept, set } = await town();
  await set([
    ['a', 'old a', 0],
    ['b', 'b', 0],
  ]);
  await set([['a', 'new a', 1]]);
  await ask('ann', 'message.deleteExtensions', { ...at, keys: ['a'] });
  expect(await kept()).not.toMatch(/old a|new a/);
  const events = (await deps.store.entries({ log, limit: 9 })).map(({ event }) => event);
  expect(events.slice(1)).toMatchObject([
    { t: 'extensions', set: [{ key: 'b', value: 'b' }], deleted: [] },
    { t: 'extensions', set: [], deleted: [] },
    { t: 'extensions', set: [], deleted: ['a'] },
  ]);
  await set([['a', 'again', 3]]);
  const [, , , deletion, last] = (await deps.store.entries({ log, limit: 9 })).map(({ event }) => event);
  expect(deletion).toMatchObject({ deleted: [] });
  expect(last).toMatchObject({ set: [{ key: 'a', value: 'again' }] });
});

test('as many keys as a message ever had are taken along', async () => {
  const { ask, kept, set } = await town();
  const keys = Array.from({ length: LIMITS.extensionsOfMessage }, (_, index) => `secret ${index}`);
  for (let first = 0; first < keys.length; first += LIMITS.extensionsSet)
    await set(keys.slice(first, first + LIMITS.extensionsSet).map((key) => [key, 'x', 0]));
  await ask('ann', 'message.deleteExtensions', at);
  await set([['secret z', 'x', 0]]);
  await ask('ann', 'message.recall', at);
  expect(await kept()).not.toContain('secret');
});
