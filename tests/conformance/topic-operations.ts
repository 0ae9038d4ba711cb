import type { Operation, Operations, Scene } from './group-operation.ts';
import { words } from './group-operation.ts';
import { first } from './town.ts';

const told = (name: string, data: object) => ({ name, data });

const fieldsTold = ({ groupID, topicID }: Scene, fields: object) =>
  told('onTopicUpdated', { groupID, topic: { topicID, ...fields } });

const mutedAll: Operation['prepare'] = (town, { groupID, topicID }) =>
  town.outcome(() =>
    first(town.devices.omar).tim.updateTopicProfile({ groupID, topicID, muteAllMembers: true }),
  );

const TEXTS = { avatar: 'https://a/b', introduction: 'i', notification: 'n', customData: '{}' };

const LIFE = {
  'make a topic': {
    run: (tim, { groupID }) =>
      tim.createTopicInCommunity({ groupID, topicID: `${groupID}@TOPIC#_new`, topicName: 'New', ...TEXTS }),
    effects: ({ groupID }) => {
      const topicID = `${groupID}@TOPIC#_new`;
      return { events: [told('onTopicCreated', { groupID, topicID })], answer: { topicID } };
    },
  },
  'make a topic of a taken ID': {
    isRepeatable: true,
    run: (tim, { groupID, topicID }) => tim.createTopicInCommunity({ groupID, topicID, topicName: 'Again' }),
  },
  'rename a topic': {
    isRepeatable: true,
    run: (tim, { groupID, topicID }) => tim.updateTopicProfile({ groupID, topicID, topicName: 'Later' }),
    effects: (scene) => ({
      events: [fieldsTold(scene, { topicName: 'Later' })],
      answer: { topic: { topicID: scene.topicID, topicName: 'Later', introduction: '' } },
    }),
  },
  'change texts of a topic': {
    isRepeatable: true,
    run: (tim, { groupID, topicID }) => tim.updateTopicProfile({ groupID, topicID, ...TEXTS }),
    effects: (scene) => ({
      events: [fieldsTold(scene, { topicName: 'Topic', ...TEXTS })],
      answer: { topic: { topicName: 'Topic', ...TEXTS } },
    }),
  },
  'mute a topic': {
    isRepeatable: true,
    run: (tim, { groupID, topicID }) => tim.updateTopicProfile({ groupID, topicID, muteAllMembers: true }),
    effects: (scene) => ({ events: [fieldsTold(scene, { muteAllMembers: true })] }),
  },
  'change a topic that is not there': {
    isRepeatable: true,
    run: (tim, { groupID }) =>
      tim.updateTopicProfile({ groupID, topicID: `${groupID}@TOPIC#_none`, topicName: 'x' }),
  },
  'delete a topic': {
    run: (tim, { groupID, topicID }) =>
      tim.deleteTopicFromCommunity({ groupID, topicIDList: [topicID, `${groupID}@TOPIC#_none`] }),
    effects: ({ groupID, topicID }) => ({
      events: [told('onTopicDeleted', { groupID, topicIDList: [topicID] })],
      answer: {
        successTopicList: [{ topicID }],
        failureTopicList: [{ topicID: `${groupID}@TOPIC#_none`, code: 10010 }],
      },
    }),
  },
  'delete all topics': {
    run: (tim, { groupID }) => tim.deleteTopicFromCommunity({ groupID }),
    effects: ({ groupID, topicID }) => ({
      events: [told('onTopicDeleted', { groupID, topicIDList: [topicID] })],
      answer: { successTopicList: [{ topicID }], failureTopicList: [] },
    }),
  },
  'list topics': {
    isRepeatable: true,
    run: (tim, { groupID }) => tim.getTopicList({ groupID }),
    effects: ({ topicID }) => ({
      answer: { successTopicList: [{ topicID, topicName: 'Topic' }], failureTopicList: [] },
    }),
  },
  'list some topics': {
    isRepeatable: true,
    run: (tim, { groupID }) => tim.getTopicList({ groupID, topicIDList: [`${groupID}@TOPIC#_none`] }),
    effects: ({ groupID }) => ({
      answer: {
        successTopicList: [],
        failureTopicList: [{ topicID: `${groupID}@TOPIC#_none`, code: 10010 }],
      },
    }),
  },
} satisfies Operations;

const text = ({ topicID: to }: Scene) =>
  ({ to, conversationType: 'GROUP', payload: { text: 'hi' } }) as const;

const lastTold = (scene: Scene, messageForShow: string) =>
  fieldsTold(scene, { lastMessage: { messageForShow } });

const MESSAGES = {
  'send into a topic': {
    run: (tim, scene) => tim.sendMessage(tim.createTextMessage(text(scene))),
    effects: (scene) => ({
      events: [
        words({
          conversationID: `GROUP${scene.topicID}`,
          to: scene.topicID,
          from: scene.actor,
          payload: { text: 'hi' },
        }),
        lastTold(scene, 'hi'),
      ],
    }),
  },
  'send into a muted topic': {
    prepare: mutedAll,
    run: (tim, scene) => tim.sendMessage(tim.createTextMessage(text(scene))),
    effects: (scene) => ({ events: [words({ from: scene.actor }), lastTold(scene, 'hi')] }),
  },
  'recall what Tess said in a topic': {
    run: (tim, { message }) => tim.revokeMessage(message),
    effects: (scene) => ({
      events: [
        { name: 'onMessageRevoked', data: { ID: scene.message.ID, isRevoked: true }, exceptCaller: true },
        fieldsTold(scene, { lastMessage: { isRevoked: true } }),
      ],
    }),
  },
  'read a topic': {
    isRepeatable: true,
    run: (tim, { topicID }) => tim.getMessageList({ conversationID: `GROUP${topicID}` }),
    effects: ({ message }) => ({
      answer: { messageList: [{ ID: message.ID, payload: { text: 'words' } }] },
    }),
  },
} satisfies Operations;

const withPin: Operation['prepare'] = (town, { topicID, message }) =>
  town.outcome(() =>
    first(town.devices.omar).tim.pinGroupMessage({ groupID: topicID, message, isPinned: true }),
  );

const pinTold = ({ topicID, actor, message }: Scene, isPinned: boolean) =>
  told('onPinnedGroupMessageUpdated', {
    groupID: topicID,
    isPinned,
    message: { ID: message.ID },
    operatorInfo: { userID: actor },
  });

const PINS = {
  'pin in a topic': {
    run: (tim, { topicID, message }) => tim.pinGroupMessage({ groupID: topicID, message, isPinned: true }),
    effects: (scene) => ({ events: [pinTold(scene, true)] }),
  },
  'unpin in a topic': {
    prepare: withPin,
    run: (tim, { topicID, message }) => tim.pinGroupMessage({ groupID: topicID, message, isPinned: false }),
    effects: (scene) => ({ events: [pinTold(scene, false)] }),
  },
  'read pins of a topic': {
    isRepeatable: true,
    prepare: withPin,
    run: (tim, { topicID }) => tim.getPinnedGroupMessageList(topicID),
    effects: ({ message }) => ({ answer: { messageList: [{ ID: message.ID, payload: { text: 'words' } }] } }),
  },
  'read pins of a topic that is not there': {
    isRepeatable: true,
    run: (tim, { groupID }) => tim.getPinnedGroupMessageList(`${groupID}@TOPIC#_none`),
  },
} satisfies Operations;

/** What is done with topics of a community, and in them. */
export const TOPIC_OPERATIONS = { ...LIFE, ...MESSAGES, ...PINS } satisfies Operations;
