import { describe, expect, test } from 'vitest';
import { events, join, openRoom, say, texts, tips, type Client } from './testing/room-world.ts';

describe('order in a live room', () => {
  test('whoever is muted is not heard; nobody is, when all are, but for owner and admins', async () => {
    const { world, owner, ann, ben } = await openRoom();
    for (const client of [owner, ann, ben]) await join(client);
    await expect(
      ann.request('group.muteMember', { groupID: 'live', userID: 'ben', seconds: 60 }),
    ).rejects.toMatchObject({ code: 10007 });
    await owner.request('group.muteMember', { groupID: 'live', userID: 'ben', seconds: 60 });
    await expect(say(ben, 'mute')).rejects.toMatchObject({ code: 10017 });
    await ben.request('group.quit', { groupID: 'live' });
    await join(ben);
    await expect(say(ben, 'still')).rejects.toMatchObject({ code: 10017 });
    await world.pass(61_000);
    await say(ben, 'again');
    await owner.request('group.setRole', { groupID: 'live', userID: 'ann', role: 'Admin' });
    await ann.request('group.muteMember', { groupID: 'live', userID: 'ben', seconds: 5 });
    await owner.request('group.update', { groupID: 'live', changes: { muteAll: true } });
    await world.pass(6_000);
    await expect(say(ben, 'silence')).rejects.toMatchObject({ code: 10017 });
    await say(ann, 'admin');
    await world.settle();
    expect(texts(owner)).toEqual(['again', 'admin']);
    expect(tips(ben)).toContainEqual([7, 'ben']);
    expect(tips(ben)).toContainEqual([6]);
    await owner.request('group.setRole', { groupID: 'live', userID: 'ann', role: 'Member' });
    await expect(say(ann, 'no more')).rejects.toMatchObject({ code: 10017 });
  });

  test('whoever is banned is out, and stays out for that long, or until it is taken back', async () => {
    const { world, owner, ann, ben } = await openRoom();
    for (const client of [owner, ann, ben]) await join(client);
    const ban = (client: Client, seconds: number | undefined, userIDs: string[]) =>
      client.request('group.deleteMembers', { groupID: 'live', userIDs, reason: 'rude', seconds });
    await expect(ban(ann, 60, ['ben'])).rejects.toMatchObject({ code: 10007 });
    expect(await ban(owner, 60, ['ben', 'owner', 'nobody'])).toMatchObject({ deleted: ['ben'] });
    await world.settle();
    expect(events(ben)).toContainEqual(expect.objectContaining({ t: 'left', reason: 'kicked' }));
    expect(tips(ann)).toContainEqual([10, 'ben']);
    await expect(say(ben, 'but')).rejects.toMatchObject({ code: 2101 });
    await expect(join(ben)).rejects.toMatchObject({ code: 10007 });
    expect(await owner.request('group.bans', { groupID: 'live', limit: 10 })).toMatchObject({
      bans: [{ userID: 'ben' }],
    });
    await expect(ann.request('group.bans', { groupID: 'live', limit: 10 })).rejects.toMatchObject({
      code: 10007,
    });
    expect(await owner.request('group.unban', { groupID: 'live', userIDs: ['ben', 'ann'] })).toEqual({
      unbanned: ['ben'],
    });
    await world.settle();
    expect(tips(ann)).toContainEqual([11, 'ben']);
    await join(ben);
    await ban(owner, 60, ['ben']);
    await world.pass(61_000);
    await join(ben);
    await ban(owner, undefined, ['ben']);
    await world.settle();
    expect(tips(ann)).toContainEqual([3, 'ben']);
    await join(ben);
  });

  test('what is too much is dropped with success and counted, or refused where the app wants that', async () => {
    const { world, ann, ben } = await openRoom({ rooms: { messagesPerSecond: 5 } });
    await join(ann);
    await join(ben);
    for (let said = 1; said <= 8; said++) await say(ann, `m${said}`, { priority: 'High' });
    await world.settle();
    expect(texts(ben)).toEqual(['m1', 'm2', 'm3', 'm4', 'm5']);
    expect(world.dropped).toEqual(['High', 'High', 'High']);

    const strict = await openRoom({ rooms: { messagesPerSecond: 1, refusesExcess: true } });
    await join(strict.ann);
    await say(strict.ann, 'one');
    await expect(say(strict.ann, 'two')).rejects.toMatchObject({ code: 10023 });
  });

  test('what is said cannot be recalled, changed or deleted', async () => {
    const { ann } = await openRoom();
    await join(ann);
    const { seq } = await say(ann, 'one');
    const message = { conversationID: 'GROUPlive', seq };
    await expect(ann.request('message.recall', message)).rejects.toMatchObject({ code: 10033 });
    await expect(ann.request('message.modify', { ...message, version: 0 })).rejects.toMatchObject({
      code: 2481,
    });
    await expect(
      ann.request('message.delete', { conversationID: 'GROUPlive', seqs: [seq] }),
    ).rejects.toMatchObject({ code: 10035 });
  });

  test.each([
    [999, 10004],
    [1000, undefined],
  ])('a mark of %d is told %s', async (mark, code) => {
    const { owner, ann } = await openRoom();
    const set = (value: number, client = owner) =>
      client.request('group.markMembers', {
        groupID: 'live',
        userIDs: ['ann', 'x'],
        mark: value,
        isSet: true,
      });
    if (code !== undefined) return expect(set(mark)).rejects.toMatchObject({ code });
    expect(await set(mark)).toMatchObject({ done: ['ann'], failed: [{ userID: 'x', code: 10019 }] });
    await expect(set(mark, ann)).rejects.toMatchObject({ code: 10007 });
    for (let other = 1; other < 10; other++) await set(mark + other);
    await expect(set(mark + 10)).rejects.toMatchObject({ code: 10004 });
  });

  test('has five admins at most', async () => {
    const { world, owner } = await openRoom();
    const make = async (userID: string) => {
      await world.login(userID);
      return owner.request('group.setRole', { groupID: 'live', userID, role: 'Admin' });
    };
    for (let made = 1; made <= 5; made++) await make(`admin${made}`);
    await expect(make('admin6')).rejects.toMatchObject({ code: 10004 });
  });
});
