import { describe, expect, test } from 'vitest';
import { LIMITS, type ReplyOf } from '@sterna/protocol';
import {
  count,
  entries,
  events,
  join,
  openRoom,
  say,
  texts,
  tips,
  type Client,
} from './testing/room-world.ts';

describe('a live room', () => {
  test('carries what is said to those who are in, and keeps nothing', async () => {
    const { world, owner, ann, ben } = await openRoom();
    await join(ann);
    await join(ben);
    const reply = await say(ann, 'one');
    expect(reply).toMatchObject({ pos: 0 });
    await world.settle();
    expect(texts(ben)).toEqual(['one']);
    expect(texts(ann)).toEqual([]);
    expect(texts(owner)).toEqual([]);
    expect(events(ben).find(({ from }) => from === 'ann')).toMatchObject({ seq: reply.seq });
    const { messages } = (await ben.request('message.history', {
      conversationID: 'GROUPlive',
      limit: 20,
    })) as ReplyOf<'message.history'>;
    expect(messages).toEqual([]);
    expect(await ben.request('conversation.list', {})).toEqual({ conversations: [] });
    expect(await ben.request('group.list', {})).toEqual({ groups: [] });
  });

  test('numbers grow, and a repeated send is said once', async () => {
    const { world, ann, ben } = await openRoom();
    await join(ann);
    await join(ben);
    const first = await say(ann, 'one');
    const second = await say(ben, 'two');
    expect(second.seq).toBeGreaterThan(first.seq);
    expect(await say(ann, 'one')).toEqual({ ...first, duplicate: true });
    await world.settle();
    expect(texts(ben)).toEqual(['one']);
  });

  test('is for those who are in: others are refused, the creator too', async () => {
    const { owner, ann } = await openRoom();
    await expect(say(owner, 'hello')).rejects.toMatchObject({ code: 2101 });
    await expect(say(ann, 'hello')).rejects.toMatchObject({ code: 2101 });
    await join(owner);
    expect(await say(owner, 'hello again')).toMatchObject({ pos: 0 });
    await expect(owner.request('group.quit', { groupID: 'live' })).rejects.toMatchObject({ code: 10009 });
    await expect(ann.request('group.quit', { groupID: 'live' })).rejects.toMatchObject({ code: 2623 });
    await expect(
      ann.request('group.addMembers', { groupID: 'live', userIDs: ['ben'] }),
    ).rejects.toMatchObject({ code: 2661 });
    await expect(
      owner.request('group.create', {
        type: 'AVChatRoom',
        name: 'Two',
        groupID: 'two',
        members: [{ userID: 'ann' }],
      }),
    ).rejects.toMatchObject({ code: 10004 });
  });

  test('shows the newest messages to whoever comes in, tips are not among them', async () => {
    const { world, ann, ben } = await openRoom();
    await join(ann);
    for (let said = 1; said <= 25; said++) await say(ann, `m${said}`);
    await join(ben);
    await world.settle();
    expect(entries(ann)).toEqual([[]]);
    expect(entries(ben)).toEqual([Array.from({ length: 20 }, (_, index) => `m${index + 6}`)]);
  });

  test('shows fewer to whoever reads slowly: half of what may wait for one is kept for what follows', async () => {
    const { ann, ben } = await openRoom();
    await join(ann);
    for (let said = 1; said <= 20; said++) await say(ann, `m${said}`);
    ben.queuedBytes = LIMITS.socketQueueBytes - 6_000;
    await join(ben);
    const [shown = []] = entries(ben);
    expect(shown.length).toBeGreaterThan(2);
    expect(shown.length).toBeLessThan(20);
    expect(shown.at(-1)).toBe('m20');
    ben.queuedBytes = LIMITS.socketQueueBytes;
    await join(ben);
    expect(entries(ben)[1]).toEqual([]);
  });

  test('tells of coming and going, with how many there are; of a crowd only some', async () => {
    const { world, ann, ben } = await openRoom();
    await join(ann);
    await join(ben);
    await ben.request('group.quit', { groupID: 'live' });
    await world.settle();
    expect(tips(ann)).toEqual([
      [1, 'ann'],
      [1, 'ben'],
      [2, 'ben'],
    ]);
    const crowd = await Promise.all(Array.from({ length: 20 }, (_, index) => world.login(`u${index}`)));
    for (const one of crowd) await join(one);
    await world.settle();
    expect(tips(ann).length).toBeLessThan(10);
    expect(await count(ann)).toBe(21);
  });

  test('a session is in one room: the next one takes it out of the first', async () => {
    const { world, owner, ann, ben } = await openRoom();
    await owner.request('group.create', { type: 'AVChatRoom', name: 'Two', groupID: 'two' });
    await join(ann);
    await join(ben);
    await join(ann, 'two');
    await world.settle();
    expect(events(ann)).toContainEqual(expect.objectContaining({ t: 'left', reason: 'quit' }));
    expect(tips(ben)).toContainEqual([2, 'ann']);
    await expect(say(ann, 'where am I')).rejects.toMatchObject({ code: 2101 });
    expect(await count(ben)).toBe(1);
  });

  test('where the app allows several, it is the oldest that goes', async () => {
    const { world, owner, ann } = await openRoom({ rooms: { joined: 2 } });
    for (const groupID of ['two', 'three'])
      await owner.request('group.create', { type: 'AVChatRoom', name: groupID, groupID });
    for (const groupID of ['live', 'two', 'three']) await join(ann, groupID);
    await world.settle();
    await expect(say(ann, 'a')).rejects.toMatchObject({ code: 2101 });
    expect(await say(ann, 'b', {}, 'two')).toMatchObject({ pos: 0 });
    expect(await say(ann, 'c', {}, 'three')).toMatchObject({ pos: 0 });
  });

  test('a connection that breaks has ten seconds to come back before its user has left', async () => {
    const { world, ann, ben } = await openRoom();
    await join(ann);
    await join(ben);
    ann.drop();
    await say(ben, 'missed');
    const again = await world.login('ann', 'web', { resume: ann.reply.session });
    await say(again, 'back');
    expect(await join(again)).toMatchObject({ status: 'AlreadyInGroup' });
    expect(entries(again)).toEqual([['missed', 'back']]);
    expect(texts(ben)).toEqual(['back']);
    await world.pass(20_000);
    expect(tips(ben)).toEqual([[1, 'ben']]);
    again.drop();
    await world.pass(9_000);
    expect(await count(ben)).toBe(2);
    await world.pass(2_000);
    expect(await count(ben)).toBe(1);
    expect(tips(ben)).toContainEqual([2, 'ann']);
  });

  test('a login elsewhere ends the stay of the session that it ends', async () => {
    const { world, ann, ben } = await openRoom();
    await join(ann);
    await join(ben);
    await world.login('ann', 'other');
    await world.settle();
    ann.drop();
    expect(await count(ben)).toBe(1);
  });

  test('lists who is there, the latest first, by pages and by marks', async () => {
    const { world, owner, ann, ben } = await openRoom();
    await join(ann);
    await world.pass(10);
    await join(ben);
    await owner.request('group.markMembers', { groupID: 'live', userIDs: ['ann'], mark: 1000, isSet: true });
    const list = async (more: object = {}) =>
      (await owner.request('group.members', {
        groupID: 'live',
        limit: 10,
        ...more,
      })) as ReplyOf<'group.members'>;
    const all = await list();
    expect(all.members.map(({ userID, role, marks }) => [userID, role, marks])).toEqual([
      ['ben', 'Member', undefined],
      ['ann', 'Member', [1000]],
    ]);
    const first = await list({ limit: 1 });
    expect(first).toMatchObject({ members: [{ userID: 'ben' }], next: 'ben' });
    expect(await list({ limit: 1, after: 'ben' })).toMatchObject({ members: [{ userID: 'ann' }] });
    expect((await list({ mark: 1000 })).members).toMatchObject([{ userID: 'ann' }]);
    await expect(
      (await world.login('cat')).request('group.members', { groupID: 'live', limit: 10 }),
    ).rejects.toMatchObject({ code: 10007 });
  });

  test('attributes and counters are those of who is in', async () => {
    const { world, ann, ben } = await openRoom();
    const set = (client: Client) =>
      client.request('group.changeAttributes', {
        groupID: 'live',
        action: 'set',
        attributes: { song: 'tern' },
      });
    await expect(set(ann)).rejects.toMatchObject({ code: 2642 });
    await join(ann);
    await join(ben);
    await set(ann);
    await ben.request('group.changeCounters', { groupID: 'live', add: { key: 'likes', value: '2' } });
    await world.settle();
    expect(events(ben)).toContainEqual(
      expect.objectContaining({ t: 'attributes', attributes: { song: 'tern' } }),
    );
    expect(events(ann)).toContainEqual(expect.objectContaining({ t: 'counters', counters: { likes: '2' } }));
    expect(await ben.request('group.attributes', { groupID: 'live' })).toMatchObject({
      attributes: { song: 'tern' },
    });
  });

  test('its owner ends it: all are told, and it is gone', async () => {
    const { world, owner, ann } = await openRoom();
    await join(ann);
    await owner.request('group.dismiss', { groupID: 'live' });
    await world.settle();
    expect(events(ann)).toContainEqual(expect.objectContaining({ t: 'left', reason: 'dismissed' }));
    expect(ann.pushes('transient')).toMatchObject([
      { conversationID: '@TIM#SYSTEM', message: { elements: [{ payload: { operationType: 5 } }] } },
    ]);
    await expect(join(ann)).rejects.toMatchObject({ code: 10010 });
    await expect(say(ann, 'hello')).rejects.toMatchObject({ code: 10010 });
    for (let made = 0; made < 50; made++)
      await owner.request('group.create', { type: 'AVChatRoom', name: 'more', groupID: `more${made}` });
    await expect(
      owner.request('group.create', { type: 'AVChatRoom', name: 'more', groupID: 'one too many' }),
    ).rejects.toMatchObject({ code: 10036 });
  });
});
