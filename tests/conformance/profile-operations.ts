import { settle } from '../sdk/talk.ts';
import { befriended } from './friend-operations.ts';
import {
  blacklist,
  blocks,
  data,
  friendList,
  type PeopleOperation,
  type PeopleOperations,
  profileOf,
  refused,
  untyped,
} from './people-operation.ts';
import { HOBBY, type PeopleScene } from './people-scene.ts';

const followEachOther = async ({ world, devices }: PeopleScene): Promise<void> => {
  await settle(world, devices.alice.tim.followUser(['bob']));
  await settle(world, devices.bob.tim.followUser(['alice']));
};

const update =
  (changes: object): PeopleOperation['call'] =>
  (device, scene) =>
    data(scene, device.tim.updateMyProfile(changes));

const NEW_PROFILE = {
  nick: 'Ally',
  avatar: 'https://x.test/a.png',
  gender: 'Gender_Type_Female',
  birthday: 20000229,
  location: 'Kiel',
  selfSignature: '在海上',
  allowType: 'AllowType_Type_NeedConfirm',
  language: 1,
  messageSettings: 1,
  level: 2,
  role: 3,
  profileCustomField: [{ key: HOBBY, value: 'sailing' }],
};
const NEW_FACE = [{ userID: 'alice', ...NEW_PROFILE }];

const PROFILES = {
  getMyProfile: {
    call: (device, scene) => data(scene, device.tim.getMyProfile()),
    result: { userID: 'alice', nick: '', gender: 'Gender_Type_Unknown', profileCustomField: [] },
  },
  getUserProfile: {
    call: (device, scene) =>
      data(scene, device.tim.getUserProfile({ userIDList: ['bob', 'nobody', 'carol'] })),
    result: [{ userID: 'bob', nick: 'Bobby' }, { userID: 'carol' }],
    refused: {
      'of nobody': refused(
        (device, scene) => data(scene, device.tim.getUserProfile({ userIDList: [] })),
        10004,
      ),
      'not a list': refused(
        (device, scene) => data(scene, device.tim.getUserProfile(untyped({ userIDList: 'bob' }))),
        10004,
      ),
      'not of texts': refused(
        (device, scene) => data(scene, device.tim.getUserProfile(untyped({ userIDList: [5] }))),
        10004,
      ),
    },
  },
  updateMyProfile: {
    call: update(NEW_PROFILE),
    result: NEW_FACE[0],
    told: {
      alice: { onProfileUpdated: NEW_FACE },
      other: { onProfileUpdated: NEW_FACE },
      bob: { onProfileUpdated: NEW_FACE },
    },
    there: {
      alice: [(scene, device) => data(scene, device.tim.getMyProfile()), NEW_PROFILE],
      bob: [profileOf('alice'), NEW_PROFILE],
      carol: [profileOf('alice'), NEW_PROFILE],
    },
    refused: {
      'a text that is too long': refused(update({ nick: 'x'.repeat(501) }), 40601),
      'a value that is none': refused(update({ gender: 'male' }), 40605),
      'of the wrong type': refused(update({ nick: 5 }), 40610),
      'nothing that a profile has': refused(update({ foo: 1 }), 40009),
      'nothing at all': refused(update({}), 40009),
      'a field that is not declared': refused(
        update({ profileCustomField: [{ key: 'Tag_Profile_Custom_X', value: '' }] }),
        40009,
      ),
    },
  },
} satisfies PeopleOperations;

const gone = { isAdd: false, userInfoList: [{ userID: 'bob' }] };
const unfollowed = {
  onMyFollowingListUpdated: gone,
  onMyFollowersListUpdated: gone,
  onMutualFollowersListUpdated: gone,
};
const unfriended = {
  onFriendListUpdated: [],
  onFriendGroupListUpdated: [{ name: 'crew', userIDList: [] }],
};
const goneAlice = { isAdd: false, userInfoList: [{ userID: 'alice' }] };

const BLACKLIST = {
  getBlacklist: {
    before: blocks('alice', 'bob'),
    call: (device, scene) => data(scene, device.tim.getBlacklist()),
    result: ['bob'],
  },
  addToBlacklist: {
    before: async (scene) => {
      await befriended(scene);
      await followEachOther(scene);
    },
    call: (device, scene) =>
      data(scene, device.tim.addToBlacklist({ userIDList: ['bob', 'nobody', 'alice'] })),
    result: ['bob'],
    told: {
      alice: { blacklistUpdated: ['bob'], ...unfriended, ...unfollowed },
      other: { blacklistUpdated: ['bob'], ...unfriended, ...unfollowed },
      bob: {
        onFriendListUpdated: [],
        onMyFollowingListUpdated: goneAlice,
        onMyFollowersListUpdated: goneAlice,
        onMutualFollowersListUpdated: goneAlice,
      },
    },
    there: { alice: [blacklist, ['bob']], bob: [friendList, []] },
    refused: {
      'a stranger to all': refused(
        (device, scene) => data(scene, device.tim.addToBlacklist({ userIDList: ['nobody'] })),
        31804,
      ),
      myself: refused(
        (device, scene) => data(scene, device.tim.addToBlacklist({ userIDList: ['alice'] })),
        30001,
      ),
      'no one at all': refused(
        (device, scene) => data(scene, device.tim.addToBlacklist({ userIDList: [] })),
        10004,
      ),
      'who is blocked already, again': refused(
        (device, scene) => data(scene, device.tim.addToBlacklist({ userIDList: ['bob'] })),
        ['bob'],
        blocks('alice', 'bob'),
      ),
    },
  },
  removeFromBlacklist: {
    before: blocks('alice', 'bob'),
    call: (device, scene) =>
      data(scene, device.tim.removeFromBlacklist({ userIDList: ['bob', 'carol', 'nobody'] })),
    result: ['bob'],
    told: { alice: { blacklistUpdated: [] }, other: { blacklistUpdated: [] } },
    there: { alice: [blacklist, []], bob: [blacklist, []] },
    refused: {
      'who was not blocked': refused(
        (device, scene) => data(scene, device.tim.removeFromBlacklist({ userIDList: ['bob', 'nobody'] })),
        [],
      ),
      'no one at all': refused(
        (device, scene) => data(scene, device.tim.removeFromBlacklist({ userIDList: [] })),
        10004,
      ),
    },
  },
} satisfies PeopleOperations;

const ONLINE = 1;
const OFFLINE = 2;
const hearOfEachOther = async ({ world, devices }: PeopleScene): Promise<void> => {
  await settle(world, devices.alice.tim.subscribeUserStatus({ userIDList: ['bob'] }));
  for (const role of ['bob', 'tablet'] as const)
    await settle(world, devices[role].tim.subscribeUserStatus({ userIDList: ['alice'] }));
};
const says = [{ userID: 'alice', statusType: ONLINE, customStatus: '在海上' }];
const comesBack = { onUserStatusUpdated: [{ userID: 'bob', statusType: ONLINE }] };
const subscribe =
  (userIDList: string[]): PeopleOperation['call'] =>
  (device, scene) =>
    data(scene, device.tim.subscribeUserStatus({ userIDList }));

const STATUSES = {
  setSelfStatus: {
    before: hearOfEachOther,
    call: (device, scene) => data(scene, device.tim.setSelfStatus({ customStatus: '在海上' })),
    result: says[0],
    told: { other: { onUserStatusUpdated: says }, bob: { onUserStatusUpdated: says } },
    // Bob's coming and going is told to Alice, who has stayed.
    missed: { alice: comesBack, other: {} },
    there: {},
    refused: {
      'too long': refused(
        (device, scene) => data(scene, device.tim.setSelfStatus({ customStatus: 'x'.repeat(101) })),
        10004,
        hearOfEachOther,
      ),
    },
  },
  getUserStatus: {
    call: (device, scene) => data(scene, device.tim.getUserStatus({ userIDList: ['carol', 'nobody'] })),
    result: {
      successUserList: [{ userID: 'carol', statusType: ONLINE, customStatus: '' }],
      failureUserList: [{ userID: 'nobody', code: 10019 }],
    },
    refused: {
      'of whom I have blocked': refused(
        (device, scene) => data(scene, device.tim.getUserStatus({ userIDList: ['bob'] })),
        { successUserList: [{ userID: 'bob', statusType: OFFLINE }] },
        blocks('alice', 'bob'),
      ),
    },
  },
  subscribeUserStatus: {
    call: subscribe(['bob']),
    result: { failureUserList: [] },
    missed: { alice: comesBack },
    there: {},
    refused: {
      nobody: refused(subscribe(['nobody']), { failureUserList: [{ userID: 'nobody', code: 10019 }] }),
      'whom I have blocked': refused(
        subscribe(['bob']),
        { failureUserList: [{ userID: 'bob', code: 30515 }] },
        blocks('alice', 'bob'),
      ),
    },
  },
  unsubscribeUserStatus: {
    before: hearOfEachOther,
    call: (device, scene) => data(scene, device.tim.unsubscribeUserStatus({ userIDList: ['bob'] })),
    result: { failureUserList: [] },
    there: {},
  },
} satisfies PeopleOperations;

/** Methods upon profiles, the blacklist and statuses. */
export const PROFILE_OPERATIONS: PeopleOperations = { ...PROFILES, ...BLACKLIST, ...STATUSES };
