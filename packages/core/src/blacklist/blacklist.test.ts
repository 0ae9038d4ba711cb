import { LIMITS } from '@sterna/protocol';
import { describe, expect, test } from 'vitest';
import { c2cLog } from '../conversations/conversation-id.ts';
import { userSubject } from '../delivery/subjects.ts';
import { loggedIn, sendCommand } from '../testing/domain-commands.ts';
import { createTown, textTo } from '../testing/town.ts';

const town = () => createTown(['ann', 'ben', 'cat']);
const blocked = { reason: 'blacklisted' };

describe('blacklist.change', () => {
  test('adds and removes, tells once, and counts what is so already as done', async () => {
    const { ask, told } = await town();
    const add = { action: 'add', userIDs: ['ben', 'cat', 'ben'] } as const;
    expect(await ask('ann', 'blacklist.change', { ...add, userIDs: [...add.userIDs] })).toEqual({
      done: ['ben', 'cat'],
      failed: [],
    });
    expect(await ask('ann', 'blacklist.change', { action: 'add', userIDs: ['ben'] })).toMatchObject({
      done: ['ben'],
    });
    expect((await ask('ann', 'blacklist.list', {})).userIDs).toEqual(['ben', 'cat']);
    await ask('ann', 'blacklist.change', { action: 'remove', userIDs: ['ben', 'nobody'] });
    expect((await ask('ann', 'blacklist.list', {})).userIDs).toEqual(['cat']);
    expect(await told('ann', 'blacklist')).toEqual([
      { t: 'blacklist', added: ['ben', 'cat'], removed: [] },
      { t: 'blacklist', added: [], removed: ['ben'] },
    ]);
    expect(await told('ben', 'blacklist')).toEqual([]);
  });

  test('each user fails alone: nobody, oneself', async () => {
    const { ask } = await town();
    const reply = await ask('ann', 'blacklist.change', { action: 'add', userIDs: ['nobody', 'ben', 'ann'] });
    expect(reply.done).toEqual(['ben']);
    expect(reply.failed).toMatchObject([
      { userID: 'nobody', code: 31804 },
      { userID: 'ann', code: 30001 },
    ]);
  });

  test('a full list refuses the next, until there is room', async () => {
    const { ask, deps } = await town();
    const others = Array.from({ length: LIMITS.blacklist }, (_, index) => `other ${index}`);
    for (const userID of others) await loggedIn(deps.store, userID);
    const full = await ask('ann', 'blacklist.change', { action: 'add', userIDs: others });
    expect(full).toMatchObject({ failed: [] });
    expect(full.done).toHaveLength(LIMITS.blacklist);
    const refused = await ask('ann', 'blacklist.change', { action: 'add', userIDs: ['ben'] });
    expect(refused).toMatchObject({ done: [], failed: [{ userID: 'ben', code: 30013 }] });
    await ask('ann', 'blacklist.change', { action: 'remove', userIDs: ['other 7'] });
    expect(await ask('ann', 'blacklist.change', { action: 'add', userIDs: ['ben'] })).toMatchObject({
      done: ['ben'],
    });
  });
});

describe('who is blocked', () => {
  test('sends nothing, not even what is not stored; the one who blocks may still write', async () => {
    const { ask, deps, published } = await town();
    await ask('ann', 'blacklist.change', { action: 'add', userIDs: ['ben'] });
    published.length = 0;
    await expect(ask('ben', 'message.send', textTo('ann', '1'))).rejects.toMatchObject(blocked);
    await expect(
      ask('ben', 'message.send', { ...textTo('ann', '2'), onlineUserOnly: true }),
    ).rejects.toMatchObject(blocked);
    expect(published).toEqual([]);
    expect(await ask('ann', 'message.send', textTo('ben', '3'))).toMatchObject({ seq: 1 });
    await ask('ann', 'blacklist.change', { action: 'remove', userIDs: ['ben'] });
    expect(await ask('ben', 'message.send', textTo('ann', '1'))).toMatchObject({ seq: 2 });
    expect(await deps.store.messages({ log: c2cLog(1, 'ann', 'ben'), limit: 9 })).toHaveLength(2);
  });

  test('recalls, changes, and reacts to nothing there', async () => {
    const { ask, deps } = await town();
    await ask('ben', 'message.send', { ...textTo('ann', '1'), supportsExtensions: true });
    await ask('ann', 'blacklist.change', { action: 'add', userIDs: ['ben'] });
    const at = { conversationID: 'C2Cann', seq: 1 };
    await expect(ask('ben', 'message.recall', at)).rejects.toMatchObject(blocked);
    await expect(ask('ben', 'message.modify', { ...at, version: 0 })).rejects.toMatchObject(blocked);
    await expect(ask('ben', 'message.addReaction', { ...at, reactionID: 'x' })).rejects.toMatchObject(
      blocked,
    );
    const extensions = [{ key: 'k', value: 'v', revision: 0 }];
    await expect(ask('ben', 'message.setExtensions', { ...at, extensions })).rejects.toMatchObject(blocked);
    expect(await deps.store.entries({ log: c2cLog(1, 'ann', 'ben'), limit: 9 })).toHaveLength(1);
  });

  test('reads without telling, now and at the next look, until let in again', async () => {
    const { ask, told } = await town();
    await ask('ann', 'message.send', textTo('ben', '1'));
    await ask('ben', 'conversation.read', { conversationID: 'C2Cann', seq: 1 });
    await ask('ann', 'message.send', { ...textTo('ben', '2'), needReadReceipt: true });
    await ask('ann', 'blacklist.change', { action: 'add', userIDs: ['ben'] });
    expect(await ask('ben', 'conversation.read', { conversationID: 'C2Cann', seq: 2 })).toEqual({
      unread: 0,
    });
    await ask('ben', 'receipt.send', { conversationID: 'C2Cann', seqs: [2] });
    expect(await told('ann', 'peerRead')).toMatchObject([{ seq: 1 }]);
    expect(await told('ann', 'receipts')).toEqual([]);
    const look = () => ask('ann', 'conversation.get', { conversationID: 'C2Cben' });
    expect((await look()).conversation.peerReadSeq).toBe(1);
    await ask('ann', 'blacklist.change', { action: 'remove', userIDs: ['ben'] });
    expect((await look()).conversation.peerReadSeq).toBe(2);
  });

  test('is not heard of, and shows what they have become once they are let in again', async () => {
    const { ask, clock, published } = await createTown(['ann', 'ben', 'cat']);
    await ask('ann', 'blacklist.change', { action: 'add', userIDs: ['ben', 'cat'] });
    await clock.advance(1_000);
    published.length = 0;
    await ask('ben', 'profile.update', { changes: { nick: 'Benjamin' } });
    const profiles = () =>
      published.flatMap(({ subject, notice }) =>
        notice.kind === 'profile' ? [[subject, notice.profile.nick]] : [],
      );
    expect(profiles()).toEqual([]);
    await ask('ann', 'blacklist.change', { action: 'remove', userIDs: ['ben', 'cat'] });
    expect(profiles()).toEqual([[userSubject(1, 'ann'), 'Benjamin']]);
    await ask('ann', 'blacklist.change', { action: 'remove', userIDs: ['ben'] });
    expect(profiles()).toHaveLength(1);
  });

  test('in a group all stays as it was', async () => {
    const { ask } = await town();
    const group = { type: 'Public', name: 'tea', groupID: 'tea', members: [{ userID: 'ben' }] } as const;
    await ask('ann', 'group.create', { ...group, members: [{ userID: 'ben' }] });
    await ask('ann', 'blacklist.change', { action: 'add', userIDs: ['ben'] });
    const message = { ...textTo('', '1'), conversationID: 'GROUPtea' };
    expect(await ask('ben', 'message.send', message)).toMatchObject({ seq: 2 });
  });

  test('a send called before the block is stored, one called after it is refused', async () => {
    const { deps, actors } = await town();
    const { store } = deps;
    const body = { actor: actors.ann, action: 'add', userIDs: ['ben'], nowMs: 1 } as const;
    const [before, block, after] = await Promise.all([
      store.execute(sendCommand(actors.ben, { conversationID: 'C2Cann', clientID: '1', text: 'hello' })),
      store.execute({ type: 'blacklist.change', body }),
      store.execute(sendCommand(actors.ben, { conversationID: 'C2Cann', clientID: '2', text: 'hello?' })),
    ]);
    expect([before.ok, block.ok]).toEqual([true, true]);
    expect(after).toMatchObject({ ok: false, refusal: blocked });
  });
});
