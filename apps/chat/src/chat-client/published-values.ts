import type { ConversationType, GroupRole, GroupType, JoinOption, MessageType } from 'tim-js-sdk';

/** Values of the published API that this app compares with. They are the wire's spelling and never change. */
export const MESSAGE_TYPE = {
  text: 'TIMTextElem',
  image: 'TIMImageElem',
  audio: 'TIMSoundElem',
  video: 'TIMVideoFileElem',
  file: 'TIMFileElem',
  face: 'TIMFaceElem',
  location: 'TIMLocationElem',
  custom: 'TIMCustomElem',
  merger: 'TIMRelayElem',
  tip: 'TIMGroupTipElem',
  notice: 'TIMGroupSystemNoticeElem',
} as const satisfies Record<string, MessageType>;

export const CONVERSATION_TYPE = {
  c2c: 'C2C',
  group: 'GROUP',
  system: '@TIM#SYSTEM',
} as const satisfies Record<string, ConversationType>;

export const GROUP_TYPE = {
  work: 'Private',
  public: 'Public',
  meeting: 'ChatRoom',
  liveRoom: 'AVChatRoom',
  community: 'Community',
} as const satisfies Record<string, GroupType>;

export const ROLE = { owner: 'Owner', admin: 'Admin', member: 'Member' } as const satisfies Record<
  string,
  GroupRole
>;

export const NOTIFY = 'AcceptAndNotify' as const;
export const SILENT = 'AcceptNotNotify' as const;
/** Marks are bit flags: this one is of conversations to come back to. */
export const UNREAD_MARK = 2;

/** Who may join by the group's ID. */
export const JOIN_OPTION = {
  free: 'FreeAccess',
  approval: 'NeedPermission',
  closed: 'DisableApply',
} as const satisfies Record<string, JoinOption>;

/** Stands for everybody in the list of those a message names. */
export const EVERYBODY = '__kImSDK_MesssageAtALL__';

export const JOIN_STATUS = {
  joined: 'JoinedSuccess',
  already: 'AlreadyInGroup',
  waiting: 'WaitAdminApproval',
} as const;

/** A conversation ID is a prefix and an ID that may hold any printable character: cut, never split. */
export function conversationIDOf(kind: 'c2c' | 'group', id: string): string {
  return `${kind === 'c2c' ? CONVERSATION_TYPE.c2c : CONVERSATION_TYPE.group}${id}`;
}

/** Between a community's ID and what tells its topics apart. */
const TOPIC = '@TOPIC#_';

/** The community whose topic a group's ID, or a conversation's, is of. */
export function communityOf(id: string): string | undefined {
  const end = id.lastIndexOf(TOPIC);
  if (end === -1) return undefined;
  const start = id.startsWith(CONVERSATION_TYPE.group) ? CONVERSATION_TYPE.group.length : 0;
  return id.slice(start, end);
}

/** A userID as published: 1 to 32 bytes of printable ASCII. */
export function isUserID(text: string): boolean {
  return /^[\x20-\x7e]{1,32}$/u.test(text) && text.trim() === text;
}

/** The notices' own, or a prefix with an ID behind it. */
export function isConversationID(text: string): boolean {
  return text === CONVERSATION_TYPE.system || (targetOf(text).kind !== 'system' && targetOf(text).id !== '');
}

export type Target =
  | { kind: 'c2c'; id: string }
  | { kind: 'group'; id: string }
  | { kind: 'system'; id: string };

export function targetOf(conversationID: string): Target {
  if (conversationID.startsWith(CONVERSATION_TYPE.group)) {
    return { kind: 'group', id: conversationID.slice(CONVERSATION_TYPE.group.length) };
  }
  if (conversationID.startsWith(CONVERSATION_TYPE.c2c)) {
    return { kind: 'c2c', id: conversationID.slice(CONVERSATION_TYPE.c2c.length) };
  }
  return { kind: 'system', id: conversationID };
}

/** What a message needs to find its way. In groups its sender learns who has read it. */
export function addressOf(conversationID: string): {
  to: string;
  conversationType: ConversationType;
  needReadReceipt: boolean;
} {
  const { kind, id } = targetOf(conversationID);
  const conversationType = kind === 'group' ? CONVERSATION_TYPE.group : CONVERSATION_TYPE.c2c;
  return { to: id, conversationType, needReadReceipt: kind === 'group' };
}
