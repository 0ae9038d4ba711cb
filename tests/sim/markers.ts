import { ERRORS } from '@sterna/protocol/tables';
import { INBOX, type Line } from '../history/history.ts';
import { type Call, Model } from '../history/model.ts';

/** States that a thorough set of runs must have met at least once: a test that never meets them proves little. */
export const WANTED = [
  'kickRacedSend',
  'fencedSend',
  'sentAgain',
  'unknownButStored',
  'unknownAndLost',
  'resendAcked',
  'syncOverlappedPush',
  'resetInSession',
  'longSync',
  'repaired',
  'slowReader',
  'toldOfKick',
  'kickedWhileAway',
  'nodeCrashed',
  'nodeFrozen',
  'rivalLogins',
  'memberCameBack',
  'refusedSend',
  'refusedByBlock',
  'keptFromBlocker',
  'refusedToStranger',
  'blockRacedSend',
  'friendRacedSend',
  'wishAnswered',
  'invitationClosed',
  'invitationTimedOut',
  'cleared',
  'recalled',
  'recallRefused',
  'toldOfRecall',
  'edited',
  'editConflict',
  'deletedForMe',
  'toldOfEdit',
  'receiptCounted',
  'receiptRefused',
  'toldOfReceipt',
  'receiptsAsked',
  'readersAsked',
  'toldReadByPeer',
] as const;

/** Counts of what a run met, from its history alone. */
export function markersOf(lines: readonly Line[]): Map<string, number> {
  const found = new Map<string, number>();
  const mark = (name: string, times: number) => found.set(name, (found.get(name) ?? 0) + times);
  const model = new Model(lines);
  countSends(model, mark);
  countSessions(model, mark);
  countSyncs(model, mark);
  mark('wishAnswered', [...model.calls.values()].filter(isAnswered).length);
  countRaces(model, mark);
  mark('recalled', model.recalls.size);
  mark('recallRefused', [...model.calls.values()].filter(isRefusedRecall).length);
  for (const { op } of model.changes) mark(op === 'recalled' ? 'toldOfRecall' : 'toldOfEdit', 1);
  mark('edited', [...model.edits.values()].flat().length);
  mark('deletedForMe', model.gone.filter(({ seqs }) => seqs.length > 0).length);
  mark('editConflict', [...model.calls.values()].filter(isConflict).length);
  countReceipts(model, mark);
  for (const log of model.logs.values()) {
    mark('keptFromBlocker', log.messages.filter(({ alone }) => alone).length);
    mark('invitationTimedOut', log.messages.filter(({ step }) => step?.actionType === 5).length);
    for (const intervals of log.memberships.values()) mark('memberCameBack', intervals.length - 1);
  }
  for (const { clearedSeq } of model.marks.values()) mark('cleared', clearedSeq > 0 ? 1 : 0);
  return found;
}

const STRANGERS: ReadonlySet<number> = new Set(
  [ERRORS.noFriends, ERRORS.senderNoFriend, ERRORS.receiverNoFriend].map(({ code }) => code),
);

type Mark = (name: string, times: number) => void;

function countSends(model: Model, mark: Mark): void {
  for (const { end, again, body = '' } of model.sends()) {
    if (end?.op === 'ok' && again) mark('resendAcked', 1);
    if (end?.op === 'fail') mark('refusedSend', 1);
    if (end?.code === ERRORS.blacklisted.code) mark('refusedByBlock', 1);
    if (STRANGERS.has(end?.code ?? 0)) mark('refusedToStranger', 1);
    if (end?.code === ERRORS.invitationClosed.code) mark('invitationClosed', 1);
    if (end?.op === 'info') mark(model.byBody.has(body) ? 'unknownButStored' : 'unknownAndLost', 1);
  }
}

const isRefusedRecall = ({ name, end }: Call): boolean => name === 'recall' && end?.op === 'fail';

const isConflict = ({ name, end }: Call): boolean =>
  name === 'edit' && end?.code === ERRORS.modifyConflict.code;

const isAnswered = ({ name, end }: Call): boolean => name === 'answerFriend' && end?.op === 'ok';

function countReceipts(model: Model, mark: Mark): void {
  mark('receiptCounted', model.counted.length);
  const calls = [...model.calls.values()].filter(({ end }) => end !== undefined);
  const refused = calls.filter(({ name, end }) => name === 'sendReceipts' && end?.op === 'fail');
  mark('receiptRefused', refused.length);
  mark('receiptsAsked', calls.filter(({ name, end }) => name === 'receipts' && end?.op === 'ok').length);
  const lists = calls.filter(({ name }) => name === 'readers' || name === 'nonReaders');
  mark('readersAsked', lists.filter(({ end }) => end?.op === 'ok').length);
  for (const { op } of model.readings) mark(op === 'receipts' ? 'toldOfReceipt' : 'toldReadByPeer', 1);
}

/** A message was under way while what two are to one another changed. */
function countRaces(model: Model, mark: Mark): void {
  const sends = model.sends().filter(({ conv = '' }) => conv.startsWith('c2c:'));
  const races = ({ user, other, at }: { user: string; other: string; at: number }): boolean =>
    sends.some(
      ({ from, to, conv }) => conv === `c2c:${[user, other].sort().join(':')}` && from < at && at < to,
    );
  mark('blockRacedSend', model.blocks.filter(races).length);
  mark('friendRacedSend', model.friends.filter(races).length);
}

function countSessions(model: Model, mark: Mark): void {
  const kicks = model.states.filter((state) => state.state === 'kicked');
  mark('toldOfKick', kicks.length);
  for (const kick of kicks) {
    const open = model
      .sends()
      .some((call) => call.session === kick.session && call.from < kick.at && call.to >= kick.at - 1);
    if (open) mark('kickRacedSend', 1);
    const login = model.wires.findLast((wire) => wire.session === kick.session && wire.at < kick.at);
    if (login?.what === 'login' && login.resume) mark('kickedWhileAway', 1);
  }
}

/** A reading of what was missed, while pushes of the same conversation arrive. */
function countSyncs(model: Model, mark: Mark): void {
  const asked = new Map<string, number>();
  const resumed = new Set<string>();
  for (const wire of model.wires) {
    const key = 'conv' in wire ? `${wire.session} ${wire.conv}` : '';
    if (wire.what === 'login' && wire.resume) resumed.add(wire.session);
    if (wire.what === 'session' && wire.mode === 'reset' && resumed.has(wire.session))
      mark('resetInSession', 1);
    if (wire.what === 'claim' && wire.conv !== INBOX) {
      if (asked.has(key)) mark('longSync', 1);
      asked.set(key, wire.pos);
    }
    const from = asked.get(key);
    if (wire.what !== 'range' || from === undefined) continue;
    if (wire.from === from + 1 && wire.to > wire.from) asked.delete(key);
    else if (wire.from > from + 1) mark('syncOverlappedPush', 1);
  }
}
