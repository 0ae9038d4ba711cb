import { ImError } from '../errors.ts';
import { homeOf, isTopic, KEPT, mergeLocks, part, TOPIC_INFIX, unpart, userScope } from '../keys.ts';
import { remembered } from '../remembered.ts';
import type { Locks } from '../transaction/transaction.ts';

/** The conversation that holds a user's system notices; also its public ID. */
export const SYSTEM_CONVERSATION = '@TIM#SYSTEM';

/** A conversation as one user names it. A topic is a group's conversation beside the group's own. */
export type ConversationRef =
  | { kind: 'c2c'; peer: string }
  | { kind: 'group'; groupID: string; topicID?: string }
  | { kind: 'system' };

/** Parses a public conversation ID. By prefix only: the rest may hold anything printable. */
export function parseConversationID(conversationID: string): ConversationRef {
  if (conversationID === SYSTEM_CONVERSATION) return { kind: 'system' };
  if (conversationID.startsWith('C2C') && conversationID.length > 3)
    return { kind: 'c2c', peer: conversationID.slice(3) };
  if (conversationID.startsWith('GROUP') && conversationID.length > 5) {
    const groupID = conversationID.slice(5);
    if (!isTopic(conversationID)) return { kind: 'group', groupID };
    return { kind: 'group', groupID: groupID.slice(0, groupID.indexOf(TOPIC_INFIX)), topicID: groupID };
  }
  throw new ImError('conversationTypeInvalid', conversationID);
}

/** The log of a conversation as `userID` sees it. A one-to-one conversation is one log, under the ordered pair. */
export function conversationLog(app: number, userID: string, ref: ConversationRef): string {
  switch (ref.kind) {
    case 'c2c':
      return c2cLog(app, userID, ref.peer);
    case 'group':
      return ref.topicID === undefined ? groupLog(app, ref.groupID) : topicLog(app, ref.topicID);
    case 'system':
      return systemLog(app, userID);
  }
}

/**
 * What whoever writes into a conversation as `userID` locks. A topic's community is shared: its members write into their topics
 * side by side, and none of them comes, goes or is muted meanwhile.
 */
export function writeLocks(
  app: number,
  userID: string,
  ref: ConversationRef,
  others: { exclusive?: readonly string[]; shared?: readonly string[] } = {},
): Locks {
  const log = conversationLog(app, userID, ref);
  const users = [userScope(app, userID), ...(ref.kind === 'c2c' ? [userScope(app, ref.peer)] : [])];
  const shared = [homeOf(log), ...users, ...(others.shared ?? [])];
  return mergeLocks([log, ...(others.exclusive ?? [])], shared);
}

export function c2cLog(app: number, one: string, other: string): string {
  const [first, second] = one < other ? [one, other] : [other, one];
  return c2cLogs(app)(first)(second);
}

const c2cLogs = remembered(KEPT.apps, (app: number) =>
  remembered(KEPT.users, (first: string) =>
    remembered(KEPT.ofUser, (second: string) => `c/${app}/p:${part(first)}:${part(second)}`),
  ),
);

export const groupLog = (app: number, groupID: string): string => `c/${app}/g:${part(groupID)}`;

/** The log of a topic, whose ID names its community. */
export function topicLog(app: number, topicID: string): string {
  const [groupID = '', ...rest] = topicID.split(TOPIC_INFIX);
  return `c/${app}/t:${part(groupID)}:${part(rest.join(TOPIC_INFIX))}`;
}

/** System notices are the user's own, so their log lies in the user's scope. */
export const systemLog = (app: number, userID: string): string => `${userScope(app, userID)}/system`;

/** What a log's name says. */
export type LogRef =
  | { kind: 'c2c'; app: number; users: [string, string] }
  | { kind: 'group'; app: number; groupID: string; topicID?: string }
  | { kind: 'system'; app: number; userID: string }
  | { kind: 'inbox'; app: number; userID: string };

/** Parses a log's name; names are only ever made by this module and `inboxLog`. */
export function parseLog(log: string): LogRef {
  const [scope, appText, owner, rest] = log.split('/');
  const app = Number(appText);
  if (scope === 'u' && owner !== undefined) {
    return { kind: rest === 'system' ? 'system' : 'inbox', app, userID: unpart(owner) };
  }
  const [form, first, second] = (owner ?? '').split(':');
  if (form === 'p' && first !== undefined && second !== undefined) {
    return { kind: 'c2c', app, users: [unpart(first), unpart(second)] };
  }
  if (form === 'g' && first !== undefined) return { kind: 'group', app, groupID: unpart(first) };
  if (form === 't' && first !== undefined && second !== undefined) {
    const groupID = unpart(first);
    return { kind: 'group', app, groupID, topicID: `${groupID}${TOPIC_INFIX}${unpart(second)}` };
  }
  throw new ImError('internal', `not a log: ${log}`);
}

/** The public ID under which `reader` knows the conversation of a log. */
export function publicID(ref: Exclude<LogRef, { kind: 'inbox' }>, reader: string): string {
  switch (ref.kind) {
    case 'c2c':
      return `C2C${ref.users[0] === reader ? ref.users[1] : ref.users[0]}`;
    case 'group':
      return `GROUP${ref.topicID ?? ref.groupID}`;
    case 'system':
      return SYSTEM_CONVERSATION;
  }
}
