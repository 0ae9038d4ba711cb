import { settle } from '../sdk/talk.ts';
import type { Device } from '../sdk/world.ts';
import {
  conversation,
  data,
  type Look,
  type MessageOperation,
  messages,
  newest,
  type Operations,
} from './message-operation.ts';
import type { MessageScene } from './message-scene.ts';

const groupNames: Look = (scene, device) => data(scene, device.tim.getConversationGroupList());

/** A group that comes, or goes, tells of itself and of what is in it. */
const GROUPED = ['onConversationGroupListUpdated', 'onConversationInGroupUpdated'];
const grouped = async (device: Device, scene: MessageScene): Promise<void> => {
  const options = { conversationIDList: ['C2Cbob'], groupName: 'work' };
  await settle(scene.world, device.tim.createConversationGroup(options));
};

const receiveOption: Look = (scene, device) => data(scene, device.tim.getAllReceiveMessageOpt());
const LOUD = {
  messageRemindType: 'AcceptAndNotify' as const,
  startHour: 0,
  startMinute: 0,
  startSecond: 0,
  duration: 0,
  isRepeated: false,
};
/** From half past ten in the evening, for eight hours, every day. */
const QUIET = {
  ...LOUD,
  messageRemindType: 'AcceptNotNotify' as const,
  startHour: 22,
  startMinute: 30,
  duration: 8 * 3600,
  isRepeated: true,
};

const READING = {
  getAllReceiveMessageOpt: { call: (device, scene) => receiveOption(scene, device), result: LOUD },
  getConversationList: {
    call: (device, scene) => data(scene, device.tim.getConversationList(['C2Cbob'])),
    result: { conversationList: [{ conversationID: 'C2Cbob', unreadCount: 1 }], isSyncCompleted: true },
  },
  getConversationProfile: {
    call: (device, scene) => data(scene, device.tim.getConversationProfile('C2Cbob')),
    result: { conversation: { conversationID: 'C2Cbob', unreadCount: 1 } },
  },
  getTotalUnreadMessageCount: { call: async ({ tim }) => tim.getTotalUnreadMessageCount(), result: 1 },
  getConversationGroupList: {
    async call(device, scene) {
      await grouped(device, scene);
      return groupNames(scene, device);
    },
    result: ['work'],
    told: { alice: GROUPED, other: GROUPED },
    there: { other: [groupNames, ['work']] },
  },
} satisfies Operations;

const CONVERSATIONS = {
  setMessageRead: {
    call: (device, scene) => data(scene, device.tim.setMessageRead({ conversationID: 'C2Cbob' })),
    result: {},
    told: { bob: ['onMessageReadByPeer'] },
    there: {
      other: [conversation('C2Cbob'), { unreadCount: 0 }],
      bob: [newest('C2Calice'), { isPeerRead: true }],
    },
  },
  setAllMessageRead: {
    call: (device, scene) => data(scene, device.tim.setAllMessageRead()),
    result: {},
    told: { bob: ['onMessageReadByPeer'] },
    there: {
      other: [conversation('C2Cbob'), { unreadCount: 0 }],
      bob: [newest('C2Calice'), { isPeerRead: true }],
    },
  },
  pinConversation: {
    call: (device, scene) =>
      data(scene, device.tim.pinConversation({ conversationID: 'C2Cbob', isPinned: true })),
    result: { conversationID: 'C2Cbob', isPinned: true },
    there: {
      other: [conversation('C2Cbob'), { isPinned: true }],
      bob: [conversation('C2Calice'), { isPinned: false }],
    },
  },
  deleteConversation: {
    call: (device, scene) => data(scene, device.tim.deleteConversation('C2Cbob')),
    result: { conversationID: 'C2Cbob' },
    there: {
      other: [conversation('C2Cbob'), undefined],
      bob: [messages('C2Calice'), [{}, {}]],
    },
  },
  setMessageRemindType: {
    call: (device, scene) => {
      const options = { userIDList: ['bob'], messageRemindType: 'AcceptNotNotify' as const };
      return data(scene, device.tim.setMessageRemindType(options));
    },
    result: { successUserIDList: [{ userID: 'bob' }], failureUserIDList: [] },
    there: { other: [conversation('C2Cbob'), { messageRemindType: 'AcceptNotNotify' }] },
  },
  setConversationCustomData: {
    call: (device, scene) => {
      const options = { conversationIDList: ['C2Cbob'], customData: 'vip' };
      return data(scene, device.tim.setConversationCustomData(options));
    },
    result: { successConversationIDList: ['C2Cbob'], failureConversationIDList: [] },
    there: {
      other: [conversation('C2Cbob'), { customData: 'vip' }],
      bob: [conversation('C2Calice'), { customData: '' }],
    },
  },
  setConversationDraft: {
    call: (device, scene) =>
      data(scene, device.tim.setConversationDraft({ conversationID: 'C2Cbob', draftText: 'dear' })),
    result: {},
    there: {
      alice: [conversation('C2Cbob'), { draftText: 'dear' }],
      other: [conversation('C2Cbob'), { draftText: '' }],
    },
  },
  setAllReceiveMessageOpt: {
    call: (device, scene) => data(scene, device.tim.setAllReceiveMessageOpt(QUIET)),
    result: {},
    told: { alice: ['onAllReceiveMessageOptUpdated'], other: ['onAllReceiveMessageOptUpdated'] },
    there: { other: [receiveOption, QUIET], bob: [receiveOption, LOUD] },
  },
  markConversation: {
    call: (device, scene) => {
      const options = { conversationIDList: ['C2Cbob'], markType: 1, enableMark: true };
      return data(scene, device.tim.markConversation(options));
    },
    result: { successConversationIDList: ['C2Cbob'], failureConversationIDList: [] },
    there: {
      other: [conversation('C2Cbob'), { markList: [1] }],
      bob: [conversation('C2Calice'), { markList: [] }],
    },
  },
} satisfies Operations;

/** What is done with a group of conversations that is there; all my devices hear of it. */
function grouping(
  run: (tim: Device['tim']) => Promise<{ data: unknown }>,
  result: unknown,
  { names, groups }: { names: string[]; groups: string[] },
): MessageOperation {
  return {
    async call(device, scene) {
      await grouped(device, scene);
      return data(scene, run(device.tim));
    },
    result,
    told: { alice: GROUPED, other: GROUPED },
    there: {
      alice: [groupNames, names],
      other: [
        async (scene, device) => [
          await groupNames(scene, device),
          await conversation('C2Cbob')(scene, device),
        ],
        [names, { conversationGroupList: groups }],
      ],
    },
  };
}

const DONE = { successConversationIDList: ['GROUPtea'], failureConversationIDList: [] };
const GROUPS = {
  createConversationGroup: grouping(
    (tim) => tim.createConversationGroup({ conversationIDList: ['GROUPtea'], groupName: 'fun' }),
    DONE,
    { names: ['fun', 'work'], groups: ['work'] },
  ),
  deleteConversationGroup: grouping(
    (tim) => tim.deleteConversationGroup('work'),
    {},
    {
      names: [],
      groups: [],
    },
  ),
  renameConversationGroup: grouping(
    (tim) => tim.renameConversationGroup({ oldName: 'work', newName: 'job' }),
    {},
    { names: ['job'], groups: ['job'] },
  ),
  addConversationsToGroup: grouping(
    (tim) => tim.addConversationsToGroup({ conversationIDList: ['GROUPtea'], groupName: 'work' }),
    DONE,
    { names: ['work'], groups: ['work'] },
  ),
  deleteConversationsFromGroup: grouping(
    (tim) => tim.deleteConversationsFromGroup({ conversationIDList: ['C2Cbob'], groupName: 'work' }),
    { successConversationIDList: ['C2Cbob'], failureConversationIDList: [] },
    { names: ['work'], groups: [] },
  ),
} satisfies Operations;

/** Methods upon conversations, by name. */
export const CONVERSATION_OPERATIONS: Operations = { ...READING, ...CONVERSATIONS, ...GROUPS };
