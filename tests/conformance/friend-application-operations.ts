import { add, allows } from './friend-operations.ts';
import {
  applications,
  data,
  friendList,
  type PeopleOperation,
  type PeopleOperations,
  refused,
} from './people-operation.ts';
import type { PeopleScene } from './people-scene.ts';

/** Bob wants Alice as his friend, and has to ask. */
async function bobAsked(scene: PeopleScene): Promise<void> {
  await allows('alice', 'AllowType_Type_NeedConfirm')(scene);
  await add('alice', { wording: 'ahoy', remark: 'A' })(scene.devices.bob, scene);
}
async function aliceAsked(scene: PeopleScene): Promise<void> {
  await allows('bob', 'AllowType_Type_NeedConfirm')(scene);
  await add('bob')(scene.devices.alice, scene);
}

const none = { friendApplicationList: [], unreadCount: 0 };
const asking = (unreadCount: number) => ({
  friendApplicationList: [{ userID: 'bob', nick: 'Bobby', wording: 'ahoy', type: 'Pendency_Type_ComeIn' }],
  unreadCount,
});
const asked = { friendApplicationList: [{ userID: 'alice', type: 'Pendency_Type_SendOut' }], unreadCount: 0 };

const accept =
  (
    type: 'Response_Action_Agree' | 'Response_Action_AgreeAndAdd',
    more: object = {},
  ): PeopleOperation['call'] =>
  (device, scene) =>
    data(scene, device.tim.acceptFriendApplication({ userID: 'bob', type, ...more }));
const refuse: PeopleOperation['call'] = (device, scene) =>
  data(scene, device.tim.refuseFriendApplication({ userID: 'bob' }));
const forget =
  (type: 'Pendency_Type_ComeIn' | 'Pendency_Type_SendOut'): PeopleOperation['call'] =>
  (device, scene) =>
    data(scene, device.tim.deleteFriendApplication({ userID: 'bob', type }));

const answered = { onFriendApplicationListUpdated: none };
const nobodyAsked = refused(refuse, 30614);

/** Methods upon what waits to become a friendship. */
export const FRIEND_APPLICATION_OPERATIONS = {
  getFriendApplicationList: {
    before: bobAsked,
    call: (device, scene) => data(scene, device.tim.getFriendApplicationList()),
    result: asking(1),
  },
  acceptFriendApplication: {
    before: bobAsked,
    call: accept('Response_Action_AgreeAndAdd', { remark: 'Benny', tag: 'crew' }),
    result: {},
    told: {
      alice: {
        ...answered,
        onFriendListUpdated: [{ userID: 'bob', remark: 'Benny', groupList: ['crew'] }],
        onFriendGroupListUpdated: [{ name: 'crew', userIDList: ['bob'] }],
      },
      other: {
        ...answered,
        onFriendListUpdated: [{ userID: 'bob', remark: 'Benny', groupList: ['crew'] }],
        onFriendGroupListUpdated: [{ name: 'crew', userIDList: ['bob'] }],
      },
      bob: { ...answered, onFriendListUpdated: [{ userID: 'alice', remark: 'A', wording: 'ahoy' }] },
    },
    there: {
      alice: [friendList, [{ userID: 'bob' }]],
      bob: [friendList, [{ userID: 'alice', remark: 'A' }]],
    },
    refused: {
      'of who has not asked': refused(accept('Response_Action_Agree'), 30614),
      'what I have asked myself': refused(accept('Response_Action_Agree'), 30614, aliceAsked),
      'a remark that is too long': refused(
        accept('Response_Action_AgreeAndAdd', { remark: 'x'.repeat(97) }),
        30001,
        bobAsked,
      ),
      'a type that is none': refused(accept('Agree' as 'Response_Action_Agree'), 10004, bobAsked),
    },
  },
  'acceptFriendApplication: I in their list alone': {
    before: bobAsked,
    call: accept('Response_Action_Agree'),
    result: {},
    told: {
      alice: answered,
      other: answered,
      bob: { ...answered, onFriendListUpdated: [{ userID: 'alice' }] },
    },
    there: { alice: [friendList, []], bob: [friendList, [{ userID: 'alice' }]] },
  },
  refuseFriendApplication: {
    before: bobAsked,
    call: refuse,
    result: {},
    told: { alice: answered, other: answered, bob: answered },
    there: { alice: [applications, none], bob: [friendList, []] },
    refused: { 'of who has not asked': nobodyAsked },
  },
  deleteFriendApplication: {
    before: bobAsked,
    call: forget('Pendency_Type_ComeIn'),
    result: {},
    told: { alice: answered, other: answered },
    there: { alice: [applications, none], bob: [applications, asked] },
    refused: {
      'that has not come': refused(forget('Pendency_Type_ComeIn'), 30614),
      'of the other kind': refused(forget('Pendency_Type_SendOut'), 30614, bobAsked),
    },
  },
  'deleteFriendApplication: that I have sent': {
    before: aliceAsked,
    call: forget('Pendency_Type_SendOut'),
    result: {},
    told: { alice: answered, other: answered },
    there: {
      alice: [applications, none],
      bob: [applications, { friendApplicationList: [{ userID: 'alice' }], unreadCount: 1 }],
    },
  },
  setFriendApplicationRead: {
    before: bobAsked,
    call: (device, scene) => data(scene, device.tim.setFriendApplicationRead()),
    result: {},
    told: {
      alice: { onFriendApplicationListUpdated: asking(0) },
      other: { onFriendApplicationListUpdated: asking(0) },
    },
    there: { alice: [applications, asking(0)], bob: [applications, asked] },
    refused: {
      'where all is read': refused((device, scene) => data(scene, device.tim.setFriendApplicationRead()), {}),
    },
  },
} satisfies PeopleOperations;
