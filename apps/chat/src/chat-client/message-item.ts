import { invitationTip } from './invitation.ts';
import { contentOf, type MessageContent } from './message-content.ts';
import { field, listField, numberField, stringField } from './payload-fields.ts';
import { MESSAGE_TYPE } from './published-values.ts';
import { type Quote, quoteOf } from './quote.ts';
import type { TimMessage } from './tim.ts';

export interface Failure {
  code: number;
  message: string;
}

export type MessageKind =
  | 'text'
  | 'image'
  | 'audio'
  | 'video'
  | 'file'
  | 'face'
  | 'location'
  | 'custom'
  | 'merger'
  | 'tip'
  | 'notice'
  | 'unknown';

export type Delivery = 'sending' | 'sent' | 'read' | 'failed' | 'received';

/** A group tip, a system notice or a step of an invitation: what happened, by whom, to whom. The words are made where it is shown. */
export interface Tip {
  source: 'group' | 'system' | 'invitation';
  operation: number;
  operatorID: string;
  userIDs: readonly string[];
  groupID: string;
  groupName: string;
  /** For how long those were muted, in seconds; 0 lets them speak again. Absent where it is about something else. */
  muteSeconds: number | undefined;
  /** Only what a group's profile change touched. */
  changes: Readonly<Record<string, string>>;
}

/** One message as it is shown: immutable, unlike the SDK's object, which changes in place. */
export interface MessageItem {
  /** Stays the same from the first "sending" to the end; the message's ID may not. */
  key: string;
  id: string;
  kind: MessageKind;
  text: string;
  /** What it says other than in words. */
  content: MessageContent | undefined;
  tip: Tip | undefined;
  /** The message that it answers. */
  quote: Quote | undefined;
  /** Those it names with an @. */
  mentions: readonly string[];
  from: string;
  senderName: string;
  senderAvatar: string;
  mine: boolean;
  timeMs: number;
  delivery: Delivery;
  recalled: boolean;
  /** Who took it back. */
  recalledBy: string;
  edited: boolean;
  /** Its sender wants to know who has read it, and I have not yet said that I did. */
  awaitsReceipt: boolean;
  /** I want to know who has read it. */
  countsReaders: boolean;
  sequence: number;
  /** Why it could not be sent, when it could not. */
  failure: Failure | undefined;
  conversationID: string;
  /** The SDK's own object, to hand back to it. What is shown comes from the fields above. */
  source: TimMessage;
}

const KIND_BY_TYPE: ReadonlyMap<string, MessageKind> = new Map([
  [MESSAGE_TYPE.text, 'text'],
  [MESSAGE_TYPE.image, 'image'],
  [MESSAGE_TYPE.audio, 'audio'],
  [MESSAGE_TYPE.video, 'video'],
  [MESSAGE_TYPE.file, 'file'],
  [MESSAGE_TYPE.face, 'face'],
  [MESSAGE_TYPE.location, 'location'],
  [MESSAGE_TYPE.custom, 'custom'],
  [MESSAGE_TYPE.merger, 'merger'],
  [MESSAGE_TYPE.tip, 'tip'],
  [MESSAGE_TYPE.notice, 'notice'],
]);

export function kindOf(type: string): MessageKind {
  return KIND_BY_TYPE.get(type) ?? 'unknown';
}

/** The words inside a payload, where it has any. */
export function textOf(type: string, payload: unknown): string {
  if (type === MESSAGE_TYPE.text) return stringField(payload, 'text');
  if (type === MESSAGE_TYPE.custom) return stringField(payload, 'description');
  return '';
}

export function tipOf(type: string, payload: unknown): Tip | undefined {
  if (type === MESSAGE_TYPE.custom) return invitationTip(payload);
  if (type !== MESSAGE_TYPE.tip && type !== MESSAGE_TYPE.notice) return undefined;
  const group = field(payload, 'groupProfile');
  return {
    source: type === MESSAGE_TYPE.tip ? 'group' : 'system',
    operation: numberField(payload, 'operationType'),
    operatorID: stringField(payload, 'operatorID'),
    userIDs: affectedUsers(payload),
    groupID: stringField(group, 'groupID') || stringField(group, 'to'),
    groupName: stringField(group, 'groupName') || stringField(group, 'name'),
    muteSeconds: muteSecondsOf(payload),
    changes: changesOf(field(payload, 'newGroupProfile')),
  };
}

export function toMessageItem(message: TimMessage, key: string, failure?: Failure): MessageItem {
  const tip = tipOf(message.type, message.payload);
  return {
    key,
    id: message.ID,
    kind: tip?.source === 'invitation' ? 'tip' : kindOf(message.type),
    text: textOf(message.type, message.payload),
    content: contentOf(message.type, message.payload),
    tip,
    quote: quoteOf(message.cloudCustomData),
    mentions: message.atUserList,
    from: message.from,
    senderName: message.nameCard || message.nick,
    senderAvatar: message.avatar,
    mine: message.flow === 'out',
    timeMs: message.time * 1000,
    delivery: deliveryOf(message),
    recalled: message.isRevoked,
    recalledBy: message.revoker,
    edited: message.isModified,
    awaitsReceipt: message.flow === 'in' && message.needReadReceipt && !message.isRead,
    countsReaders: message.flow === 'out' && message.needReadReceipt && message.status === 'success',
    sequence: message.sequence,
    failure,
    conversationID: message.conversationID,
    source: message,
  };
}

function deliveryOf(message: TimMessage): Delivery {
  if (message.flow !== 'out') return 'received';
  if (message.status === 'unSend') return 'sending';
  if (message.status === 'fail') return 'failed';
  return message.isPeerRead ? 'read' : 'sent';
}

function affectedUsers(payload: unknown): string[] {
  const listed = field(payload, 'userIDList');
  if (Array.isArray(listed) && listed.length > 0) return listed.filter((id) => typeof id === 'string');
  const members = field(payload, 'memberList');
  if (Array.isArray(members) && members.length > 0) {
    return members.map((member) => stringField(member, 'userID')).filter((id) => id !== '');
  }
  const applicant = stringField(payload, 'applicant');
  return applicant === '' ? [] : [applicant];
}

function muteSecondsOf(payload: unknown): number | undefined {
  const seconds = field(listField(payload, 'memberList')[0], 'muteTime');
  return typeof seconds === 'number' ? seconds : undefined;
}

function changesOf(profile: unknown): Record<string, string> {
  if (typeof profile !== 'object' || profile === null) return {};
  const changes: Record<string, string> = {};
  for (const [name, value] of Object.entries(profile)) {
    if (typeof value === 'string' || typeof value === 'boolean') changes[name] = String(value);
  }
  return changes;
}
