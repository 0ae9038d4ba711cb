import { describe, expect, test } from 'vitest';
import { createTown, textTo, type Town } from '../testing/town.ts';

type Ask = Town<'ann' | 'ben' | 'cat' | 'dan'>['ask'];

const tea = 'GROUPtea';
const wanted = (clientID: string, conversationID = tea) => ({
  ...textTo('nobody', clientID),
  conversationID,
  needReadReceipt: true as const,
});
const say = async (ask: Ask, clientID: string) => (await ask('ann', 'message.send', wanted(clientID))).seq;
const counts = async (ask: Ask, seqs: number[], conversationID = tea) => {
  const { receipts } = await ask('ann', 'receipt.get', { conversationID, seqs });
  return receipts.map(({ seq, readCount, unreadCount }) => [seq, readCount, unreadCount]);
};
const readers = async (ask: Ask, read: boolean, seq: number, conversationID = tea) =>
  (await ask('ann', 'receipt.members', { conversationID, seq, read, limit: 100 })).userIDs;

async function group(type: 'Public' | 'Community' = 'Public', groupID = 'tea') {
  const town = await createTown(['ann', 'ben', 'cat', 'dan']);
  const members = [{ userID: 'ben' }, { userID: 'cat' }];
  await town.ask('ann', 'group.create', {
    groupID,
    type,
    name: groupID,
    joinOption: 'FreeAccess',
    members,
  });
  return town;
}

describe('receipts in a group', () => {
  test('are counted once for each, told to the sender alone, and lists say whose they are', async () => {
    const { ask, told } = await group();
    const seq = await say(ask, 'm-1');
    expect(await counts(ask, [seq])).toEqual([[seq, 0, 2]]);
    for (const who of ['ben', 'ben'] as const)
      await ask(who, 'receipt.send', { conversationID: tea, seqs: [seq, seq] });
    expect(await counts(ask, [seq])).toEqual([[seq, 1, 1]]);
    expect(await told('ann', 'receipts')).toMatchObject([
      { conversationID: tea, receipts: [{ seq, readCount: 1, unreadCount: 1 }] },
    ]);
    for (const who of ['ben', 'cat'] as const) expect(await told(who, 'receipts')).toEqual([]);
    expect(await readers(ask, true, seq)).toEqual(['ben']);
    expect(await readers(ask, false, seq)).toEqual(['cat']);
  });

  test('sum up to those whom the message was sent to, whoever comes and goes', async () => {
    const { ask } = await group();
    const seq = await say(ask, 'm-1');
    await ask('ben', 'receipt.send', { conversationID: tea, seqs: [seq] });
    await ask('ben', 'group.quit', { groupID: 'tea' });
    expect(await counts(ask, [seq])).toEqual([[seq, 1, 1]]);
    await ask('dan', 'group.join', { groupID: 'tea' });
    expect(await counts(ask, [seq])).toEqual([[seq, 1, 1]]);
    expect(await readers(ask, false, seq)).toEqual(['cat']);
    await ask('cat', 'group.quit', { groupID: 'tea' });
    await ask('cat', 'group.join', { groupID: 'tea' });
    expect(await readers(ask, false, seq)).toEqual(['cat']);
    await ask('cat', 'receipt.send', { conversationID: tea, seqs: [seq] });
    expect(await counts(ask, [seq])).toEqual([[seq, 2, 0]]);
    expect(await readers(ask, true, seq)).toEqual(['ben', 'cat']);
  });

  test('of what was said before one came count for nothing, though they come with others', async () => {
    const { ask } = await group();
    const seq = await say(ask, 'm-1');
    await ask('dan', 'group.join', { groupID: 'tea' });
    await say(ask, 'm-2');
    const next = await say(ask, 'm-3');
    await ask('dan', 'receipt.send', { conversationID: tea, seqs: [seq, next] });
    expect(await counts(ask, [seq, next])).toEqual([
      [seq, 0, 2],
      [next, 1, 2],
    ]);
  });

  test('of messages that the reader has deleted count for nothing', async () => {
    const { ask } = await group();
    const [seq, next] = [await say(ask, 'm-1'), await say(ask, 'm-2')];
    await ask('ben', 'message.delete', { conversationID: tea, seqs: [seq] });
    await ask('ben', 'receipt.send', { conversationID: tea, seqs: [seq, next] });
    expect(await counts(ask, [seq, next])).toEqual([
      [seq, 0, 2],
      [next, 1, 1],
    ]);
  });

  test('are refused to who is not in it, and of a message that is not one’s own nothing is told', async () => {
    const { ask } = await group();
    const seq = await say(ask, 'm-1');
    await ask('ben', 'group.quit', { groupID: 'tea' });
    for (const who of ['ben', 'dan'] as const)
      await expect(ask(who, 'receipt.send', { conversationID: tea, seqs: [seq] })).rejects.toMatchObject({
        reason: 'noPermission',
      });
    await expect(ask('cat', 'receipt.get', { conversationID: tea, seqs: [seq] })).rejects.toMatchObject({
      reason: 'noPermission',
    });
    expect(await counts(ask, [seq])).toEqual([[seq, 0, 2]]);
  });

  test.each<[what: string, end: (ask: Ask) => Promise<unknown>]>([
    ['has left', (ask) => ask('ben', 'group.quit', { groupID: 'tea' })],
    ['saw the group end', (ask) => ask('ann', 'group.dismiss', { groupID: 'tea' })],
  ])('that are sent again, as their answer was lost, are done, though the reader %s', async (_, end) => {
    const { ask } = await group();
    const [seq, next] = [await say(ask, 'm-1'), await say(ask, 'm-2')];
    await ask('ben', 'receipt.send', { conversationID: tea, seqs: [seq] });
    await end(ask);
    await ask('ben', 'receipt.send', { conversationID: tea, seqs: [seq] });
    await expect(ask('ben', 'receipt.send', { conversationID: tea, seqs: [seq, next] })).rejects.toThrow();
  });

  test('go with the version that a message has, and stay when it is recalled', async () => {
    const { ask } = await group();
    const seq = await say(ask, 'm-1');
    const { elements } = textTo('nobody', 'changed');
    await ask('ann', 'message.modify', { conversationID: tea, seq, version: 0, elements });
    await ask('ben', 'receipt.send', { conversationID: tea, seqs: [seq] });
    await ask('ann', 'message.recall', { conversationID: tea, seq });
    await ask('cat', 'receipt.send', { conversationID: tea, seqs: [seq] });
    expect(await counts(ask, [seq])).toEqual([[seq, 2, 0]]);
  });

  test('of a targeted message are those of whom it names', async () => {
    const { ask } = await group();
    const { seq } = await ask('ann', 'message.send', { ...wanted('m-1'), receivers: ['ben'] });
    for (const who of ['ben', 'cat'] as const)
      await ask(who, 'receipt.send', { conversationID: tea, seqs: [seq] });
    expect(await counts(ask, [seq])).toEqual([[seq, 1, 0]]);
  });
});

describe('receipts where newcomers read what was said before', () => {
  const town = 'GROUP@TGS#_town';
  const square = `${town}@TOPIC#_square`;

  test('are nothing that was waited for', async () => {
    const { ask } = await group('Community', '@TGS#_town');
    await ask('ann', 'message.send', wanted('m-1', town));
    await ask('dan', 'group.join', { groupID: '@TGS#_town' });
    await ask('dan', 'receipt.send', { conversationID: town, seqs: [1] });
    expect(await counts(ask, [1], town)).toEqual([[1, 0, 2]]);
    expect(await readers(ask, false, 1, town)).toEqual(['ben', 'cat']);
    expect(await readers(ask, true, 1, town)).toEqual([]);
  });

  test('in a topic of theirs neither', async () => {
    const members = [{ userID: 'ben' }, { userID: 'cat' }];
    const { ask } = await createTown(['ann', 'ben', 'cat', 'dan']);
    const groupID = '@TGS#_town';
    await ask('ann', 'group.create', {
      groupID,
      type: 'Community',
      name: groupID,
      isSupportTopic: true,
      members,
    });
    await ask('ann', 'topic.create', { groupID, topicID: square.slice('GROUP'.length), name: 'square' });
    await ask('ann', 'message.send', wanted('m-1', square));
    await ask('dan', 'group.join', { groupID });
    await ask('cat', 'group.quit', { groupID });
    await ask('cat', 'group.join', { groupID });
    for (const who of ['dan', 'ben'] as const)
      await ask(who, 'receipt.send', { conversationID: square, seqs: [1] });
    expect(await counts(ask, [1], square)).toEqual([[1, 1, 1]]);
    expect(await readers(ask, true, 1, square)).toEqual(['ben']);
    expect(await readers(ask, false, 1, square)).toEqual(['cat']);
  });
});
