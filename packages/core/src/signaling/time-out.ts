import { isBlockedBy } from '../blacklist/blocked.ts';
import { parseLog } from '../conversations/conversation-id.ts';
import { homeOf, invitedScope, keys, mergeLocks, userScope } from '../keys.ts';
import { appendMessage, type MessageDraft } from '../logs/append.ts';
import { isCounted } from '../messages/audience.ts';
import { countOwn } from '../messages/append-message.ts';
import { decode, type Invitation, load, toJson } from '../records.ts';
import { tinyIDOf } from '../tiny-id.ts';
import type { Decision, Transaction } from '../transaction/transaction.ts';
import { conversationOf } from './invitation.ts';
import { ACTION, signalElement } from './signal.ts';

export interface TimeOutBody {
  app: number;
  invitation: Pick<Invitation, 'inviteID' | 'log' | 'inviter' | 'dueMs'>;
  invitees: readonly string[];
  nowMs: number;
}

/** What is to be told of it where it is not stored. */
export interface TimedOut {
  unstored?: { message: MessageDraft & { timeMs: number }; isForInviter: boolean };
}

/** An invitation's time is over: whoever has not answered has let it pass. Decided again it does nothing. */
export const timeOutInvitation: Decision<TimeOutBody, TimedOut> = {
  locks({ app, invitation: { inviteID, log, inviter, dueMs }, invitees }) {
    const own = [keys.invitation(app, inviteID), keys.timer(dueMs, app, inviteID), log];
    const told = invitees.map((userID) => invitedScope(app, userID));
    const users = [inviter, ...invitees].map((userID) => userScope(app, userID));
    return mergeLocks([...own, ...told], [...users, homeOf(log)]);
  },

  decide(tx, { app, invitation: { inviteID, dueMs }, nowMs }) {
    const key = keys.invitation(app, inviteID);
    const timer = keys.timer(dueMs, app, inviteID);
    const known = decode.invitation(tx.get(key));
    if (known === undefined || nowMs < dueMs || tx.get(timer) === undefined) return {};
    tx.delete(timer);
    if (!known.isHidden)
      for (const { userID } of known.invitees) tx.delete(keys.invitationTo(app, userID, { dueMs, inviteID }));
    const late = known.invitees.filter(({ outcome }) => outcome === undefined);
    if (known.timeoutS === 0 || late.length === 0) return {};
    const outcome = { actionType: ACTION.timeout, data: known.data };
    tx.set(
      key,
      toJson({ ...known, invitees: known.invitees.map((it) => (it.outcome ? it : { ...it, outcome })) }),
    );
    return tell(tx, { app, known, nowMs, userIDs: late.map(({ userID }) => userID) });
  },
};

/** Says it as the inviter, in the order of the conversation. */
function tell(
  tx: Transaction,
  over: { app: number; known: Invitation; nowMs: number; userIDs: readonly string[] },
): TimedOut {
  const { app, known, nowMs, userIDs } = over;
  const { log, inviter } = known;
  const draft = draftOf(tx, app, known, userIDs);
  const unstored = (isForInviter: boolean): TimedOut => ({
    unstored: { message: { ...draft, timeMs: nowMs }, isForInviter },
  });
  const ref = parseLog(log);
  if (ref.kind === 'group' && load.group(tx, log)?.dismissedPos !== undefined) return {};
  // Who has blocked the inviter meanwhile is not told as if by them; the inviter is.
  const keptFrom =
    ref.kind === 'c2c'
      ? userIDs.find((userID) => known.isHidden || isBlockedBy(tx, app, userID, inviter))
      : undefined;
  if (known.isOnlineOnly) return unstored(keptFrom !== undefined);
  const { event } = appendMessage(tx, log, load.head(tx, log), { draft, nowMs, keptFrom });
  if (ref.kind === 'c2c' || load.member(tx, log, inviter) !== undefined)
    countOwn(tx, { app, userID: inviter }, conversationOf(known, inviter), isCounted(event));
  return {};
}

function draftOf(tx: Transaction, app: number, known: Invitation, userIDs: readonly string[]): MessageDraft {
  const { inviteID, inviter, groupID, data, timeoutS: timeout, uncounted, notLast } = known;
  const { nick, avatar } = load.profile(tx, app, inviter);
  const signal = {
    inviteID,
    inviter,
    groupID,
    data,
    timeout,
    inviteeList: userIDs,
    actionType: ACTION.timeout,
  };
  return {
    id: `${tinyIDOf(inviter)}-${inviteID}-timeout`,
    from: inviter,
    elements: [signalElement(signal)],
    ...(nick && { nick }),
    ...(avatar && { avatar }),
    ...(uncounted && { uncounted }),
    ...(notLast && { notLast }),
  };
}
