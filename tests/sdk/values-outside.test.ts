import type { ChatSDK, Message } from '@sterna/sdk';
import { allModules, furtherModules } from '@sterna/sdk/testing';
import { beforeAll, expect, test } from 'vitest';
import { logIn, say, settle, shown } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

/** What has a published set of values takes no others: they are refused with 10004, and nothing is changed. */

let world: World;
let ann: Device;
let message: Message;

beforeAll(async () => {
  world = createWorld(1, { domains: [...allModules, ...furtherModules] });
  ann = world.device();
  const ben = world.device();
  await logIn(world, ben, 'ben');
  await logIn(world, ann, 'ann');
  const memberList = [{ userID: 'ben' }];
  await settle(world, ann.tim.createGroup({ groupID: 'tea', name: 'tea', type: 'Public', memberList }));
  await say(world, ann, 'ben', 'hello');
  message = await say(world, ann, 'tea', {
    text: 'all',
    conversationType: 'GROUP',
    needReadReceipt: true,
  });
});

/** The methods as an application in plain JavaScript may call them. */
type Loose = Record<keyof ChatSDK, (...args: unknown[]) => Promise<unknown>>;
type Ask = (tim: Loose) => Promise<unknown>;

const BEN = { conversationIDList: ['C2Cben'] };
const mark =
  (markType: unknown, enableMark: unknown = true): Ask =>
  (tim) =>
    tim.markConversation({ ...BEN, markType, enableMark });
const remind =
  (target: object, messageRemindType: unknown): Ask =>
  (tim) =>
    tim.setMessageRemindType({ ...target, messageRemindType });
const quiet =
  (option: object): Ask =>
  (tim) =>
    tim.setAllReceiveMessageOpt({ messageRemindType: 'AcceptNotNotify', ...option });
const readers =
  (more: object): Ask =>
  (tim) =>
    tim.getGroupMessageReadMemberList({ message, ...more });
const hop =
  (more: object): Ask =>
  (tim) =>
    tim.getMessageListHopping({ conversationID: 'GROUPtea', ...more });
const users = { userIDList: ['ben'] };

const REFUSED: Record<string, Ask> = {
  'another remind type of users': remind(users, 'Zzz'),
  'no remind type of users': remind(users, undefined),
  'an empty remind type of users': remind(users, ''),
  'another remind type of a group': remind({ groupID: 'tea' }, 'Zzz'),
  'another remind type of everything': quiet({ messageRemindType: 'Zzz' }),
  'an hour after the day': quiet({ startHour: 24 }),
  'an hour before the day': quiet({ startHour: -1 }),
  'a part of a second': quiet({ startSecond: 0.5 }),
  'longer than a day': quiet({ duration: 86_401 }),
  'shorter than nothing': quiet({ duration: -1 }),
  'again, but not yes or no': quiet({ isRepeated: 'x' }),
  'mark 0': mark(0),
  'mark 3': mark(3),
  'mark 16': mark(16),
  'mark 2^31': mark(2 ** 31),
  'mark 2^32 + 1': mark(2 ** 32 + 1),
  'mark 2^64': mark(2 ** 64),
  'mark -1': mark(-1),
  'mark 1.5': mark(1.5),
  'mark not a number': mark(Number.NaN),
  'mark as a text': mark('1'),
  'marking, but not yes or no': mark(1, 'false'),
  'marking, but nothing said of it': (tim) => tim.markConversation({ ...BEN, markType: 1 }),
  'pinning, but not yes or no': (tim) => tim.pinConversation({ conversationID: 'C2Cben', isPinned: 'x' }),
  'pinning, but nothing said of it': (tim) => tim.pinConversation({ conversationID: 'C2Cben' }),
  'custom data, but none': (tim) => tim.setConversationCustomData(BEN),
  'readers, but of another kind': readers({ filter: 2 }),
  'readers, but not a kind': readers({ filter: 'x' }),
  'hopping in no direction': hop({ direction: 2 }),
  'hopping from a number in no direction': hop({ sequence: 1, direction: 'x' }),
  'hopping among notices': hop({ conversationID: '@TIM#SYSTEM' }),
};

test.each(Object.entries(REFUSED))('%s is refused', async (_, ask) => {
  const looks = async () => [
    await shown(world, ann, 'C2Cben'),
    await shown(world, ann, 'GROUPtea'),
    (await settle(world, ann.tim.getAllReceiveMessageOpt())).data,
  ];
  const before = structuredClone(await looks());
  await expect(settle(world, ask(ann.tim as unknown as Loose))).rejects.toMatchObject({ code: 10004 });
  expect(await looks()).toEqual(before);
});

const TAKEN: Record<string, Ask> = {
  ...Object.fromEntries(
    [
      'AcceptAndNotify',
      'AcceptNotNotify',
      'Discard',
      'AcceptNotNotifyExceptAt',
      'NotReceiveMsgExceptAt',
    ].flatMap((type) => [
      [`${type} of users`, remind(users, type)],
      [`${type} of a group`, remind({ groupID: 'tea' }, type)],
      [`${type} of everything`, quiet({ messageRemindType: type })],
    ]),
  ),
  'the last second of the day': quiet({ startHour: 23, startMinute: 59, startSecond: 59, duration: 1 }),
  'a whole day': quiet({ startHour: 0, duration: 86_400, isRepeated: true }),
  ...Object.fromEntries([1, 2, 4, 8, 2 ** 32, 2 ** 62, 2 ** 63].map((type) => [`mark ${type}`, mark(type)])),
  'a mark that is taken off': mark(4, false),
  'who has read': readers({ filter: 0, count: 1 }),
  'who has not': readers({ filter: 1, count: 100 }),
  'hopping back': hop({ direction: 0 }),
  'hopping on': hop({ sequence: 1, direction: 1 }),
};

test.each(Object.entries(TAKEN))('%s is taken', async (_, ask) => {
  await expect(settle(world, ask(ann.tim as unknown as Loose))).resolves.toMatchObject({ code: 0 });
});
