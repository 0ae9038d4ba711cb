import type { RequestOf } from '@sterna/protocol';
import { describe, expect, test } from 'vitest';
import { createTown } from '../testing/town.ts';

type Request = RequestOf<'message.send'>;

const first: Request = {
  conversationID: 'C2Cben',
  clientID: 'm-1',
  elements: [{ type: 'TIMTextElem', payload: { text: 'tea?' } }],
  priority: 'Normal',
  cloudCustomData: 'mood: fine',
};

const custom = (data: string): Request['elements'] => [
  { type: 'TIMCustomElem', payload: { data, description: '', extension: '' } },
];

describe('a repeated send', () => {
  test.each<[what: string, change: Partial<Request>]>([
    ['says the same', {}],
    ['leaves out what is the default', { priority: undefined, atUsers: [] }],
    ['wakes devices with another text', { offlinePushInfo: { title: 'tea' } }],
  ])('that %s is answered as the first was', async (_, change) => {
    const { ask, published } = await createTown(['ann', 'ben', 'cleo']);
    const reply = await ask('ann', 'message.send', first);
    published.length = 0;
    expect(await ask('ann', 'message.send', { ...first, ...change })).toEqual({ ...reply, duplicate: true });
    expect(published).toEqual([]);
  });

  test.each<[what: string, change: Partial<Request>]>([
    ['another text', { elements: [{ type: 'TIMTextElem', payload: { text: 'tea!' } }] }],
    ['another element', { elements: custom('tea?') }],
    ['one more element', { elements: [...first.elements, ...custom('x')] }],
    ['another priority', { priority: 'High' }],
    ['no custom data', { cloudCustomData: undefined }],
    ['somebody who is meant', { atUsers: ['ben'] }],
    ['fewer who may see it', { receivers: ['ben'] }],
    ['a message that does not count', { excludedFromUnreadCount: true }],
    ['a message that is not shown last', { excludedFromLastMessage: true }],
    ['a message that wants a receipt', { needReadReceipt: true }],
    ['a message that takes extensions', { supportsExtensions: true }],
    ['one that is not kept', { onlineUserOnly: true }],
    ['another conversation', { conversationID: 'C2Ccleo' }],
  ])('with %s is a conflict', async (_, change) => {
    const { ask, published } = await createTown(['ann', 'ben', 'cleo']);
    await ask('ann', 'message.send', first);
    published.length = 0;
    await expect(ask('ann', 'message.send', { ...first, ...change })).rejects.toMatchObject({
      reason: 'clientIDConflict',
    });
    expect(published).toEqual([]);
  });

  test('is believed where the message was edited or recalled since', async () => {
    const { ask } = await createTown(['ann', 'ben']);
    const conversationID = 'C2Cben';
    const reply = await ask('ann', 'message.send', first);
    const elements: Request['elements'] = [{ type: 'TIMTextElem', payload: { text: 'coffee?' } }];
    await ask('ann', 'message.modify', { conversationID, seq: 1, version: 0, elements });
    expect(await ask('ann', 'message.send', first)).toEqual({ ...reply, duplicate: true });
    await ask('ann', 'message.recall', { conversationID, seq: 1 });
    expect(await ask('ann', 'message.send', first)).toEqual({ ...reply, duplicate: true });
  });

  test('after other events answers where the message stands, not the log', async () => {
    const { ask } = await createTown(['ann', 'ben']);
    for (const clientID of ['m-0', 'm-1', 'm-2']) await ask('ann', 'message.send', { ...first, clientID });
    await ask('ann', 'message.recall', { conversationID: 'C2Cben', seq: 1 });
    const reply = await ask('ann', 'message.send', { ...first, clientID: 'm-3' });
    expect(reply).toMatchObject({ seq: 4, pos: 5 });
    expect(await ask('ann', 'message.send', { ...first, clientID: 'm-3' })).toEqual({
      ...reply,
      duplicate: true,
    });
  });
});
