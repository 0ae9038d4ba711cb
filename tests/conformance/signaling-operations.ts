import type { Signaling } from '@sterna/sdk';
import { expect } from 'vitest';
import { history, settle } from '../sdk/talk.ts';
import {
  data,
  type Look,
  type PeopleOperation,
  type PeopleOperations,
  refused,
  type There,
  type Told,
  untyped,
} from './people-operation.ts';
import type { PeopleScene } from './people-scene.ts';

const ANY_ID: unknown = expect.stringMatching(/./);

/** The step that the newest message of the conversation is. */
const newestStep =
  (conversationID: string): Look =>
  async ({ world }, device) => {
    const newest = (await history(world, device, conversationID)).at(-1);
    return newest && device.tim.getSignalingInfo(newest);
  };

const ids = new WeakMap<PeopleScene, string>();
const inviteID = (scene: PeopleScene): string => ids.get(scene) ?? '';

type Inviting = (scene: PeopleScene, more?: object) => Promise<unknown>;
const by =
  (role: 'alice' | 'bob' | 'carol', userID: string): Inviting =>
  async (scene, more = {}) => {
    const asked = scene.devices[role].tim.invite({ userID, data: 'call', ...more });
    ids.set(scene, (await settle(scene.world, asked)).data.inviteID);
  };
const aliceInvited = by('alice', 'bob');
const bobInvited = by('bob', 'alice');
const carolInvited = by('carol', 'alice');
const over =
  (invited: Inviting): Inviting =>
  async (scene) => {
    await invited(scene);
    const { alice, bob } = scene.devices;
    const invitee = invited === aliceInvited ? bob : alice;
    await settle(scene.world, invitee.tim.reject({ inviteID: inviteID(scene) }));
  };

const invitation = { inviter: 'alice', groupID: '', inviteeList: ['bob'], data: 'call' };
const message = { onMessageReceived: [{ type: 'TIMCustomElem' }] };
const rings = { newInvitationReceived: invitation, ...message };

/** A call that gives an answer rather than a promise; what comes of it is told by the callbacks. */
const reported = async (
  scene: PeopleScene,
  start: (taken: (answer: { data: unknown }) => void, failed: (error: { code: number }) => void) => unknown,
): Promise<unknown> => {
  const reports: unknown[] = [];
  const id = start(
    (answer) => reports.push(answer.data),
    ({ code }) => reports.push(code),
  );
  await scene.world.pass(1_500);
  return { id, reports };
};

const invited = (actionType: number, conversation: string, more: object = {}): There => ({
  alice: [newestStep(conversation), { actionType, ...more }],
  bob: [newestStep(conversation === 'C2Cbob' ? 'C2Calice' : conversation), { actionType, ...more }],
});

const toBob = { userID: 'bob', data: 'call' };
const inTea = { groupID: 'tea', inviteeList: ['bob'], data: 'call' };
const groupInvitation = { ...invitation, groupID: 'tea' };
const groupTold: Told = {
  other: message,
  bob: { newInvitationReceived: groupInvitation, ...message },
  carol: message,
};
const invite =
  (options: object): PeopleOperation['call'] =>
  (device, scene) =>
    data(scene, device.tim.invite({ ...toBob, ...options }));
const inviteInGroup =
  (options: object): PeopleOperation['call'] =>
  (device, scene) =>
    data(scene, device.tim.inviteInGroup({ ...inTea, ...options }));

const INVITING = {
  invite: {
    call: invite({}),
    result: { inviteID: ANY_ID },
    told: { other: message, bob: rings },
    there: invited(1, 'C2Cbob', invitation),
    refused: {
      nobody: refused(invite({ userID: 'nobody' }), 20003),
      'a time that is none': refused(invite({ timeout: -1 }), 10004),
      'data that is no text': refused(invite({ data: {} }), 10004),
      'who has blocked me': refused(invite({}), 20007, ({ world, devices }) =>
        settle(world, devices.bob.tim.addToBlacklist({ userIDList: ['alice'] })),
      ),
    },
  },
  'invite: for who is online': {
    call: invite({ onlineUserOnly: true }),
    result: { inviteID: ANY_ID },
    told: { other: message, bob: rings },
    missed: { other: {}, bob: { newInvitationReceived: invitation } },
    there: {
      alice: [newestStep('C2Cbob'), null],
      bob: [newestStep('C2Calice'), null],
    },
  },
  inviteSync: {
    call: (device, scene) => reported(scene, (taken, failed) => device.tim.inviteSync(toBob, taken, failed)),
    result: { id: ANY_ID, reports: [{ inviteID: ANY_ID }] },
    told: { other: message, bob: rings },
    there: invited(1, 'C2Cbob', invitation),
    refused: {
      nobody: refused(
        (device, scene) =>
          reported(scene, (taken, failed) =>
            device.tim.inviteSync({ ...toBob, userID: 'nobody' }, taken, failed),
          ),
        { reports: [20003] },
      ),
    },
  },
  inviteInGroup: {
    call: inviteInGroup({}),
    result: { inviteID: ANY_ID },
    told: groupTold,
    there: invited(1, 'GROUPtea', groupInvitation),
    refused: {
      'who is no member': refused(inviteInGroup({ inviteeList: ['bob', 'nobody'] }), 2623),
      'no one at all': refused(inviteInGroup({ inviteeList: [] }), 10004),
      'no list': refused(inviteInGroup({ inviteeList: untyped('bob') }), 10004),
      'in no group': refused(inviteInGroup({ groupID: 'none' }), 10010),
    },
  },
  inviteInGroupSync: {
    call: (device, scene) =>
      reported(scene, (taken, failed) => device.tim.inviteInGroupSync(inTea, taken, failed)),
    result: { id: ANY_ID, reports: [{ inviteID: ANY_ID }] },
    told: groupTold,
    there: invited(1, 'GROUPtea', groupInvitation),
    refused: {
      'who is no member': refused(
        (device, scene) =>
          reported(scene, (taken, failed) =>
            device.tim.inviteInGroupSync({ ...inTea, inviteeList: ['nobody'] }, taken, failed),
          ),
        { reports: [2623] },
      ),
    },
  },
} satisfies PeopleOperations;

type Step = 'accept' | 'reject' | 'cancel' | 'modifyInvitation';
const step =
  (method: Step, id?: string): PeopleOperation['call'] =>
  (device, scene) =>
    data(scene, device.tim[method]({ inviteID: id ?? inviteID(scene), data: 'words' }));

function answering(method: 'accept' | 'reject', event: string, actionType: number): PeopleOperation {
  const answer = { invitee: 'alice', groupID: '', data: 'words' };
  return {
    before: bobInvited,
    call: step(method),
    result: { inviteID: ANY_ID },
    told: { other: { [event]: answer, ...message }, bob: { [event]: answer, ...message } },
    there: invited(actionType, 'C2Cbob', { inviter: 'bob', data: 'words' }),
    refused: {
      'what is not known': refused(step(method, 'none'), 8010),
      'my own': refused(step(method), 8011, aliceInvited),
      'what is over': refused(step(method), 8012, over(bobInvited)),
      'without an ID': refused((device, scene) => data(scene, device.tim[method](untyped({}))), 10004),
    },
  };
}

const changed = { ...invitation, data: 'words' };
const modified = { onMessageModified: [{ type: 'TIMCustomElem' }] };
const LIFE = {
  accept: answering('accept', 'ts_invitee_accepted', 3),
  reject: answering('reject', 'ts_invitee_rejected', 4),
  cancel: {
    before: aliceInvited,
    call: step('cancel'),
    result: { inviteID: ANY_ID },
    told: {
      other: { ts_invitation_cancelled: changed, ...message },
      bob: { ts_invitation_cancelled: changed, ...message },
    },
    there: invited(2, 'C2Cbob', { data: 'words' }),
    refused: {
      'what is not known': refused(step('cancel', 'none'), 8010),
      'of another': refused(step('cancel'), 8011, bobInvited),
      'what is over': refused(step('cancel'), 8012, over(aliceInvited)),
    },
  },
  modifyInvitation: {
    before: aliceInvited,
    call: step('modifyInvitation'),
    result: { inviteID: ANY_ID },
    told: {
      alice: modified,
      other: modified,
      bob: { ts_invitation_modified: changed, ...modified },
    },
    there: invited(1, 'C2Cbob', { data: 'words' }),
    refused: {
      'what is not known': refused(step('modifyInvitation', 'none'), 8010),
      'of another': refused(step('modifyInvitation'), 8011, bobInvited),
      'what is over': refused(step('modifyInvitation'), 8012, over(aliceInvited)),
      'what was for users online only': refused(step('modifyInvitation'), 2481, (scene) =>
        aliceInvited(scene, { onlineUserOnly: true }),
      ),
    },
  },
} satisfies PeopleOperations;

const EVENT = 'newInvitationReceived';
/** What a listener of the device hears while Carol invites. */
async function heard(
  scene: PeopleScene,
  during: (listener: (event: { data: unknown }) => void) => void,
): Promise<unknown> {
  const events: unknown[] = [];
  during(({ data: event }) => events.push(event));
  await carolInvited(scene);
  return events;
}
const carolRings = {
  newInvitationReceived: { ...invitation, inviter: 'carol', inviteeList: ['alice'] },
  ...message,
};

const LISTENING = {
  addSignalingListener: {
    call: (device, scene) => heard(scene, (listener) => device.tim.addSignalingListener(EVENT, listener)),
    result: [{ inviter: 'carol', inviteeList: ['alice'] }],
    told: { alice: carolRings, other: carolRings },
    there: {},
  },
  removeSignalingListener: {
    call: (device, scene) =>
      heard(scene, (listener) => {
        device.tim.addSignalingListener(EVENT, listener);
        device.tim.removeSignalingListener(EVENT, listener);
      }),
    result: [],
    told: { alice: carolRings, other: carolRings },
    there: {},
  },
  getSignalingInfo: {
    before: bobInvited,
    async call(device, { world, theirs }) {
      const newest = (await history(world, device, 'C2Cbob')).at(-1);
      return [device.tim.getSignalingInfo(theirs), newest && device.tim.getSignalingInfo(newest)];
    },
    result: [
      null,
      {
        inviter: 'bob',
        inviteeList: ['alice'],
        groupID: '',
        data: 'call',
        actionType: 1,
        timeout: 0,
      } satisfies Partial<Signaling>,
    ],
  },
} satisfies PeopleOperations;

/** Invitations and what becomes of them: methods of the 3.x line. */
export const SIGNALING_OPERATIONS: PeopleOperations = { ...INVITING, ...LIFE, ...LISTENING };
