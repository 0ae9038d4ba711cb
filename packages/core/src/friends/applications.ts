import { LIMITS, type RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { ImError } from '../errors.ts';
import { keys, mergeLocks, userScope } from '../keys.ts';
import { appendInbox } from '../logs/append.ts';
import { decode, type FriendApplication, toJson } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision, Transaction } from '../transaction/transaction.ts';
import { friendIn, type FriendList, putFriend, requireRoom, tellFriends } from './friendship.ts';
import { requireWords } from './require-words.ts';

/** Two users of whom one applied to the other; both scopes must be locked. */
interface Pair {
  tx: Transaction;
  app: number;
  applicant: string;
  asked: string;
}

const sides = ({ app, applicant, asked }: Pair) => [
  { owner: asked, key: keys.friendApplication(app, asked, { kind: 'in', peer: applicant }) },
  { owner: applicant, key: keys.friendApplication(app, applicant, { kind: 'out', peer: asked }) },
];

/** The wish as the one who is asked has it. */
export function applicationOf({ tx, app, applicant, asked }: Pair): FriendApplication | undefined {
  const key = keys.friendApplication(app, asked, { kind: 'in', peer: applicant });
  return decode.friendApplication(tx.get(key));
}

/** Leaves the wish with both. One that waits already is renewed, and unread again. */
export function leaveApplication(pair: Pair, application: FriendApplication): void {
  const { tx, app } = pair;
  for (const { owner, key } of sides(pair)) {
    if (tx.get(key) === undefined) requireRoomForApplication(tx, app, owner);
    tx.set(key, toJson(application));
    appendInbox(tx, app, owner, { t: 'friendApplications' });
  }
}

/** Each side bounds those that came and those that were sent together. */
function requireRoomForApplication(tx: Transaction, app: number, owner: string): void {
  const waiting = tx.scan({ prefix: keys.friendApplications(app, owner), limit: LIMITS.friendApplications });
  if (waiting.length >= LIMITS.friendApplications) throw new ImError('tooManyFriendApplications', owner);
}

/** It is answered, or void: it goes on both sides. */
export function clearApplication(pair: Pair): void {
  const { tx, app } = pair;
  for (const { owner, key } of sides(pair)) {
    if (tx.get(key) === undefined) continue;
    tx.delete(key);
    appendInbox(tx, app, owner, { t: 'friendApplications' });
  }
}

export interface AnswerBody {
  actor: Actor;
  request: RequestOf<'friendApplication.answer'>;
  nowMs: number;
}

/** The one who was asked says yes or no. Whoever answers second finds nothing to answer. */
export const answerApplication: Decision<AnswerBody, Record<string, never>> = {
  locks: ({ actor, request }) =>
    mergeLocks([userScope(actor.app, actor.userID), userScope(actor.app, request.userID)]),

  decide(tx, { actor, request, nowMs }) {
    requireSession(tx, actor);
    requireWords(request);
    const { app, userID } = actor;
    const { userID: applicant, answer } = request;
    const pair = { tx, app, applicant, asked: userID };
    const application = applicationOf(pair);
    if (application === undefined) throw new ImError('friendApplicationNotFound', applicant);
    clearApplication(pair);
    if (answer === 'refuse') return {};
    const { isRead: _seen, ...facts } = application;
    const theirs: FriendList = { tx, app, owner: applicant };
    if (friendIn(theirs, userID) === undefined) requireRoom(theirs, 'peerFriendListFull');
    putFriend(theirs, userID, { ...facts, timeMs: nowMs });
    tellFriends(theirs, [userID]);
    if (answer === 'acceptAndAdd') addBack(tx, { actor, request, nowMs }, application);
    return {};
  },
};

function addBack(tx: Transaction, { actor, request, nowMs }: AnswerBody, given: FriendApplication): void {
  const mine: FriendList = { tx, app: actor.app, owner: actor.userID };
  const { userID: applicant, remark, groupName } = request;
  if (friendIn(mine, applicant) === undefined) requireRoom(mine, 'friendListFull');
  putFriend(mine, applicant, {
    timeMs: nowMs,
    source: given.source,
    wording: given.wording,
    ...(remark !== undefined && { remark }),
    ...(groupName !== undefined && { groupName }),
  });
  tellFriends(mine, [applicant]);
}

export interface DeleteApplicationBody {
  actor: Actor;
  userID: string;
  kind: 'in' | 'out';
}

/** Forgets an application on the actor's side; the other side keeps its own. */
export const deleteApplication: Decision<DeleteApplicationBody, Record<string, never>> = {
  locks: ({ actor }) => mergeLocks([userScope(actor.app, actor.userID)]),

  decide(tx, { actor, userID: peer, kind }) {
    requireSession(tx, actor);
    const { app, userID } = actor;
    const key = keys.friendApplication(app, userID, { kind, peer });
    if (tx.get(key) === undefined) throw new ImError('friendApplicationNotFound', peer);
    tx.delete(key);
    appendInbox(tx, app, userID, { t: 'friendApplications' });
    return {};
  },
};

/** All that came is seen. */
export const readApplications: Decision<{ actor: Actor }, Record<string, never>> = {
  locks: ({ actor }) => mergeLocks([userScope(actor.app, actor.userID)]),

  decide(tx, { actor }) {
    requireSession(tx, actor);
    const { app, userID } = actor;
    const prefix = keys.friendApplications(app, userID);
    let changed = false;
    for (const [key, value] of tx.scan({ prefix, limit: LIMITS.friendApplications })) {
      const application = decode.friendApplication(value);
      if (application === undefined || application.isRead) continue;
      tx.set(key, toJson({ ...application, isRead: true }));
      changed = true;
    }
    if (changed) appendInbox(tx, app, userID, { t: 'friendApplications' });
    return {};
  },
};
