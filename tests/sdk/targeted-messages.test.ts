import type { Message } from '@sterna/sdk';
import { beforeAll, describe, expect, test } from 'vitest';
import { history, logIn, settle } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

/** Whom a message is for is never guessed: what is no list of members of a group that has such messages is refused. */

let world: World;
let ann: Device;
let ben: Device;

beforeAll(async () => {
  world = createWorld(1);
  [ann, ben] = [world.device(), world.device()];
  await logIn(world, ben, 'ben');
  await logIn(world, ann, 'ann');
  const memberList = [{ userID: 'ben' }];
  await settle(world, ann.tim.createGroup({ groupID: 'tea', name: 'tea', type: 'Public', memberList }));
  const club = { groupID: '@TGS#_club', name: 'club', type: 'Community' as const, memberList };
  await settle(world, ann.tim.createGroup(club));
  await settle(world, ann.tim.createGroup({ groupID: 'room', name: 'room', type: 'AVChatRoom' }));
});

type To = { to: string; conversationType: 'C2C' | 'GROUP' };
const TEA: To = { to: 'tea', conversationType: 'GROUP' };
const CLUB: To = { to: '@TGS#_club', conversationType: 'GROUP' };
const ROOM: To = { to: 'room', conversationType: 'GROUP' };
const BEN: To = { to: 'ben', conversationType: 'C2C' };

const text = (to: To, receiverList?: unknown): Message =>
  ann.tim.createTextMessage({ ...to, payload: { text: 'for cai' }, receiverList: receiverList as string[] });

const LISTS: Record<string, unknown> = {
  'no members': [],
  null: null,
  'a text': 'ben',
  'an empty text': '',
  'an object': { ben: true },
  'a number': 5,
  zero: 0,
  false: false,
  'an empty ID': [''],
  'an ID and nothing': ['ben', null],
};

const ROWS = [
  ...Object.entries(LISTS).map(([name, list]) => [`${name} in a group`, TEA, list] as const),
  ['members one-to-one', BEN, ['ben']] as const,
  ['nobody one-to-one', BEN, []] as const,
  ['members in a community', CLUB, ['ben']] as const,
  ['members in a live room', ROOM, ['ben']] as const,
];

async function refused(message: Message): Promise<void> {
  const sent = settle(world, ann.tim.sendMessage(message));
  await expect(sent).rejects.toMatchObject({ code: 10004, data: { message } });
  expect(message.status).toBe('fail');
}

const saidTo = async (device: Device): Promise<unknown> =>
  JSON.stringify(
    await Promise.all(['GROUPtea', 'GROUP@TGS#_club', 'C2Cann'].map((id) => history(world, device, id))),
  );

describe('a message is refused, and reaches nobody, that is for', () => {
  test.each(ROWS)('%s', async (_, to, list) => {
    const before = ben.events.length;
    await refused(text(to, list));
    expect(ben.events.slice(before)).toEqual([]);
    expect(await saidTo(ben)).not.toContain('for cai');
  });

  test.each([null, [], 'ben', {}, 5])('what was put into the message later: %j', async (list) => {
    await refused(Object.assign(text(TEA), { receiverList: list }) as Message);
    expect(await saidTo(ben)).not.toContain('for cai');
  });
});

test('a message that says nothing of receivers is for all', async () => {
  await settle(world, ann.tim.sendMessage(text(TEA, undefined)));
  expect(await saidTo(ben)).toContain('for cai');
});
