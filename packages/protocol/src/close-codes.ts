/**
 * WebSocket close codes of ours. The range is the advice, so a client needs no table:
 * 4000..4499 connect again (after a back-off), 4500..4999 stay down until the app logs in again.
 */
export const CLOSE = {
  /** The node is draining: another one, or the same after its restart, takes over. */
  goingAway: 4000,
  /** More bytes were waiting for this socket than `LIMITS.socketQueueBytes`; a sync brings what was not sent. */
  slowReader: 4001,
  /** No login within `LIMITS.loginDeadlineMs`. */
  loginTimeout: 4002,
  /** No frame from the client within `LIMITS.idleMs`. */
  idle: 4003,
  /** The server met an error it could not attribute to one request. */
  internal: 4004,
  /** The address, or the node, holds as many connections as it may. */
  tooManyConnections: 4005,
  /** A newer socket of the same instance took this session over. */
  replaced: 4006,
  /** A frame that is no frame of this protocol. */
  badFrame: 4500,
  /** The login was refused; the reply before it has the code. */
  loginRefused: 4501,
  /** Another login of this account took this session's place. */
  kicked: 4502,
  /** The UserSig ran out. */
  userSigExpired: 4503,
  /** The client speaks a version that the server does not. */
  protocolVersion: 4504,
  /** The client logged out. */
  loggedOut: 4505,
} as const;

/** Whether a close is the end of the session, so that connecting again by oneself would be wrong. */
export function isFinalClose(code: number): boolean {
  return code >= 4500 && code <= 4999;
}
