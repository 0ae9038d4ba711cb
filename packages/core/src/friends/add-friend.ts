import type { RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { isBlockedBy } from '../blacklist/blocked.ts';
import { ImError } from '../errors.ts';
import { given } from '../given.ts';
import { mergeLocks, userScope } from '../keys.ts';
import { type FriendApplication, load } from '../records.ts';
import { requireSession } from '../sessions/require-session.ts';
import type { Decision, Transaction } from '../transaction/transaction.ts';
import { applicationOf, clearApplication, leaveApplication } from './applications.ts';
import {
  friendIn,
  type FriendList,
  putFriend,
  renoteFriend,
  requireRoom,
  tellFriends,
} from './friendship.ts';
import { requireWords } from './require-words.ts';

export interface AddFriendBody {
  actor: Actor;
  request: RequestOf<'friend.add'>;
  nowMs: number;
}

/** Published: the request is delivered and waits for approval. No failure. */
const PENDING = 30539;
const SOURCE = /^AddSource_Type_[A-Za-z]{1,8}$/;

/**
 * Makes a friend, or asks to. Who has the actor as a friend, or has asked first, need not be asked; of two who ask each other at
 * once the second makes them friends.
 */
export const addFriend: Decision<AddFriendBody, { code: 0 | typeof PENDING }> = {
  locks: ({ actor, request }) =>
    mergeLocks([userScope(actor.app, actor.userID), userScope(actor.app, request.userID)]),

  decide(tx, { actor, request, nowMs }) {
    requireSession(tx, actor);
    const { app, userID } = actor;
    const { userID: friendID, both, source, wording = '', remark, groupName } = request;
    requireAddable(tx, actor, friendID, source);
    requireWords(request);
    const [mine, theirs]: FriendList[] = [userID, friendID].map((owner) => ({ tx, app, owner }));
    if (mine === undefined || theirs === undefined) throw new ImError('internal');
    const [isMine, isTheirs] = [
      friendIn(mine, friendID) !== undefined,
      friendIn(theirs, userID) !== undefined,
    ];
    // Who is in my list already gets what I now note about them.
    if (isMine && renoteFriend(mine, friendID, { remark, groupName })) tellFriends(mine, [friendID]);
    if (isMine && (isTheirs || !both)) return { code: 0 };

    const facts = factsOf(tx, { actor, request, nowMs });
    const counterpart = applicationOf({ tx, app, applicant: friendID, asked: userID });
    if (!isTheirs && counterpart === undefined && mustAsk(tx, app, friendID)) {
      leaveApplication({ tx, app, applicant: userID, asked: friendID }, facts);
      return { code: PENDING };
    }
    if (!isMine) take(mine, friendID, facts, 'friendListFull');
    if (!isTheirs && (both || counterpart !== undefined)) {
      const { isRead: _seen, ...wished } = counterpart ?? { source, wording };
      take(theirs, userID, { ...wished, timeMs: nowMs }, 'peerFriendListFull');
    }
    clearApplication({ tx, app, applicant: userID, asked: friendID });
    clearApplication({ tx, app, applicant: friendID, asked: userID });
    return { code: 0 };
  },
};

/** What is noted of the new friend. Whoever asks again keeps what they noted when they asked first. */
function factsOf(tx: Transaction, { actor, request, nowMs }: AddFriendBody): FriendApplication {
  const { userID, source, wording = '' } = request;
  const before = applicationOf({ tx, app: actor.app, applicant: actor.userID, asked: userID });
  const { remark = before?.remark, groupName = before?.groupName } = request;
  return { timeMs: nowMs, source, wording, ...given({ remark, groupName }) };
}

function take(
  list: FriendList,
  friendID: string,
  facts: FriendApplication,
  full: 'friendListFull' | 'peerFriendListFull',
): void {
  requireRoom(list, full);
  putFriend(list, friendID, facts);
  tellFriends(list, [friendID]);
}

function requireAddable(tx: Transaction, { app, userID }: Actor, friendID: string, source: string): void {
  if (friendID === userID) throw new ImError('relationInvalid', 'nobody is their own friend');
  if (!SOURCE.test(source)) throw new ImError('relationInvalid', 'source');
  if (load.account(tx, app, friendID) === undefined) throw new ImError('relationUserNotFound', friendID);
  if (load.profile(tx, app, userID).adminForbidType === 'AdminForbid_Type_SendOut')
    throw new ImError('addingForbidden');
  if (isBlockedBy(tx, app, userID, friendID)) throw new ImError('peerInMyBlacklist', friendID);
  if (isBlockedBy(tx, app, friendID, userID)) throw new ImError('inPeerBlacklist', friendID);
}

function mustAsk(tx: Transaction, app: number, friendID: string): boolean {
  const { allowType } = load.profile(tx, app, friendID);
  if (allowType === 'AllowType_Type_DenyAny') throw new ImError('peerDeniesAll', friendID);
  return allowType === 'AllowType_Type_NeedConfirm';
}
