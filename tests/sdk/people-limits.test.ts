import { readFileSync } from 'node:fs';
import { LIMITS } from '@sterna/protocol';
import { allModules, furtherModules } from '@sterna/sdk/testing';
import type { ChatSDK } from '@sterna/sdk';
import { beforeAll, describe, expect, test } from 'vitest';
import { logIn, settle } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

/** Each bound that people have, at its edge: one less and just so many are taken, one more is refused with its code. */

const letter = (index: number): string => String.fromCharCode(65 + index);
/** One more than may be set. */
const fields = (prefix: string): string[] => Array.from({ length: 21 }, (_, index) => prefix + letter(index));
const PROFILE_FIELDS = fields('Tag_Profile_Custom_');
const FRIEND_FIELDS = fields('Tag_SNS_Custom_');
const source = 'AddSource_Type_Web';

let world: World;
let ann: Device;

beforeAll(async () => {
  world = createWorld(1, {
    webInstances: 3,
    domains: [...allModules, ...furtherModules],
    settings: { profileCustomFields: PROFILE_FIELDS, friendCustomFields: FRIEND_FIELDS },
  });
  ann = world.device();
  const ben = world.device();
  await logIn(world, ann, 'ann');
  await logIn(world, ben, 'ben');
  await settle(world, ann.tim.addFriend({ to: 'ben', source }));
  const memberList = [{ userID: 'ben' }];
  await settle(world, ann.tim.createGroup({ groupID: 'tea', name: 'tea', type: 'Public', memberList }));
  await settle(world, ann.tim.createFriendGroup({ name: 'crew', userIDList: [] }));
  await settle(world, ann.tim.createFriendGroup({ name: 'old', userIDList: [] }));
});

type Ask = (tim: ChatSDK) => Promise<unknown>;

/** 0 for what is taken, else the code. */
const codeOf = (ask: Ask): Promise<number> =>
  settle(world, ask(ann.tim)).then(
    () => 0,
    (error: { code: number }) => error.code,
  );

/** A text of so many bytes, most of them in characters of three. */
const bytes = (count: number): string => '海'.repeat(Math.floor(count / 3)) + 'x'.repeat(count % 3);
const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `nobody-${index}`);
const values = (keys: readonly string[], count: number) =>
  keys.slice(0, count).map((key) => ({ key, value: 'x' }));

interface Bound {
  limit?: keyof typeof LIMITS;
  /** What the published pages say. */
  edge: number;
  ask(count: number): Ask;
  /** Where what fits comes to nothing for another reason. */
  fits?: number;
  code: number;
}

const ofProfile = (field: string, limit: keyof typeof LIMITS, edge: number): Bound => ({
  limit,
  edge,
  ask: (count) => (tim) => tim.updateMyProfile({ [field]: bytes(count) }),
  code: 40601,
});
const add =
  (more: object): Ask =>
  (tim) =>
    tim.addFriend({ to: 'ben', source, ...more });

const PROFILES: Record<string, Bound> = {
  'a nick': ofProfile('nick', 'nickBytes', 500),
  'an avatar': ofProfile('avatar', 'avatarBytes', 500),
  'a signature': ofProfile('selfSignature', 'selfSignatureBytes', 500),
  'a location': ofProfile('location', 'locationBytes', 16),
  ...Object.fromEntries(
    (['birthday', 'language', 'messageSettings', 'level', 'role'] as const).map((field): [string, Bound] => [
      `a ${field}, 32 bits`,
      { edge: 2 ** 32 - 1, ask: (value) => (tim) => tim.updateMyProfile({ [field]: value }), code: 40605 },
    ]),
  ),
  'the value of a custom field': {
    limit: 'profileCustomValueBytes',
    edge: 500,
    ask: (count) => (tim) =>
      tim.updateMyProfile({ profileCustomField: [{ key: `${PROFILE_FIELDS[0]}`, value: bytes(count) }] }),
    code: 40601,
  },
  'custom fields': {
    limit: 'profileCustomFields',
    edge: 20,
    ask: (count) => (tim) => tim.updateMyProfile({ profileCustomField: values(PROFILE_FIELDS, count) }),
    code: 40605,
  },
};

const FRIENDS: Record<string, Bound> = {
  'a userID': {
    limit: 'userIDBytes',
    edge: 32,
    ask: (count) => add({ to: 'x'.repeat(count) }),
    fits: 30003,
    code: 10004,
  },
  'a name in a list of users, where one that cannot be fails alone': {
    limit: 'namedUserBytes',
    edge: 256,
    ask: (count) => (tim) => tim.getUserStatus({ userIDList: ['x'.repeat(count)] }),
    code: 10004,
  },
  'the letters of a source': {
    edge: 8,
    ask: (count) => add({ source: `AddSource_Type_${'a'.repeat(count)}` }),
    code: 30001,
  },
  'a wording': {
    limit: 'friendWordingBytes',
    edge: 256,
    ask: (count) => add({ wording: bytes(count) }),
    code: 30001,
  },
  'a remark': {
    limit: 'friendRemarkBytes',
    edge: 96,
    ask: (count) => add({ remark: bytes(count) }),
    code: 30001,
  },
  'a changed remark': {
    limit: 'friendRemarkBytes',
    edge: 96,
    ask: (count) => (tim) => tim.updateFriend({ userID: 'ben', remark: bytes(count) }),
    code: 30001,
  },
  'the value of a friend’s custom field': {
    limit: 'friendCustomValueBytes',
    edge: 500,
    ask: (count) => (tim) => {
      const friendCustomField = [{ key: `${FRIEND_FIELDS[0]}`, value: bytes(count) }];
      return tim.updateFriend({ userID: 'ben', friendCustomField });
    },
    code: 30001,
  },
  'a friend’s custom fields': {
    limit: 'friendCustomFields',
    edge: 20,
    ask: (count) => (tim) =>
      tim.updateFriend({ userID: 'ben', friendCustomField: values(FRIEND_FIELDS, count) }),
    code: 30001,
  },
  'the name of a friend group': {
    limit: 'friendGroupNameBytes',
    edge: 30,
    ask: (count) => (tim) => tim.createFriendGroup({ name: bytes(count), userIDList: [] }),
    code: 30001,
  },
  'the group that a new friend comes into': {
    limit: 'friendGroupNameBytes',
    edge: 30,
    ask: (count) => add({ groupName: bytes(count) }),
    code: 30001,
  },
  'the new name of a friend group': {
    limit: 'friendGroupNameBytes',
    edge: 30,
    ask: (count) => async (tim) => {
      await tim.renameFriendGroup({ oldName: 'old', newName: 'y'.repeat(count) });
      await tim.renameFriendGroup({ oldName: 'y'.repeat(count), newName: 'old' });
    },
    code: 30001,
  },
  'friends read at once': {
    limit: 'friendsChanged',
    edge: 100,
    ask: (count) => (tim) => tim.getFriendProfile({ userIDList: many(count) }),
    code: 10004,
  },
  'friends deleted at once': {
    limit: 'friendsChanged',
    edge: 100,
    ask: (count) => (tim) => tim.deleteFriend({ userIDList: many(count) }),
    code: 10004,
  },
  'friends checked at once': {
    limit: 'friendsChecked',
    edge: 1000,
    ask: (count) => (tim) => tim.checkFriend({ userIDList: many(count) }),
    code: 10004,
  },
  'friends put into a group at once': {
    limit: 'friendsChecked',
    edge: 1000,
    ask: (count) => (tim) => tim.addToFriendGroup({ name: 'crew', userIDList: many(count) }),
    code: 10004,
  },
  'users blocked at once': {
    limit: 'blacklist',
    edge: 1000,
    ask: (count) => (tim) => tim.addToBlacklist({ userIDList: many(count) }),
    fits: 31804,
    code: 10004,
  },
  'users let in again at once': {
    limit: 'blacklist',
    edge: 1000,
    ask: (count) => (tim) => tim.removeFromBlacklist({ userIDList: many(count) }),
    code: 10004,
  },
};

const FOLLOWS: Record<string, Bound> = {
  'users followed at once': {
    limit: 'followsChanged',
    edge: 20,
    ask: (count) => (tim) => tim.followUser(many(count)),
    code: 10004,
  },
  'users followed no more at once': {
    limit: 'followsChanged',
    edge: 20,
    ask: (count) => (tim) => tim.unfollowUser(many(count)),
    code: 10004,
  },
  'follows counted at once': {
    limit: 'followsRead',
    edge: 100,
    ask: (count) => (tim) => tim.getUserFollowInfo(many(count)),
    code: 10004,
  },
  'follows checked at once': {
    limit: 'followsRead',
    edge: 100,
    ask: (count) => (tim) => tim.checkFollowType(many(count)),
    code: 10004,
  },
};

const STATUSES: Record<string, Bound> = {
  'a status of my own': {
    limit: 'customStatusBytes',
    edge: 100,
    ask: (count) => (tim) => tim.setSelfStatus({ customStatus: bytes(count) }),
    code: 10004,
  },
  'statuses read at once': {
    limit: 'statusesRead',
    edge: 500,
    ask: (count) => (tim) => tim.getUserStatus({ userIDList: many(count) }),
    code: 10004,
  },
  'statuses subscribed at once': {
    limit: 'statusesSubscribedAtOnce',
    edge: 100,
    ask: (count) => (tim) => tim.subscribeUserStatus({ userIDList: many(count) }),
    code: 10004,
  },
  'statuses not to hear of any more at once': {
    limit: 'statusesSubscribed',
    edge: 200,
    ask: (count) => (tim) => tim.unsubscribeUserStatus({ userIDList: many(count) }),
    code: 10004,
  },
};

const INVITATIONS: Record<string, Bound> = {
  'an inviteID': {
    limit: 'inviteIDBytes',
    edge: 64,
    ask: (count) => (tim) => tim.accept({ inviteID: 'x'.repeat(count) }),
    fits: 8010,
    code: 10004,
  },
  'the time of an invitation, a week in seconds': {
    limit: 'invitationTimeoutS',
    edge: 604_800,
    ask: (timeout) => (tim) => tim.invite({ userID: 'ben', timeout }),
    code: 10004,
  },
  // That as many are taken where all are members is tested beside the decision.
  'invitees, of whom not all are members': {
    limit: 'invitees',
    edge: 100,
    ask: (count) => (tim) => tim.inviteInGroup({ groupID: 'tea', inviteeList: ['ben', ...many(count - 1)] }),
    fits: 2623,
    code: 10004,
  },
};

const BOUNDS = Object.entries({ ...PROFILES, ...FRIENDS, ...FOLLOWS, ...STATUSES, ...INVITATIONS });

describe('the bounds', () => {
  test.each(BOUNDS)('%s', async (_, { limit, edge, ask, fits = 0, code }) => {
    if (limit !== undefined) expect(LIMITS[limit]).toBe(edge);
    const codes: number[] = [];
    for (const count of [edge - 1, edge, edge + 1]) codes.push(await codeOf(ask(count)));
    expect(codes).toEqual([fits, fits, code]);
  });
});

/** Bounds that no single call meets, and times: the tests that name them. */
const ELSEWHERE: Record<string, readonly string[]> = {
  'tests/sdk/people-full-lists.test.ts': [
    'blacklist',
    'friends',
    'friendsPage',
    'friendGroups',
    'friendApplications',
    'following',
    'followsPage',
    'invitationsListed',
  ],
  'tests/sdk/people-nonsense.test.ts': ['profilesRead'],
  'tests/sdk/people-status.test.ts': ['statusReadings', 'statusReadingsMs'],
  'packages/core/src/profiles/profiles.test.ts': ['peopleTold'],
  'packages/core/src/signaling/signaling.test.ts': ['invitees', 'timersTaken'],
  'packages/server/src/gateway/alarm.test.ts': ['timerLookMs'],
  'packages/server/src/gateway/faces.test.ts': ['profilesToldAgainMs'],
  'packages/server/src/gateway/statuses.test.ts': [
    'statusesSubscribed',
    'statusGraceMs',
    'statusReturnMs',
    'statusAskMs',
    'statusRefreshMs',
  ],
};

test('no bound of people is left out', () => {
  const source = readFileSync(new URL('../../packages/protocol/src/limits.ts', import.meta.url), 'utf8');
  const sections = source
    .split(/^ {2}\/\/ /m)
    .filter((part) => /^(profiles|relations|signaling|presence)\n/.test(part));
  expect(sections).toHaveLength(4);
  const names = sections.flatMap((part) => [...part.matchAll(/^ {2}(\w+):/gm)].map(([, name = '']) => name));
  const tested = new Set<string | undefined>(BOUNDS.map(([, { limit }]) => limit));
  for (const [path, named] of Object.entries(ELSEWHERE)) {
    const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
    for (const name of named) if (new RegExp(`\\b${name}\\b`).test(text)) tested.add(name);
  }
  expect(names.filter((name) => !tested.has(name))).toEqual([]);
});
