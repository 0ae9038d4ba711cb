/** The longest UserSig that is looked at, in characters; ordinary ones have about 180. */
export const MAX_USERSIG_LENGTH = 4096;

/** The largest document that a UserSig may unfold to: a few compressed bytes can stand for gigabytes. */
export const MAX_DOCUMENT_BYTES = 8192;

/** How far ahead the clock of the signing server may be. Further, and revoking by time would not reach the UserSig. */
export const MAX_CLOCK_SKEW_S = 600;

/** The published default: 180 days. */
export const DEFAULT_EXPIRE_S = 15_552_000;

export const MAX_USERID_LENGTH = 32;

/** Times and lifetimes stay exact, and so does their sum. */
export const MAX_SECONDS = 999_999_999_999;

export const MAX_U32 = 0xff_ff_ff_ff;
