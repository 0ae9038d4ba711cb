import { ERRORS } from '@sterna/protocol/tables';

/**
 * Refusals that say nothing of earlier attempts of the same request: the one that was refused had no effect,
 * but one before it, whose answer was lost, may have had.
 */
const SAYS_NOTHING: ReadonlySet<number> = new Set([
  ERRORS.notLoggedIn.code,
  ERRORS.sessionEvicted.code,
  ERRORS.userSigExpired.code,
]);

/** It ends some time; what was refused until then is refused. */
const MUTED = ERRORS.muted.code;

const REFUSALS: ReadonlySet<number> = new Set(
  Object.values(ERRORS)
    .filter(({ retry, code }) => (retry === 'never' || code === MUTED) && !SAYS_NOTHING.has(code))
    .map(({ code }) => code),
);

/** `fail` where the code says that nothing was done, `info` where nobody knows: the network's errors, and the server's own. */
export function outcomeOf(code: number): 'fail' | 'info' {
  return REFUSALS.has(code) ? 'fail' : 'info';
}
