import { settle } from '../sdk/talk.ts';
import type { Device } from '../sdk/world.ts';
import { data, type Look, type MessageOperation, type Operations } from './message-operation.ts';
import type { MessageScene } from './message-scene.ts';

const TOLD: MessageOperation['told'] = {
  alice: ['onMessageReactionsUpdated'],
  other: ['onMessageReactionsUpdated'],
  bob: ['onMessageReactionsUpdated'],
};
const reacted = (device: Device, { world, theirs }: MessageScene): Promise<unknown> =>
  settle(world, device.tim.addMessageReaction(theirs, '👍'));
const reactions: Look = (scene, device) =>
  data(scene, device.tim.getMessageReactions({ messageList: [scene.theirs] }));
const liked = (reactedByMyself: boolean): unknown => [
  {
    reactionList: [
      { reactionID: '👍', totalUserCount: 1, partialUserList: [{ userID: 'alice' }], reactedByMyself },
    ],
  },
];
/** Bob's own message is another of his. */
const bobs: Look = async (scene, device) => {
  const [, theirs] = (await data(scene, device.tim.getMessageList({ conversationID: 'C2Calice' })))
    .messageList;
  return theirs && data(scene, device.tim.getMessageReactions({ messageList: [theirs] }));
};

/** Methods upon reactions, by name. */
export const REACTION_OPERATIONS: Operations = {
  addMessageReaction: {
    call: (device, scene) => data(scene, device.tim.addMessageReaction(scene.theirs, '👍')),
    result: {},
    told: TOLD,
    there: { other: [reactions, liked(true)], bob: [bobs, liked(false)] },
  },
  removeMessageReaction: {
    async call(device, scene) {
      await reacted(device, scene);
      return data(scene, device.tim.removeMessageReaction(scene.theirs, '👍'));
    },
    result: {},
    told: TOLD,
    there: { other: [reactions, [{ reactionList: [] }]], bob: [bobs, [{ reactionList: [] }]] },
  },
  getMessageReactions: {
    async call(device, scene) {
      await reacted(device, scene);
      return reactions(scene, device);
    },
    result: liked(true),
    told: TOLD,
    there: { other: [reactions, liked(true)] },
  },
  getAllUserListOfMessageReaction: {
    async call(device, scene) {
      await reacted(device, scene);
      const options = { message: scene.theirs, reactionID: '👍', nextSeq: 0, count: 10 };
      return data(scene, device.tim.getAllUserListOfMessageReaction(options));
    },
    result: { userList: [{ userID: 'alice', nick: '', avatar: '' }], nextSeq: 0, isCompleted: true },
    told: TOLD,
    there: { other: [reactions, liked(true)] },
  },
};
