import type { RequestOf } from '@sterna/protocol';
import { describe, expect, test } from 'vitest';
import { createTown, type Town } from '../testing/town.ts';

type Request = RequestOf<'message.send'>;
type Ask = Town<'ann' | 'ben'>['ask'];

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

  const text = (words: string): Request['elements'] => [{ type: 'TIMTextElem', payload: { text: words } }];
  const conversationID = 'C2Cben';

  test('has the name and the picture that the message was stored with', async () => {
    const { ask } = await createTown(['ann', 'ben']);
    const call = (nick: string) =>
      ask('ann', 'profile.update', { changes: { nick, avatar: `https://example.org/${nick}` } });
    await call('Ann');
    const reply = await ask('ann', 'message.send', first);
    await call('Anna');
    const again = await ask('ann', 'message.send', first);
    expect(again).toEqual({ ...reply, duplicate: true });
    expect(again).toMatchObject({ nick: 'Ann', avatar: 'https://example.org/Ann' });
  });

  test('that was edited since says to what, whatever it asks for itself', async () => {
    const { ask } = await createTown(['ann', 'ben']);
    const reply = await ask('ann', 'message.send', first);
    const coffee = { elements: text('coffee?'), cloudCustomData: 'mood: awake' };
    await ask('ann', 'message.modify', { conversationID, seq: 1, version: 0, ...coffee });
    const again = { ...reply, duplicate: true, version: 1, ...coffee };
    expect(await ask('ann', 'message.send', first)).toEqual(again);
    await ask('ben', 'message.modify', {
      conversationID: 'C2Cann',
      seq: 1,
      version: 1,
      elements: text('no!'),
    });
    expect(await ask('ann', 'message.send', first)).toEqual({ ...again, version: 2, elements: text('no!') });
  });

  test('that was edited since says to what, also where a rule of the app changes what it asks for', async () => {
    const pattern = /tea/gu;
    const forbiddenWords = { pattern, action: 'replace' as const };
    const { ask } = await createTown(['ann', 'ben'], { settings: { forbiddenWords } });
    expect(await ask('ann', 'message.send', first)).toMatchObject({ elements: text('***?') });
    await ask('ann', 'message.modify', { conversationID, seq: 1, version: 0, elements: text('milk?') });
    expect(await ask('ann', 'message.send', first)).toMatchObject({ version: 1, elements: text('milk?') });
  });

  test('that was recalled since says so, with nothing of what others wrote', async () => {
    const { ask, clock } = await createTown(['ann', 'ben']);
    const reply = await ask('ann', 'message.send', first);
    await ask('ben', 'message.modify', {
      conversationID: 'C2Cann',
      seq: 1,
      version: 0,
      elements: text('no'),
    });
    await ask('ann', 'message.recall', { conversationID, seq: 1, reason: 'never mind' });
    const recalled = { by: 'ann', timeMs: clock.nowMs(), reason: 'never mind' };
    expect(await ask('ann', 'message.send', first)).toEqual({
      ...reply,
      duplicate: true,
      version: 1,
      recalled,
    });
  });

  test.each<[how: string, remove: (ask: Ask) => Promise<unknown>]>([
    ['deleted', (ask) => ask('ann', 'message.delete', { conversationID, seqs: [1] })],
    ['cleared', (ask) => ask('ann', 'message.clear', { conversationID })],
  ])('that its sender has %s since says so, of that message alone', async (_, remove) => {
    const { ask } = await createTown(['ann', 'ben']);
    const reply = await ask('ann', 'message.send', first);
    await remove(ask);
    const next = await ask('ann', 'message.send', { ...first, clientID: 'm-2' });
    await ask('ben', 'message.clear', { conversationID: 'C2Cann' });
    expect(await ask('ann', 'message.send', first)).toEqual({ ...reply, duplicate: true, deleted: true });
    expect(await ask('ann', 'message.send', { ...first, clientID: 'm-2' })).toEqual({
      ...next,
      duplicate: true,
    });
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
