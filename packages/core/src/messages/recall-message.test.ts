import { LIMITS, type RequestOf } from '@sterna/protocol';
import { describe, expect, test } from 'vitest';
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

test('asked for again after a lost answer, a recall is done once, and nobody is told that there is no such message', async () => {
  const { ask, deps, log } = await town();
  await ask('ann', 'message.recall', at);
  await ask('ben', 'blacklist.change', { action: 'add', userIDs: ['ann'] });
  await ask('ann', 'message.recall', at);
  await ask('ben', 'blacklist.change', { action: 'remove', userIDs: ['ann'] });
  const events = (await deps.store.entries({ log, limit: 9 })).map(({ event }) => event.t);
  expect(events).toEqual(['message', 'recall']);
  await expect(ask('ben', 'message.recall', { ...at, conversationID: 'C2Cann' })).rejects.toMatchObject({
    reason: 'messageNotFound',
  });
});

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

describe('lists of merged messages that are kept apart', () => {
  type Elements = RequestOf<'message.send'>['elements'];

  const merged = (downloadKey: string, text = ''): Elements[number] => ({
    type: 'TIMRelayElem',
    payload: {
      downloadKey,
      messageList: text === '' ? [] : [simplified({ type: 'TIMTextElem', payload: { text } })],
      title: 'talk',
      abstractList: [],
      compatibleText: 'update',
      layersOverLimit: false,
    },
  });
  const simplified = (body: { type: string; payload: Record<string, unknown> }) => ({
    ID: 'id',
    from: 'ann',
    nick: '',
    avatar: '',
    time: 1,
    messageBody: [body],
  });

  async function lists() {
    const { ask, kept } = await town();
    const keep = async (body: Parameters<typeof simplified>[0]) =>
      (await ask('ann', 'merger.keep', { after: 0, messages: [simplified(body)] })).key;
    const secret = () => keep({ type: 'TIMTextElem', payload: { text: 'secret' } });
    const send = (clientID: string, element: Elements[number]) =>
      ask('ann', 'message.send', { ...textTo('ben', clientID), elements: [element] });
    const recall = (seq: number) => ask('ann', 'message.recall', { ...at, seq });
    const open = (seq: number, key: string) =>
      ask('ben', 'merger.load', { conversationID: 'C2Cann', seq, key, after: 0 });
    return { ask, kept, keep, secret, send, recall, open };
  }

  test('go with the last message that uses them', async () => {
    const { kept, secret, send, recall, open } = await lists();
    const key = await secret();
    await send('2', merged(key));
    await send('3', merged(key));
    await recall(2);
    await expect(open(2, key)).rejects.toMatchObject({ code: 2451 });
    expect(await open(3, key)).toMatchObject({ messages: [{ ID: 'id' }] });
    await recall(3);
    expect(await kept()).not.toContain('secret');
    expect(await kept()).not.toContain(key);
    await expect(send('4', merged(key))).rejects.toMatchObject({ reason: 'mergerNotFound' });
  });

  test('are opened out of one another, at any depth, and go together', async () => {
    const { kept, keep, secret, send, recall, open } = await lists();
    const inner = await secret();
    const middle = await keep(merged(inner));
    const outer = await keep(merged(middle));
    const beside = await secret();
    await send('2', merged(outer));
    for (const key of [outer, middle, inner])
      expect(await open(2, key)).toMatchObject({ messages: [{ ID: 'id' }] });
    await expect(open(2, beside)).rejects.toMatchObject({ reason: 'mergerNotFound' });
    await send('3', merged(inner));
    await recall(2);
    expect(await kept()).not.toContain(outer);
    expect(await kept()).not.toContain(middle);
    expect(await open(3, inner)).toMatchObject({ messages: [{ ID: 'id' }] });
    await recall(3);
    expect(await kept()).not.toContain(inner);
  });

  test('are opened out of a list that travels in the message', async () => {
    const { kept, secret, send, recall, open } = await lists();
    const inner = await secret();
    const element = merged('');
    if (element.type !== 'TIMRelayElem') throw new Error('not merged');
    element.payload.messageList = [simplified(merged(inner))];
    await send('2', element);
    expect(await open(2, inner)).toMatchObject({ messages: [{ ID: 'id' }] });
    await recall(2);
    expect(await kept()).not.toContain('secret');
  });

  test('go when a newer version of the message names others, and not when it names them still', async () => {
    const { ask, kept, secret, send, open } = await lists();
    const [first, second] = [await secret(), await secret()];
    await send('2', merged(first));
    const modify = (version: number, key: string) =>
      ask('ann', 'message.modify', { ...at, seq: 2, version, elements: [merged(key)] });
    await modify(0, first);
    expect(await open(2, first)).toMatchObject({ messages: [{ ID: 'id' }] });
    await modify(1, second);
    expect(await kept()).not.toContain(first);
    expect(await open(2, second)).toMatchObject({ messages: [{ ID: 'id' }] });
  });

  test('take no more parts once they are sent, and are not too many in one', async () => {
    const { ask, keep, secret, send } = await lists();
    const key = await secret();
    await send('2', merged(key));
    const part = { after: 1, messages: [simplified({ type: 'TIMTextElem', payload: { text: 'more' } })] };
    await expect(ask('ann', 'merger.keep', { key, ...part })).rejects.toMatchObject({
      reason: 'mergerNotFound',
    });
    const naming = (count: number) =>
      keep({
        type: 'TIMRelayElem',
        payload: { all: Array.from({ length: count }, (_, n) => ({ downloadKey: `k${n}` })) },
      });
    await naming(LIMITS.mergersInside - 1);
    await naming(LIMITS.mergersInside);
    await expect(naming(LIMITS.mergersInside + 1)).rejects.toMatchObject({ reason: 'messageTooLong' });
  });

  test('sent again after a lost answer, and recalled meanwhile, a message is still known', async () => {
    const { secret, send, recall } = await lists();
    const key = await secret();
    await send('2', merged(key));
    await recall(2);
    expect(await send('2', merged(key))).toMatchObject({ duplicate: true, seq: 2 });
  });
});
