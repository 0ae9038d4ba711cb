import { settle, shown } from '../sdk/talk.ts';
import type { Device } from '../sdk/world.ts';
import {
  applications,
  blocks,
  data,
  friendGroups,
  friendList,
  type PeopleOperation,
  type PeopleOperations,
  refused,
} from './people-operation.ts';
import { NOTE, type PeopleScene, source } from './people-scene.ts';

type AllowType = 'AllowType_Type_NeedConfirm' | 'AllowType_Type_DenyAny';
/** How somebody lets themselves be added. */
export const allows =
  (role: 'alice' | 'bob', allowType: AllowType) =>
  ({ world, devices }: PeopleScene): Promise<unknown> =>
    settle(world, devices[role].tim.updateMyProfile({ allowType }));

export const add =
  (to: string, more: object = {}) =>
  (device: Device, scene: PeopleScene): Promise<unknown> =>
    data(scene, device.tim.addFriend({ to, source, ...more }));

/** Alice and Bob, who is in her group `crew`; Carol only by herself. */
export async function befriended(scene: PeopleScene): Promise<void> {
  const { world, devices } = scene;
  const noted = { remark: 'Benny', groupName: 'crew' };
  await add('bob', noted)(devices.alice, scene);
  await settle(world, devices.carol.tim.addFriend({ to: 'alice', source, type: 'Add_Type_Single' }));
}

const bothTold = (mine: object): NonNullable<PeopleOperation['told']> => ({
  alice: { ...mine },
  other: { ...mine },
});
const bobNoted = { userID: 'bob', remark: 'Benny', groupList: ['crew'], wording: 'ahoy', source };
const crew = { name: 'crew', userIDList: ['bob'], count: 1 };

const ADDING = {
  addFriend: {
    call: add('bob', { remark: 'Benny', groupName: 'crew', wording: 'ahoy' }),
    result: { code: 0 },
    told: {
      ...bothTold({
        onFriendListUpdated: [{ ...bobNoted, profile: { nick: 'Bobby' } }],
        onFriendGroupListUpdated: [crew],
      }),
      bob: { onFriendListUpdated: [{ userID: 'alice', remark: '', groupList: [] }] },
    },
    there: { alice: [friendList, [bobNoted]], bob: [friendList, [{ userID: 'alice' }]] },
    refused: {
      myself: refused(add('alice'), 30001),
      nobody: refused(add('nobody'), 30003),
      'an ID that cannot be': refused(add('x'.repeat(33)), 10004),
      'a source of another form': refused(add('bob', { source: 'Web' }), 30001),
      'a remark that is too long': refused(add('bob', { remark: 'x'.repeat(97) }), 30001),
      'a type that is none': refused(add('bob', { type: 'Both' }), 10004),
      'who denies all': refused(add('bob'), 30516, allows('bob', 'AllowType_Type_DenyAny')),
      'who is in my blacklist': refused(add('bob'), 30515, blocks('alice', 'bob')),
      'in whose blacklist I am': refused(add('bob'), 30525, blocks('bob', 'alice')),
      'whoever may not ask': refused(add('bob'), 30009, ({ world, devices }) =>
        settle(world, devices.alice.tim.updateMyProfile({ adminForbidType: 'AdminForbid_Type_SendOut' })),
      ),
      'a friend already, again': refused(add('bob'), { code: 0 }, befriended),
    },
  },
  'addFriend: by myself alone': {
    call: add('bob', { type: 'Add_Type_Single' }),
    result: { code: 0 },
    told: bothTold({ onFriendListUpdated: [{ userID: 'bob' }] }),
    there: { alice: [friendList, [{ userID: 'bob' }]], bob: [friendList, []] },
  },
  'addFriend: who has me already need not be asked': {
    before: async (scene) => {
      await add('alice', { type: 'Add_Type_Single' })(scene.devices.bob, scene);
      await allows('bob', 'AllowType_Type_NeedConfirm')(scene);
    },
    call: add('bob'),
    result: { code: 0 },
    told: bothTold({ onFriendListUpdated: [{ userID: 'bob' }] }),
    there: { alice: [friendList, [{ userID: 'bob' }]], bob: [friendList, [{ userID: 'alice' }]] },
  },
  'addFriend: who wants to be asked': {
    before: allows('bob', 'AllowType_Type_NeedConfirm'),
    call: add('bob', { wording: 'ahoy' }),
    result: { code: 30539 },
    told: {
      ...bothTold({
        onFriendApplicationListUpdated: {
          friendApplicationList: [{ userID: 'bob', type: 'Pendency_Type_SendOut', wording: 'ahoy', source }],
          unreadCount: 0,
        },
      }),
      bob: {
        onFriendApplicationListUpdated: {
          friendApplicationList: [{ userID: 'alice', type: 'Pendency_Type_ComeIn', wording: 'ahoy', source }],
          unreadCount: 1,
        },
      },
    },
    there: {
      alice: [applications, { friendApplicationList: [{ userID: 'bob' }], unreadCount: 0 }],
      bob: [applications, { friendApplicationList: [{ userID: 'alice' }], unreadCount: 1 }],
    },
  },
} satisfies PeopleOperations;

const deleted =
  (type: 'Delete_Type_Single' | 'Delete_Type_Both'): PeopleOperation['call'] =>
  (device, scene) =>
    data(scene, device.tim.deleteFriend({ userIDList: ['bob', 'nobody'], type }));
const oneIsGone = {
  successUserIDList: [{ userID: 'bob' }],
  failureUserIDList: [{ userID: 'nobody', code: 31704 }],
};
const noGroup = { onFriendListUpdated: [], onFriendGroupListUpdated: [{ name: 'crew', userIDList: [] }] };

const LIST = {
  getFriendList: {
    before: befriended,
    call: (device, scene) => data(scene, device.tim.getFriendList()),
    result: [{ userID: 'bob', remark: 'Benny', groupList: ['crew'], source, profile: { nick: 'Bobby' } }],
  },
  deleteFriend: {
    before: befriended,
    call: deleted('Delete_Type_Both'),
    result: oneIsGone,
    told: { ...bothTold(noGroup), bob: { onFriendListUpdated: [] } },
    there: { alice: [friendList, []], bob: [friendList, []] },
    refused: {
      'who is no friend': refused(
        (device, scene) => data(scene, device.tim.deleteFriend({ userIDList: ['carol'] })),
        { successUserIDList: [], failureUserIDList: [{ userID: 'carol', code: 31704 }] },
      ),
      'no one at all': refused(
        (device, scene) => data(scene, device.tim.deleteFriend({ userIDList: [] })),
        10004,
      ),
    },
  },
  'deleteFriend: from my list alone': {
    before: befriended,
    call: deleted('Delete_Type_Single'),
    result: oneIsGone,
    told: bothTold(noGroup),
    there: { alice: [friendList, []], bob: [friendList, [{ userID: 'alice' }]] },
  },
  checkFriend: {
    before: befriended,
    call: (device, scene) =>
      data(
        scene,
        device.tim.checkFriend({ userIDList: ['bob', 'carol', 'nobody'], type: 'CheckResult_Type_Both' }),
      ),
    result: {
      successUserIDList: [
        { userID: 'bob', relation: 'CheckResult_Type_BothWay' },
        { userID: 'carol', relation: 'CheckResult_Type_BWithA' },
      ],
      failureUserIDList: [{ userID: 'nobody', code: 30003 }],
    },
  },
  'checkFriend: my list alone': {
    before: befriended,
    call: (device, scene) =>
      data(scene, device.tim.checkFriend({ userIDList: ['bob', 'carol'], type: 'CheckResult_Type_Single' })),
    result: {
      successUserIDList: [
        { userID: 'bob', relation: 'CheckResult_Type_AWithB' },
        { userID: 'carol', relation: 'CheckResult_Type_NoRelation' },
      ],
      failureUserIDList: [],
    },
  },
  getFriendProfile: {
    before: befriended,
    call: (device, scene) => data(scene, device.tim.getFriendProfile({ userIDList: ['bob', 'carol'] })),
    result: {
      friendList: [{ userID: 'bob', remark: 'Benny', profile: { nick: 'Bobby' } }],
      failureUserIDList: [{ userID: 'carol', code: 31704 }],
    },
  },
  updateFriend: {
    before: befriended,
    call: (device, scene) => {
      const friendCustomField = [{ key: NOTE, value: 'at sea' }];
      return data(scene, device.tim.updateFriend({ userID: 'bob', remark: 'B', friendCustomField }));
    },
    result: { userID: 'bob', remark: 'B', groupList: ['crew'] },
    told: bothTold({
      onFriendListUpdated: [{ remark: 'B', friendCustomField: [{ key: NOTE, value: 'at sea' }] }],
    }),
    there: {
      alice: [({ world }, device) => shown(world, device, 'C2Cbob'), { remark: 'B' }],
      bob: [friendList, [{ userID: 'alice', remark: '' }]],
    },
    refused: {
      'who is no friend': refused(
        (device, scene) => data(scene, device.tim.updateFriend({ userID: 'carol', remark: 'C' })),
        31704,
      ),
      'a field that is not declared': refused(
        (device, scene) => {
          const friendCustomField = [{ key: 'Tag_SNS_Custom_X', value: 'x' }];
          return data(scene, device.tim.updateFriend({ userID: 'bob', friendCustomField }));
        },
        30001,
        befriended,
      ),
    },
  },
} satisfies PeopleOperations;

type GroupCall = (name: string, userIDList: string[]) => PeopleOperation['call'];
const create: GroupCall = (name, userIDList) => (device, scene) =>
  data(scene, device.tim.createFriendGroup({ name, userIDList }));
const put: GroupCall = (name, userIDList) => (device, scene) =>
  data(scene, device.tim.addToFriendGroup({ name, userIDList }));
const take: GroupCall = (name, userIDList) => (device, scene) =>
  data(scene, device.tim.removeFromFriendGroup({ name, userIDList }));
const rename =
  (oldName: string, newName: string): PeopleOperation['call'] =>
  (device, scene) =>
    data(scene, device.tim.renameFriendGroup({ oldName, newName }));
const remove =
  (name: string): PeopleOperation['call'] =>
  (device, scene) =>
    data(scene, device.tim.deleteFriendGroup({ name }));

const stranger = [{ userID: 'carol', code: 32216 }];
/** What Alice's devices are told, and Bob never. */
function grouped(groups: object[], groupList: string[]): Pick<PeopleOperation, 'told' | 'there'> {
  return {
    told: bothTold({
      onFriendGroupListUpdated: groups,
      onFriendListUpdated: [{ userID: 'bob', groupList }],
    }),
    there: { alice: [friendGroups, groups], bob: [friendGroups, []] },
  };
}
const empty = { ...crew, userIDList: [], count: 0 };
const lonely = async (scene: PeopleScene): Promise<void> => {
  await befriended(scene);
  await take('crew', ['bob'])(scene.devices.alice, scene);
};

const GROUPS = {
  getFriendGroupList: {
    before: befriended,
    call: (device, scene) => data(scene, device.tim.getFriendGroupList()),
    result: [crew],
  },
  createFriendGroup: {
    before: befriended,
    call: create('tea', ['bob', 'carol']),
    result: { friendGroup: { ...crew, name: 'tea' }, failureUserIDList: stranger },
    ...grouped([crew, { ...crew, name: 'tea' }], ['crew', 'tea']),
    refused: {
      'of a name that is taken': refused(create('crew', ['bob']), 30001, befriended),
      'without a name': refused(create('', []), 30001),
    },
  },
  deleteFriendGroup: {
    before: befriended,
    call: remove('crew'),
    result: crew,
    ...grouped([], []),
    refused: { 'one that is not there': refused(remove('tea'), 30001) },
  },
  addToFriendGroup: {
    before: lonely,
    call: put('crew', ['bob', 'carol']),
    result: { friendGroup: crew, failureUserIDList: stranger },
    ...grouped([crew], ['crew']),
    refused: { 'one that is not there': refused(put('tea', ['bob']), 30001, befriended) },
  },
  removeFromFriendGroup: {
    before: befriended,
    call: take('crew', ['bob', 'carol']),
    result: { friendGroup: empty, failureUserIDList: stranger },
    ...grouped([empty], []),
    refused: { 'one that is not there': refused(take('tea', ['bob']), 30001, befriended) },
  },
  renameFriendGroup: {
    before: befriended,
    call: rename('crew', '船员'),
    result: { ...crew, name: '船员' },
    ...grouped([{ ...crew, name: '船员' }], ['船员']),
    refused: {
      'to a name that is taken': refused(rename('crew', 'tea'), 30001, async (scene) => {
        await befriended(scene);
        await create('tea', [])(scene.devices.alice, scene);
      }),
      'one that is not there': refused(rename('tea', 'crew'), 30001),
    },
  },
} satisfies PeopleOperations;

/** Methods upon friends and groups of friends. */
export const FRIEND_OPERATIONS: PeopleOperations = { ...ADDING, ...LIST, ...GROUPS };
