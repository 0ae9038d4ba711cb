/** Why a UserSig does not let its bearer in, by the published code. The names are those of the protocol's error table. */
export const FAILURE_CODES = {
  userSigExpired: 70001,
  userSigEmpty: 70002,
  userSigMalformed: 70003,
  userSigInvalid: 70005,
  userSigForged: 70009,
  userSigOtherUser: 70013,
  userSigOtherApp: 70014,
  noKey: 70016,
} as const;

export type FailureReason = keyof typeof FAILURE_CODES;

export type Failure = {
  ok: false;
  reason: FailureReason;
  code: (typeof FAILURE_CODES)[FailureReason];
  /** For the developer who made the UserSig. It never quotes the UserSig or a key. */
  text: string;
};

export function fail(reason: FailureReason, detail: string): Failure {
  return { ok: false, reason, code: FAILURE_CODES[reason], text: `The UserSig is refused: ${detail}` };
}
