import type { Tim, TimMessage, TimModule } from '../src/chat-client/tim.ts';
import type { TimEventData } from '../src/chat-client/tim-events.ts';
import { communityOf } from '../src/chat-client/published-values.ts';
import { DESIGN } from './demo-world.ts';
import { contactMethods } from './in-memory-contacts.ts';
import { conversationMethods } from './in-memory-conversations.ts';
import { creators } from './in-memory-creators.ts';
import { groupCareMethods } from './in-memory-groups.ts';
import { messageLifeMethods } from './in-memory-life.ts';
import { failure, ok } from './in-memory-replies.ts';
import { searchMethods } from './in-memory-search.ts';
import { topicMethods, topicOf } from './in-memory-topics.ts';
import {
  type Beginning,
  createInMemoryWorld,
  EVENT,
  type InMemoryWorld,
  listedGroups,
  newGroup,
  profileOf,
} from './in-memory-world.ts';

/** What a test, or somebody at the design page, may make happen. */
export interface InMemoryControls {
  /** Every request that reached the "server", in order. */
  readonly calls: readonly string[];
  emit<Name extends keyof TimEventData>(name: Name, data: TimEventData[Name]): void;
  /** A message from somebody arrives, with the events that the real SDK would give. */
  deliver(conversationID: string, from: string, text: string): TimMessage;
  /** How sends end: at once and well, badly with that code, or not before `release()`. */
  sending: { mode: 'succeed' | 'fail' | 'hold'; code: number; release(): void };
}

export type InMemoryTim = Tim & { controls: InMemoryControls };

const PAGE = 15;

/** The published API over plain maps: enough of it to draw every screen and to test the client layer. */
export function createInMemoryTim(beginning: Beginning): InMemoryTim {
  const world = createInMemoryWorld(beginning);
  const held: (() => void)[] = [];
  const controls: InMemoryControls = {
    calls: world.calls,
    emit: world.emit,
    deliver: (conversationID, from, text) => deliver(world, conversationID, from, text),
    sending: {
      mode: 'succeed',
      code: 2801,
      release: () => {
        for (const go of held.splice(0)) go();
      },
    },
  };
  return {
    controls,
    ...sessionMethods(world),
    ...creators(world),
    ...messageMethods(world, controls, held),
    ...messageLifeMethods(world),
    ...searchMethods(world),
    ...groupMethods(world),
    ...groupCareMethods(world),
    ...topicMethods(world),
    ...conversationMethods(world),
    ...profileMethods(world),
    ...contactMethods(world),
  };
}

function sessionMethods(world: InMemoryWorld): Pick<Tim, 'on' | 'off' | 'setLogLevel' | 'login' | 'logout'> {
  return {
    on: (name, handler) => void world.handlers[name].add(handler),
    off: (name, handler) => void world.handlers[name].delete(handler),
    setLogLevel: () => undefined,
    login: async ({ userID }) => {
      world.calls.push(`login ${userID}`);
      world.me = userID;
      queueMicrotask(() => world.emit('sdkStateReady', undefined));
      return ok({});
    },
    logout: async () => {
      world.calls.push('logout');
      return ok({});
    },
  };
}

type MessageMethod =
  | 'sendMessage'
  | 'resendMessage'
  | 'getMessageList'
  | 'setMessageRead'
  | 'getConversationList'
  | 'deleteConversation';

function messageMethods(
  world: InMemoryWorld,
  controls: InMemoryControls,
  held: (() => void)[],
): Pick<Tim, MessageMethod> {
  const send = async (message: TimMessage, options: { signal?: AbortSignal | undefined } = {}) => {
    world.calls.push(`send ${textOf(message)}`);
    obey(controls, textOf(message));
    const { mode } = controls.sending;
    const { signal } = options;
    progressOf(message)?.(0.4);
    if (mode === 'hold' && signal?.aborted !== true) {
      await new Promise<void>((resolve) => {
        held.push(resolve);
        signal?.addEventListener('abort', () => resolve());
      });
    }
    if (signal?.aborted === true) {
      message.status = 'fail';
      throw failure('The upload was aborted', 2802);
    }
    if (mode === 'fail') {
      message.status = 'fail';
      throw failure('The network is down', controls.sending.code);
    }
    Object.assign(message, { status: 'success', time: world.nowSeconds(), sequence: world.nextNumber() });
    world.keep(message);
    changed(world, message.conversationID);
    return ok({ message });
  };
  return {
    sendMessage: send,
    resendMessage: async (message, options) => {
      if (message.status !== 'fail') throw failure('The message is under way', 2103);
      return await send(message, options);
    },
    getMessageList: async ({ conversationID, nextReqMessageID }) => {
      world.calls.push(`history ${conversationID} ${nextReqMessageID ?? ''}`.trim());
      const all = world.messages.get(conversationID) ?? [];
      const before = nextReqMessageID === undefined ? -1 : all.findIndex(({ ID }) => ID === nextReqMessageID);
      const end = before === -1 ? all.length : before;
      const messageList = all.slice(Math.max(0, end - PAGE), end);
      const isCompleted = end <= PAGE;
      return ok({
        messageList,
        isCompleted,
        nextReqMessageID: isCompleted ? '' : (messageList[0]?.ID ?? ''),
      });
    },
    setMessageRead: async ({ conversationID }) => {
      world.calls.push(`read ${conversationID}`);
      world.unread.set(conversationID, 0);
      changed(world, conversationID);
      return ok({});
    },
    getConversationList: async () => ok({ conversationList: world.conversationList() }),
    deleteConversation: async (conversationID) => {
      world.messages.delete(conversationID);
      world.listChanged();
      return ok({ conversationID });
    },
  };
}

function progressOf(message: object): ((fraction: number) => void) | undefined {
  const told: unknown = Reflect.get(message, 'onProgress');
  return typeof told === 'function'
    ? (fraction) => void Reflect.apply(told, undefined, [fraction])
    : undefined;
}

type GroupMethod =
  | 'getGroupList'
  | 'getGroupProfile'
  | 'createGroup'
  | 'joinGroup'
  | 'getGroupOnlineMemberCount'
  | 'quitGroup'
  | 'dismissGroup'
  | 'getGroupMemberList'
  | 'addGroupMember'
  | 'deleteGroupMember';

function groupMethods(world: InMemoryWorld): Pick<Tim, GroupMethod> {
  const groupsChanged = (): void => world.emit('onGroupListUpdated', listedGroups(world));
  const leave = async (groupID: string) => {
    world.groups.delete(groupID);
    groupsChanged();
    return ok({ groupID });
  };
  return {
    getGroupList: async () => ok({ groupList: listedGroups(world) }),
    getGroupProfile: async ({ groupID }) => {
      const group = world.groups.get(groupID);
      if (group === undefined) throw failure('No such group', 10010);
      return ok({ group: { ...group, memberCount: world.members.get(groupID)?.length ?? 0 } });
    },
    createGroup: async ({ name, type, memberList = [], isSupportTopic = false }) => {
      const groupID = `@TGS#${isSupportTopic ? '_' : ''}${world.nextNumber()}`;
      world.members.set(groupID, [world.me, ...memberList.map(({ userID }) => userID)]);
      const group = newGroup(world, { groupID, name, type, ownerID: world.me, isSupportTopic });
      world.groups.set(groupID, group);
      world.messages.set(`GROUP${groupID}`, []);
      groupsChanged();
      world.listChanged();
      return ok({ group });
    },
    joinGroup: async ({ groupID }) => {
      if (!world.groups.has(groupID)) throw failure('No such group', 10010);
      return ok({ status: 'JoinedSuccess' });
    },
    getGroupOnlineMemberCount: async (groupID) =>
      ok({ memberCount: world.members.get(groupID)?.length ?? 0 }),
    quitGroup: leave,
    dismissGroup: leave,
    getGroupMemberList: async ({ groupID, count, offset }) => {
      world.calls.push(`members ${groupID}`);
      const userIDs = (world.members.get(groupID) ?? []).slice(offset, offset + count);
      const owner = world.groups.get(groupID)?.ownerID;
      return ok({
        memberList: userIDs.map((userID) => ({
          ...profileOf(world, userID),
          nameCard: '',
          muteUntil: 0,
          role:
            userID === owner ? 'Owner' : world.admins.get(groupID)?.has(userID) === true ? 'Admin' : 'Member',
        })),
      });
    },
    addGroupMember: async ({ groupID, userIDList }) => {
      world.members.set(groupID, [...new Set([...(world.members.get(groupID) ?? []), ...userIDList])]);
      return ok({ successUserIDList: userIDList, failureUserIDList: [], existedUserIDList: [] });
    },
    deleteGroupMember: async ({ groupID, userIDList }) => {
      world.members.set(
        groupID,
        (world.members.get(groupID) ?? []).filter((id) => !userIDList.includes(id)),
      );
      return ok({ userIDList });
    },
  };
}

function profileMethods(
  world: InMemoryWorld,
): Pick<Tim, 'getMyProfile' | 'updateMyProfile' | 'getUserProfile' | 'uploadFile'> {
  return {
    // The file is its own address: nothing keeps it.
    uploadFile: async ({ file }) => {
      world.calls.push(`upload ${file.name}`);
      const bytes = new Uint8Array(await file.arrayBuffer());
      return ok({ url: `data:${file.type};base64,${btoa(String.fromCharCode(...bytes))}` });
    },
    getMyProfile: async () => ok(profileOf(world, world.me)),
    updateMyProfile: async (change) => {
      const profile = { ...profileOf(world, world.me), ...change };
      world.profiles.set(world.me, profile);
      return ok(profile);
    },
    getUserProfile: async ({ userIDList }) => {
      world.calls.push(`profiles ${userIDList.join(' ')}`);
      return ok(userIDList.flatMap((userID) => world.profiles.get(userID) ?? []));
    },
  };
}

function deliver(world: InMemoryWorld, conversationID: string, from: string, text: string): TimMessage {
  const message = world.write(conversationID, from, text, world.nowSeconds());
  world.keep(message);
  if (message.flow === 'in') world.unread.set(conversationID, (world.unread.get(conversationID) ?? 0) + 1);
  world.emit('onMessageReceived', [message]);
  changed(world, conversationID);
  return message;
}

/** What was said in a topic is told of that, elsewhere of the list. */
function changed(world: InMemoryWorld, conversationID: string): void {
  const groupID = communityOf(conversationID);
  const topic = groupID === undefined ? undefined : topicOf(world, conversationID.slice('GROUP'.length));
  if (groupID === undefined || topic === undefined) world.listChanged();
  else world.emit('onTopicUpdated', { groupID, topic });
}

/** At the design page, a message that begins with a slash is an order to the stand-in. */
function obey(controls: InMemoryControls, order: string): void {
  if (order === '/offline') controls.emit('netStateChange', { state: 'disconnected' });
  if (order === '/connecting') controls.emit('netStateChange', { state: 'connecting' });
  if (order === '/online') controls.emit('netStateChange', { state: 'connected' });
  if (order === '/error') controls.emit('error', { code: 2800, message: 'The network is down' });
  if (order === '/fail') controls.sending.mode = 'fail';
  if (order === '/hold') controls.sending.mode = 'hold';
  if (order.startsWith('/kick ')) controls.emit('kickedOut', { type: order.slice('/kick '.length) });
  if (order.startsWith('/say ')) controls.deliver('C2Cbob', 'bob', order.slice('/say '.length));
}

function textOf({ payload }: TimMessage): string {
  return typeof payload === 'object' && payload !== null && 'text' in payload ? String(payload.text) : '';
}

const designPages = new Map<number, InMemoryTim>();

const TIM: TimModule = {
  EVENT,
  create: ({ SDKAppID }) => {
    const tim = designPages.get(SDKAppID) ?? createInMemoryTim(DESIGN);
    designPages.set(SDKAppID, tim);
    return tim;
  },
};

// The published package's own face is a default export.
export default TIM;
