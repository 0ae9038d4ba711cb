import type { RequestOf } from '@sterna/protocol';
import { describe, expect, test } from 'vitest';
import { c2cLog } from '../conversations/conversation-id.ts';
import { userSubject } from '../delivery/subjects.ts';
import { keys } from '../keys.ts';
import { createMemorySearch } from '../testing/memory-search.ts';
import { createTown, textTo, type Town } from '../testing/town.ts';
import { createSearchFollower } from '../search/follower.ts';

/** Ann has blocked Ben, in an app that does not tell: what he sends her is his alone. */

type Someone = 'ann' | 'ben';
type Send = RequestOf<'message.send'>;
const LOG = c2cLog(1, 'ann', 'ben');
const TO_ANN = 'C2Cann';
const TO_BEN = 'C2Cben';

const town = () => createTown<Someone>(['ann', 'ben'], { settings: { hidesBlocks: true } });
const change = ({ ask }: Town<Someone>, action: 'add' | 'remove') =>
  ask('ann', 'blacklist.change', { action, userIDs: ['ben'] });

async function blocked(): Promise<Town<Someone>> {
  const here = await town();
  await change(here, 'add');
  here.published.length = 0;
  return here;
}

async function texts({ ask }: Town<Someone>, who: Someone): Promise<string[]> {
  const conversationID = who === 'ann' ? TO_BEN : TO_ANN;
  const { messages } = await ask(who, 'message.history', { conversationID, limit: 20 });
  return messages.flatMap(({ elements, recalled }) => {
    const [first] = elements;
    if (recalled) return ['(recalled)'];
    return first?.type === 'TIMTextElem' ? [first.payload.text] : [];
  });
}

const listed = async ({ ask }: Town<Someone>, who: Someone) =>
  (await ask(who, 'conversation.list', {})).conversations.filter(({ hidden }) => !hidden);

/** All that Ann can ask for about the conversation: nothing of it may name what is kept from her. */
async function allOfAnn(here: Town<Someone>): Promise<string> {
  const { ask, deps } = here;
  const conversationID = TO_BEN;
  const all = [
    await ask('ann', 'conversation.list', {}),
    await ask('ann', 'conversation.get', { conversationID }),
    await ask('ann', 'message.history', { conversationID, limit: 20 }),
    await ask('ann', 'message.history', { conversationID, limit: 20, after: 0 }),
    await ask('ann', 'message.history', { conversationID, limit: 20, timeS: 1, onward: true }),
    await ask('ann', 'conversation.sync', { conversationID, epoch: deps.store.epoch, after: 0 }),
    await ask('ann', 'message.find', { conversationID, from: 'ben', clientID: 'secret' }),
    await ask('ann', 'inbox.sync', { epoch: deps.store.epoch, after: 0 }),
  ];
  return JSON.stringify(all);
}

describe('a message to who has blocked its sender, where that is not told', () => {
  test('is answered, and stands, as any other for its sender', async () => {
    const told: unknown[] = [];
    for (const here of [await town(), await blocked()]) {
      const sent = await here.ask('ben', 'message.send', {
        ...textTo('ann', 'secret'),
        needReadReceipt: true,
      });
      told.push([
        sent,
        await here.ask('ben', 'message.send', { ...textTo('ann', 'secret'), needReadReceipt: true }),
        await here.ask('ben', 'message.send', { ...textTo('ann', 'quiet'), excludedFromUnreadCount: true }),
        await here.ask('ben', 'message.history', { conversationID: TO_ANN, limit: 20 }),
        await here.ask('ben', 'conversation.list', {}),
        await here.ask('ben', 'message.find', { conversationID: TO_ANN, from: 'ben', clientID: 'secret' }),
        await here.ask('ben', 'receipt.get', { conversationID: TO_ANN, seqs: [1] }),
        await here.ask('ben', 'message.modify', {
          conversationID: TO_ANN,
          seq: 1,
          version: 0,
          cloudCustomData: 'x',
        }),
        await here.ask('ben', 'message.addReaction', { conversationID: TO_ANN, seq: 1, reactionID: 'x' }),
        await here.ask('ben', 'message.recall', { conversationID: TO_ANN, seq: 1 }),
        await here.ask('ben', 'message.recall', { conversationID: TO_ANN, seq: 1 }),
        await here.ask('ben', 'conversation.sync', {
          conversationID: TO_ANN,
          epoch: here.deps.store.epoch,
          after: 0,
        }),
      ]);
    }
    // But for the count of what is unread for the peer, which nobody but the server reads.
    const withoutCounts = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value), (key, part: unknown) =>
        key === 'countable' || key === 'counted' ? undefined : part,
      );
    expect(withoutCounts(told[1])).toEqual(withoutCounts(told[0]));
  });

  test('is nowhere for who has blocked, not even once the sender is let in again', async () => {
    const here = await blocked();
    const { ask, deps } = here;
    await ask('ben', 'message.send', textTo('ann', 'secret'));
    expect(await deps.store.get([keys.userConversation(1, 'ann', TO_BEN)])).toEqual([undefined]);
    expect(await listed(here, 'ann')).toEqual([]);
    await change(here, 'remove');
    expect(await listed(here, 'ann')).toEqual([]);
    expect(await allOfAnn(here)).not.toContain('secret');
    await ask('ben', 'message.send', textTo('ann', 'hello'));
    expect(await texts(here, 'ann')).toEqual(['hello']);
    expect(await texts(here, 'ben')).toEqual(['secret', 'hello']);
    expect(await listed(here, 'ann')).toMatchObject([{ unread: 1, last: { seq: 2 } }]);
    expect(await allOfAnn(here)).not.toContain('secret');
  });

  test('what becomes of it is told to nobody else, and nothing can be done with it', async () => {
    const here = await blocked();
    const { ask, told } = here;
    await ask('ben', 'message.send', {
      ...textTo('ann', 'secret'),
      supportsExtensions: true,
      needReadReceipt: true,
    });
    await change(here, 'remove');
    const [atBen, atAnn] = [TO_ANN, TO_BEN].map((conversationID) => ({ conversationID, seq: 1 }));
    if (atBen === undefined || atAnn === undefined) throw new Error('there are two');
    await ask('ben', 'message.send', textTo('ann', 'hello'));
    const extensions = [{ key: 'secret', value: 'v', revision: 0 }];
    await ask('ben', 'message.setExtensions', { ...atBen, extensions });
    await ask('ben', 'message.addReaction', { ...atBen, reactionID: 'secret' });
    await ask('ben', 'message.modify', { ...atBen, version: 0, cloudCustomData: 'secret' });
    for (const refused of [
      ask('ann', 'message.modify', { ...atAnn, version: 1, cloudCustomData: 'x' }),
      ask('ann', 'message.addReaction', { ...atAnn, reactionID: 'x' }),
      ask('ann', 'message.recall', atAnn),
      ask('ann', 'message.getExtensions', atAnn),
    ])
      await expect(refused).rejects.toMatchObject({ reason: 'messageNotFound' });
    await ask('ann', 'receipt.send', { conversationID: TO_BEN, seqs: [1] });
    expect(await told('ben', 'receipts')).toEqual([]);
    await ask('ben', 'message.recall', atBen);
    expect(await allOfAnn(here)).not.toContain('secret');
    const { range } = await ask('ann', 'conversation.sync', {
      conversationID: TO_BEN,
      epoch: here.deps.store.epoch,
      after: 0,
    });
    expect(range).toMatchObject({ from: 1, to: 6, events: [[2, { seq: 2 }]] });
    expect(await listed(here, 'ann')).toMatchObject([{ unread: 1 }]);
  });

  test('others that the sender sent before stay as they are: of those the block is told', async () => {
    const here = await town();
    await here.ask('ben', 'message.send', textTo('ann', 'before'));
    await change(here, 'add');
    await here.ask('ben', 'message.send', textTo('ann', 'secret'));
    const at = (seq: number) => ({ conversationID: TO_ANN, seq });
    await expect(here.ask('ben', 'message.recall', at(1))).rejects.toMatchObject({ reason: 'blacklisted' });
    await here.ask('ben', 'message.recall', at(2));
    expect(await texts(here, 'ben')).toEqual(['before', '(recalled)']);
    expect(await texts(here, 'ann')).toEqual(['before']);
  });

  test('brings no conversation back that was deleted, moves none, and hides no last message', async () => {
    const here = await town();
    const { ask, clock } = here;
    await ask('ben', 'message.send', textTo('ann', 'before'));
    const before = await listed(here, 'ann');
    await change(here, 'add');
    for (let count = 0; count < 250; count++) {
      await clock.advance(1_000);
      await ask('ben', 'message.send', textTo('ann', `secret ${count}`));
    }
    expect(before).toMatchObject([{ seq: 1, unread: 1, last: { seq: 1 } }]);
    expect((await listed(here, 'ann')).map((one) => ({ ...one, pos: 1 }))).toEqual(before);
    expect(await texts(here, 'ann')).toEqual(['before']);
    await ask('ann', 'conversation.delete', { conversationIDs: [TO_BEN], clearHistory: false });
    await ask('ben', 'message.send', textTo('ann', 'secret'));
    expect(await listed(here, 'ann')).toEqual([]);
    await change(here, 'remove');
    await ask('ben', 'message.send', textTo('ann', 'after'));
    expect(await listed(here, 'ann')).toMatchObject([{ unread: 1 }]);
    // Behind a run that is kept from her, too, a page is a page.
    expect(await texts(here, 'ann')).toEqual(['before', 'after']);
    const onward = await ask('ann', 'message.history', { conversationID: TO_BEN, limit: 20, after: 1 });
    expect(onward.messages).toHaveLength(1);
  });

  test('unread counts stay exact, whatever is read, deleted and recalled between', async () => {
    const here = await town();
    const { ask } = here;
    const unread = async (who: Someone) => (await listed(here, who))[0]?.unread ?? 0;
    const send = (from: Someone, id: string, more: Partial<Send> = {}) =>
      ask(from, 'message.send', { ...textTo(from === 'ann' ? 'ben' : 'ann', id), ...more });
    await send('ben', '1');
    await change(here, 'add');
    await send('ben', '2');
    await send('ann', '3');
    await send('ben', '4');
    expect([await unread('ann'), await unread('ben')]).toEqual([1, 1]);
    await change(here, 'remove');
    await send('ben', '5');
    expect([await unread('ann'), await unread('ben')]).toEqual([2, 1]);
    // A number that she cannot know takes nothing off.
    await ask('ann', 'message.delete', { conversationID: TO_BEN, seqs: [2] });
    await ask('ben', 'message.recall', { conversationID: TO_ANN, seq: 4 });
    expect([await unread('ann'), await unread('ben')]).toEqual([2, 1]);
    await ask('ann', 'conversation.read', { conversationID: TO_BEN, seq: 3 });
    await ask('ben', 'conversation.read', { conversationID: TO_ANN, seq: 4 });
    expect([await unread('ann'), await unread('ben')]).toEqual([1, 0]);
    await send('ann', '6');
    await send('ben', '7');
    expect([await unread('ann'), await unread('ben')]).toEqual([2, 1]);
    await ask('ann', 'conversation.readAll', { scope: 'all' });
    await ask('ben', 'message.delete', { conversationID: TO_ANN, seqs: [2, 6] });
    expect([await unread('ann'), await unread('ben')]).toEqual([0, 0]);
  });

  test('is not read by who has blocked, though she reads what came before it', async () => {
    const here = await town();
    const { ask, told } = here;
    await ask('ben', 'message.send', textTo('ann', '1'));
    await change(here, 'add');
    await ask('ben', 'message.send', textTo('ann', '2'));
    await ask('ann', 'conversation.readAll', { scope: 'all' });
    await ask('ann', 'conversation.read', { conversationID: TO_BEN, seq: 9 });
    expect(await told('ben', 'peerRead')).toMatchObject([{ seq: 1 }]);
    expect(await listed(here, 'ben')).toMatchObject([{ peerReadSeq: 1 }]);
  });

  test('both have blocked the other: each has their own', async () => {
    const here = await blocked();
    const { ask } = here;
    await ask('ben', 'blacklist.change', { action: 'add', userIDs: ['ann'] });
    for (const id of ['1', '2']) {
      await ask('ben', 'message.send', textTo('ann', `ben ${id}`));
      await ask('ann', 'message.send', textTo('ben', `ann ${id}`));
    }
    expect([await texts(here, 'ann'), await texts(here, 'ben')]).toEqual([
      ['ann 1', 'ann 2'],
      ['ben 1', 'ben 2'],
    ]);
    for (const who of ['ann', 'ben'] as const)
      expect(await listed(here, who)).toMatchObject([{ unread: 0, last: { from: who } }]);
  });

  test('is found by its sender alone', async () => {
    const here = await blocked();
    const { ask, deps, clock } = here;
    await ask('ben', 'message.send', textTo('ann', 'secret'));
    await change(here, 'remove');
    await ask('ben', 'message.send', textTo('ann', 'hello'));
    const failed = (error: unknown): never => {
      throw error;
    };
    const follower = createSearchFollower({ store: deps.store, index: createMemorySearch(), clock, failed });
    await follower.catchUp();
    deps.search = follower.caughtUp;
    const search = (who: Someone, keyword: string) =>
      ask(who, 'search.messages', { keywords: [keyword], match: 'or', limit: 10, cursor: '' });
    expect(await search('ben', 'secret')).toMatchObject({ total: 1 });
    expect(await search('ann', 'secret')).toMatchObject({ total: 0, results: [] });
    expect(await search('ann', 'hello')).toMatchObject({ total: 1 });
    follower.stop();
  });

  test('one for who is online is shown to the sender’s other devices alone, and kept nowhere', async () => {
    const { ask, deps, published } = await blocked();
    const typing = await ask('ben', 'message.send', { ...textTo('ann', '2'), onlineUserOnly: true });
    expect(Object.keys(typing).sort()).toEqual(['id', 'pos', 'seq', 'timeMs']);
    expect(published.map(({ subject }) => subject)).toEqual([userSubject(1, 'ben')]);
    expect(await deps.store.entries({ log: LOG, limit: 9 })).toEqual([]);
  });
});
