import { describe, expect, test } from 'vitest';
import { count, join, openRoom, say, type World } from './testing/room-world.ts';

/** What became of requests that were made without waiting for each other. */
const outcomes = async (...asked: Promise<unknown>[]): Promise<unknown[]> =>
  (await Promise.allSettled(asked)).map((one) =>
    one.status === 'fulfilled' ? 'done' : (one.reason as { code: number }).code,
  );

const quit = (client: Parameters<typeof join>[0], groupID = 'live') =>
  client.request('group.quit', { groupID });

describe('what one session asks about its groups, without waiting for answers', () => {
  test('is done in that order: whoever joins and quits at once has left', async () => {
    const { ann, ben } = await openRoom();
    await join(ben);
    expect(await outcomes(join(ann), quit(ann))).toEqual(['done', 'done']);
    expect(await count(ben)).toBe(1);
    await join(ann);
    expect(await outcomes(join(ann), quit(ann), join(ann), quit(ann))).toEqual(Array(4).fill('done'));
    expect(await count(ben)).toBe(1);
    expect(await outcomes(join(ann), quit(ann), join(ann))).toEqual(Array(3).fill('done'));
    expect(await say(ann, 'here')).toMatchObject({ pos: 0 });
  });

  test('is done in that order by guests too', async () => {
    const { world, ben } = await openRoom({ rooms: { guests: true } });
    const guest = world.connect();
    await guest.request('session.guest', { SDKAppID: 1, instanceID: 'page', platform: 'web', protocol: 1 });
    await join(ben);
    expect(await outcomes(join(guest), quit(guest))).toEqual(['done', 'done']);
    expect(await count(ben)).toBe(1);
  });

  test('with one room at a time the last that was asked for is the one', async () => {
    const { owner, ann, ben } = await openRoom();
    await owner.request('group.create', { type: 'AVChatRoom', name: 'Two', groupID: 'two' });
    await join(ben, 'two');
    expect(await outcomes(join(ann), join(ann, 'two'))).toEqual(['done', 'done']);
    expect(await say(ann, 'here', {}, 'two')).toMatchObject({ pos: 0 });
    await expect(say(ann, 'there')).rejects.toMatchObject({ code: 2101 });
  });
});

describe('what happens to a room while somebody comes in', () => {
  /** Holds up whoever comes in until it is let go: the node waits for the bus before it makes the room's hub. */
  function holdUp({ bus }: World): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    const subscribe = bus.subscribe.bind(bus);
    bus.subscribe = async (...how) => {
      await promise;
      return subscribe(...how);
    };
    return resolve;
  }

  test('a ban is not slipped past', async () => {
    const { world, owner, ann } = await openRoom();
    const letGo = holdUp(world);
    const joining = outcomes(join(ann));
    await world.settle();
    await owner.request('group.deleteMembers', { groupID: 'live', userIDs: ['ann'], seconds: 60 });
    letGo();
    expect(await joining).toEqual([10007]);
    await expect(say(ann, 'here')).rejects.toMatchObject({ code: 2101 });
    expect(await count(owner)).toBe(0);
  });

  test('nobody comes into one that has ended', async () => {
    const { world, owner, ann } = await openRoom({ rooms: { guests: true } });
    const guest = world.connect();
    await guest.request('session.guest', { SDKAppID: 1, instanceID: 'page', platform: 'web', protocol: 1 });
    const letGo = holdUp(world);
    const joining = outcomes(join(ann), join(guest));
    await world.settle();
    await owner.request('group.dismiss', { groupID: 'live' });
    letGo();
    expect(await joining).toEqual([10010, 10010]);
    await expect(guest.request('group.onlineCount', { groupID: 'live' })).rejects.toMatchObject({
      code: 2101,
    });
  });
});
