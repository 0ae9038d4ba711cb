import type { Failure } from '../chat-client/message-item.ts';
import type { Words } from './en.ts';

type PlainError = Exclude<keyof Words['errors'], 'other'>;

/** Published codes that a person can be told about in plain words. */
const WORDS_BY_CODE: ReadonlyMap<number, PlainError> = new Map([
  [2800, 'network'],
  [2801, 'timeout'],
  [2802, 'uploadCancelled'],
  [2803, 'network'],
  [2804, 'network'],
  [2805, 'network'],
  [2024, 'notReady'],
  [2999, 'notReady'],
  [2998, 'notBuilt'],
  [6206, 'signatureExpired'],
  [70001, 'signatureExpired'],
  [70003, 'signatureBad'],
  [70005, 'signatureBad'],
  [70009, 'signatureBad'],
  [70013, 'signatureBad'],
  [70014, 'signatureBad'],
  [70107, 'noSuchUser'],
  [20007, 'blocked'],
  [20012, 'muted'],
  [10017, 'muted'],
  [10007, 'notMember'],
  [10009, 'ownerCannotQuit'],
  [10010, 'noSuchGroup'],
  [10015, 'noSuchGroup'],
  [10013, 'alreadyMember'],
  [10014, 'groupFull'],
  [10019, 'noSuchUser'],
  [2601, 'cannotApply'],
  [20016, 'recallTooLate'],
  [10031, 'recallTooLate'],
  [10032, 'notRecallable'],
  [20026, 'noSuchMessage'],
  [10030, 'noSuchMessage'],
  [2250, 'uploadFailed'],
  [2300, 'uploadFailed'],
  [2350, 'uploadFailed'],
  [2400, 'uploadFailed'],
  [114000, 'fileRefused'],
  [114001, 'fileRefused'],
  [114002, 'fileRefused'],
  [114004, 'fileRefused'],
  [2480, 'changedMeanwhile'],
  [2481, 'cannotModify'],
  [23005, 'tooManyReactions'],
  [23006, 'tooManyReactions'],
  [10070, 'tooManyPinned'],
  [10024, 'alreadyAnswered'],
  [20003, 'accountNotFound'],
  [8502, 'nameTooLong'],
  [8503, 'tooLongField'],
  [8504, 'tooLongField'],
  [8505, 'tooLongField'],
  [2453, 'cannotForward'],
  [10037, 'groupsFull'],
  [2681, 'onlyOwner'],
  [30001, 'cannotAddSelf'],
  [30003, 'noSuchUser'],
  [30009, 'cannotAddSelf'],
  [30010, 'friendsFull'],
  [30011, 'friendGroupsFull'],
  [30012, 'requestsFull'],
  [30013, 'blacklistFull'],
  [30014, 'peerFull'],
  [30515, 'iBlocked'],
  [30516, 'deniesAll'],
  [30525, 'blockedMe'],
  [30614, 'noRequest'],
  [31704, 'notFriends'],
  [31804, 'noSuchUser'],
  [20009, 'friendsOnly'],
  [20010, 'friendsOnly'],
  [20011, 'friendsOnly'],
  [80001, 'badWords'],
  [80002, 'tooLong'],
  [2996, 'tooFast'],
  [10023, 'tooFast'],
]);

/** Nobody refused anything: the line was down, as the head of the page says anyway. */
export function isOfTheLine({ code }: Failure): boolean {
  const name = WORDS_BY_CODE.get(code);
  return name === 'network' || name === 'timeout' || name === 'notReady';
}

/** What to tell a person; a code without words of its own keeps the server's sentence and its number. */
export function describeFailure(t: Words, failure: Failure): string {
  const name = WORDS_BY_CODE.get(failure.code);
  return name === undefined ? t.errors.other(failure.message, failure.code) : t.errors[name];
}
