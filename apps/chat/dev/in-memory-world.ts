import type { TimConversation, TimGroup, TimMessage, TimProfile } from '../src/chat-client/tim.ts';
import type { TimEventData, TimEventNames } from '../src/chat-client/tim-events.ts';
import type { TimTopic } from '../src/chat-client/tim-topics.ts';
import { communityOf, SILENT, UNREAD_MARK } from '../src/chat-client/published-values.ts';
import { DEMO_PEOPLE, type Line } from './demo-world.ts';
import { plainMessage } from './plain-message.ts';

/** What the stand-in begins with. */
export interface Beginning {
  userID: string;
  nowSeconds(): number;
  histories: Readonly<Record<string, readonly Line[]>>;
  unread: Readonly<Record<string, number>>;
  groups: readonly { groupID: string; name: string; ownerID: string; userIDs: readonly string[] }[];
  friends?: readonly string[];
  friendRequests?: Readonly<Record<string, string>>;
}

export const EVENT: TimEventNames = {
  SDK_READY: 'sdkStateReady',
  SDK_NOT_READY: 'sdkStateNotReady',
  SDK_RELOAD: 'sdkReload',
  MESSAGE_RECEIVED: 'onMessageReceived',
  MESSAGE_REVOKED: 'onMessageRevoked',
  MESSAGE_MODIFIED: 'onMessageModified',
  MESSAGE_READ_BY_PEER: 'onMessageReadByPeer',
  MESSAGE_READ_RECEIPT_RECEIVED: 'onMessageReadReceiptReceived',
  MESSAGE_REACTIONS_UPDATED: 'onMessageReactionsUpdated',
  PINNED_GROUP_MESSAGE_UPDATED: 'onPinnedGroupMessageUpdated',
  TOPIC_CREATED: 'onTopicCreated',
  TOPIC_DELETED: 'onTopicDeleted',
  TOPIC_UPDATED: 'onTopicUpdated',
  CONVERSATION_LIST_UPDATED: 'onConversationListUpdated',
  GROUP_LIST_UPDATED: 'onGroupListUpdated',
  PROFILE_UPDATED: 'onProfileUpdated',
  FRIEND_LIST_UPDATED: 'onFriendListUpdated',
  FRIEND_GROUP_LIST_UPDATED: 'onFriendGroupListUpdated',
  FRIEND_APPLICATION_LIST_UPDATED: 'onFriendApplicationListUpdated',
  BLACKLIST_UPDATED: 'blacklistUpdated',
  MY_FOLLOWING_LIST_UPDATED: 'onMyFollowingListUpdated',
  MY_FOLLOWERS_LIST_UPDATED: 'onMyFollowersListUpdated',
  USER_STATUS_UPDATED: 'onUserStatusUpdated',
  KICKED_OUT: 'kickedOut',
  ERROR: 'error',
  NET_STATE_CHANGE: 'netStateChange',
};

type Handlers = {
  [Name in keyof TimEventData]: Set<(event: { name: string; data: TimEventData[Name] }) => void>;
};

/** The server and the SDK's memory in one: plain maps, and what follows from changing them. */
export interface InMemoryWorld {
  me: string;
  calls: string[];
  handlers: Handlers;
  messages: Map<string, TimMessage[]>;
  unread: Map<string, number>;
  profiles: Map<string, TimProfile>;
  groups: Map<string, TimGroup>;
  members: Map<string, string[]>;
  /** By their IDs: what a community's topics are called, and say of themselves. */
  topics: Map<string, Pick<TimTopic, 'topicName' | 'introduction' | 'muteAllMembers'>>;
  admins: Map<string, Set<string>>;
  /** By message ID: who reacted, in which way. */
  reactions: Map<string, Map<string, string[]>>;
  pinned: Map<string, TimMessage[]>;
  /** Conversations on top, muted, and marked as unread. */
  onTop: Set<string>;
  muted: Set<string>;
  marked: Set<string>;
  friends: Map<string, { remark: string; groupList: string[] }>;
  friendGroups: string[];
  /** Who would like to be a friend, and what they say. */
  friendRequests: Map<string, string>;
  blocked: Set<string>;
  nowSeconds(): number;
  nextNumber(): number;
  emit<Name extends keyof TimEventData>(name: Name, data: TimEventData[Name]): void;
  write(conversationID: string, from: string, text: string, time: number): TimMessage;
  keep(message: TimMessage): void;
  conversationList(): TimConversation[];
  listChanged(): void;
}

export function createInMemoryWorld(beginning: Beginning): InMemoryWorld {
  let lastNumber = 0;
  const world: InMemoryWorld = {
    me: beginning.userID,
    calls: [],
    handlers: noHandlers(),
    messages: new Map(),
    unread: new Map(Object.entries(beginning.unread)),
    profiles: new Map(DEMO_PEOPLE.map((person) => [person.userID, { ...person, selfSignature: '' }])),
    groups: new Map(),
    members: new Map(),
    topics: new Map(),
    admins: new Map(),
    reactions: new Map(),
    pinned: new Map(),
    onTop: new Set(),
    muted: new Set(),
    marked: new Set(),
    friends: new Map(beginning.friends?.map((userID) => [userID, { remark: '', groupList: [] }])),
    friendGroups: [],
    friendRequests: new Map(Object.entries(beginning.friendRequests ?? {})),
    blocked: new Set(),
    nowSeconds: beginning.nowSeconds,
    nextNumber: () => {
      lastNumber += 1;
      return lastNumber;
    },
    emit: (name, data) => {
      for (const handler of [...world.handlers[name]]) handler({ name, data });
    },
    write: (conversationID, from, text, time) => newMessage(world, { conversationID, from, text, time }),
    keep: (message) => {
      world.messages.set(message.conversationID, [
        ...(world.messages.get(message.conversationID) ?? []),
        message,
      ]);
    },
    conversationList: () =>
      [...world.messages.keys()]
        .filter((conversationID) => !isInTopics(world, conversationID))
        .map((conversationID) => conversationOf(world, conversationID))
        .toSorted((a, b) => b.lastMessage.lastTime - a.lastMessage.lastTime),
    listChanged: () => world.emit('onConversationListUpdated', world.conversationList()),
  };
  for (const { groupID, name, ownerID, userIDs } of beginning.groups) {
    world.members.set(groupID, [...userIDs]);
    world.groups.set(groupID, newGroup(world, { groupID, name, type: 'Private', ownerID }));
  }
  for (const [conversationID, lines] of Object.entries(beginning.histories)) {
    for (const [minutesAgo, from, text] of lines) {
      world.keep(world.write(conversationID, from, text, world.nowSeconds() - minutesAgo * 60));
    }
  }
  return world;
}

/** A community with topics, or one of those. */
function isInTopics({ groups }: InMemoryWorld, conversationID: string): boolean {
  const groupID = communityOf(conversationID) ?? conversationID.slice('GROUP'.length);
  return groups.get(groupID)?.isSupportTopic === true;
}

export const listedGroups = ({ groups }: InMemoryWorld, areCommunities = false): TimGroup[] =>
  [...groups.values()].filter(({ isSupportTopic }) => isSupportTopic === areCommunities);

export function newGroup(
  world: InMemoryWorld,
  group: { groupID: string; name: string; type: string; ownerID: string; isSupportTopic?: boolean },
): TimGroup {
  return {
    isSupportTopic: false,
    ...group,
    avatar: '',
    introduction: '',
    notification: '',
    joinOption: 'FreeAccess',
    memberCount: world.members.get(group.groupID)?.length ?? 1,
    muteAllMembers: false,
    selfInfo: { role: group.ownerID === world.me ? 'Owner' : 'Member', nameCard: '' },
  };
}

export function profileOf(world: InMemoryWorld, userID: string): TimProfile {
  return world.profiles.get(userID) ?? { userID, nick: '', avatar: '', selfSignature: '' };
}

function newMessage(
  world: InMemoryWorld,
  { conversationID, from, text, time }: { conversationID: string; from: string; text: string; time: number },
): TimMessage {
  const number = world.nextNumber();
  const mine = from === world.me;
  return plainMessage({
    ID: `m${number}`,
    payload: { text },
    conversationID,
    from,
    flow: mine ? 'out' : 'in',
    time,
    isPeerRead: mine && conversationID.startsWith('C2C'),
    nick: profileOf(world, from).nick,
    sequence: number,
    random: number,
  });
}

export function conversationOf(world: InMemoryWorld, conversationID: string): TimConversation {
  const last = world.messages.get(conversationID)?.at(-1);
  const isGroup = conversationID.startsWith('GROUP');
  const id = conversationID.slice(isGroup ? 5 : 3);
  return {
    conversationID,
    type: isGroup ? 'GROUP' : 'C2C',
    unreadCount: world.unread.get(conversationID) ?? 0,
    lastMessage: {
      lastTime: last?.time ?? 0,
      fromAccount: last?.from ?? '',
      messageForShow: '',
      type: last?.type ?? '',
      payload: last?.payload ?? {},
      isRevoked: last?.isRevoked ?? false,
    },
    ...(isGroup
      ? { groupProfile: { groupID: id, name: world.groups.get(id)?.name ?? id, avatar: '' } }
      : { userProfile: profileOf(world, id) }),
    groupAtInfoList: [],
    markList: world.marked.has(conversationID) ? [UNREAD_MARK] : [],
    remark: '',
    isPinned: world.onTop.has(conversationID),
    messageRemindType: world.muted.has(conversationID) ? SILENT : '',
  };
}

function noHandlers(): Handlers {
  return {
    sdkStateReady: new Set(),
    sdkStateNotReady: new Set(),
    sdkReload: new Set(),
    onMessageReceived: new Set(),
    onMessageRevoked: new Set(),
    onMessageModified: new Set(),
    onMessageReadByPeer: new Set(),
    onMessageReadReceiptReceived: new Set(),
    onMessageReactionsUpdated: new Set(),
    onPinnedGroupMessageUpdated: new Set(),
    onTopicCreated: new Set(),
    onTopicDeleted: new Set(),
    onTopicUpdated: new Set(),
    onConversationListUpdated: new Set(),
    onGroupListUpdated: new Set(),
    onProfileUpdated: new Set(),
    onFriendListUpdated: new Set(),
    onFriendGroupListUpdated: new Set(),
    onFriendApplicationListUpdated: new Set(),
    blacklistUpdated: new Set(),
    onMyFollowingListUpdated: new Set(),
    onMyFollowersListUpdated: new Set(),
    onUserStatusUpdated: new Set(),
    kickedOut: new Set(),
    error: new Set(),
    netStateChange: new Set(),
  };
}
