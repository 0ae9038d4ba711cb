/** Codes of refusals that the engine itself acts on; a test holds them equal to the protocol's table. */
export const CODE = {
  sessionEvicted: 6208,
  userSigExpired: 70001,
  userSigRevoked: 70052,
  reset: 10042,
  internal: 10002,
  storeUnavailable: 91000,
  tooFrequent: 2996,
  tooLong: 80002,
  modifyConflict: 2480,
} as const;

/** The same, of one domain alone. */
export const OWNER_CANNOT_QUIT = 10009;

/** Closes that end a session as a kick does; the same test holds them equal. */
export const CLOSED = { kicked: 4502, userSigExpired: 4503 } as const;

/** Failures of this side of the wire: no connection, no answer, no login. They say nothing about the request. */
export function isLocal(code: number): boolean {
  return code === 2024 || (code >= 2800 && code < 2900);
}

/** Whether the same request may succeed a moment later. A mute or a blocked login passes too, but not while one waits. */
export function isTransient(code: number): boolean {
  return code === CODE.internal || code === CODE.storeUnavailable || code === CODE.tooFrequent;
}
