import { ImError } from '../errors.ts';
import { KEPT, part, unpart, userScope } from '../keys.ts';
import { remembered } from '../remembered.ts';

/** The conversation that holds a user's system notices; also its public ID. */
export const SYSTEM_CONVERSATION = '@TIM#SYSTEM';

/** A conversation as one user names it. */
export type ConversationRef =
  | { kind: 'c2c'; peer: string }
  | { kind: 'group'; groupID: string }
  | { kind: 'system' };

/** Parses a public conversation ID. By prefix only: the rest may hold anything printable. */
export function parseConversationID(conversationID: string): ConversationRef {
  if (conversationID === SYSTEM_CONVERSATION) return { kind: 'system' };
  if (conversationID.startsWith('C2C') && conversationID.length > 3)
    return { kind: 'c2c', peer: conversationID.slice(3) };
  if (conversationID.startsWith('GROUP') && conversationID.length > 5) {
    return { kind: 'group', groupID: conversationID.slice(5) };
  }
  throw new ImError('conversationTypeInvalid', conversationID);
}

/** The log of a conversation as `userID` sees it. A one-to-one conversation is one log, under the ordered pair. */
export function conversationLog(app: number, userID: string, ref: ConversationRef): string {
  switch (ref.kind) {
    case 'c2c':
      return c2cLog(app, userID, ref.peer);
    case 'group':
      return groupLog(app, ref.groupID);
    case 'system':
      return systemLog(app, userID);
  }
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

/** System notices are the user's own, so their log lies in the user's scope. */
export const systemLog = (app: number, userID: string): string => `${userScope(app, userID)}/system`;

/** What a log's name says. */
export type LogRef =
  | { kind: 'c2c'; app: number; users: [string, string] }
  | { kind: 'group'; app: number; groupID: string }
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
  throw new ImError('internal', `not a log: ${log}`);
}

/** The public ID under which `reader` knows the conversation of a log. */
export function publicID(ref: Exclude<LogRef, { kind: 'inbox' }>, reader: string): string {
  switch (ref.kind) {
    case 'c2c':
      return `C2C${ref.users[0] === reader ? ref.users[1] : ref.users[0]}`;
    case 'group':
      return `GROUP${ref.groupID}`;
    case 'system':
      return SYSTEM_CONVERSATION;
  }
}
