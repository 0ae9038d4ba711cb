import { describe, expect, test } from 'vitest';
import type { ReplyOf } from '@sterna/protocol';
import { count, entries, join, openRoom, say, texts, tips, type World } from './testing/room-world.ts';

describe('a guest', () => {
  const enter = async (world: World) => {
    const guest = world.connect();
    await guest.request('session.guest', { SDKAppID: 1, instanceID: 'page', platform: 'web', protocol: 1 });
    return guest;
  };

  test('listens without a login, and counts, but has no name', async () => {
    const { world, owner, ann } = await openRoom({ rooms: { guests: true } });
    await join(ann);
    const guest = await enter(world);
    await say(ann, 'before');
    expect(await join(guest)).toMatchObject({ status: 'JoinedSuccess', group: { memberCount: 2 } });
    await say(ann, 'after');
    await world.settle();
    expect(entries(guest)).toEqual([['before']]);
    expect(texts(guest)).toEqual(['after']);
    expect(tips(ann)).toEqual([[1, 'ann']]);
    expect(await guest.request('group.onlineCount', { groupID: 'live' })).toEqual({ memberCount: 2 });
    const { members } = (await owner.request('group.members', {
      groupID: 'live',
      limit: 10,
    })) as ReplyOf<'group.members'>;
    expect(members.map(({ userID }) => userID)).toEqual(['ann']);
    guest.drop();
    expect(await count(ann)).toBe(1);
  });

  test('may do nothing else', async () => {
    const { world, owner } = await openRoom({ rooms: { guests: true } });
    await owner.request('group.create', { type: 'Public', name: 'club', groupID: 'club' });
    const guest = await enter(world);
    await expect(join(guest, 'club')).rejects.toMatchObject({ code: 2662 });
    await expect(join(guest, 'nowhere')).rejects.toMatchObject({ code: 10010 });
    await join(guest);
    for (const [name, body] of [
      [
        'message.send',
        {
          conversationID: 'GROUPlive',
          clientID: 'c',
          elements: [{ type: 'TIMTextElem', payload: { text: 'x' } }],
        },
      ],
      ['group.members', { groupID: 'live', limit: 10 }],
      ['conversation.list', {}],
      [
        'session.login',
        { SDKAppID: 1, userID: 'ann', userSig: 's', instanceID: 'i', platform: 'web', protocol: 1 },
      ],
    ] as const) {
      await expect(guest.request(name, body), name).rejects.toMatchObject({
        code: name === 'session.login' ? 2025 : 2024,
      });
    }
  });

  test('is let in where the app says so, and while there is room', async () => {
    const { world } = await openRoom();
    await expect(enter(world)).rejects.toMatchObject({ code: 2024 });
    const few = await openRoom({ rooms: { guests: true }, guests: 1 });
    const first = await enter(few.world);
    await expect(enter(few.world)).rejects.toMatchObject({ code: 2996 });
    first.drop();
    await enter(few.world);
  });
});
