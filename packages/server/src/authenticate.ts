import type { Clock } from '@sterna/core';
import type { ErrorName } from '@sterna/protocol';
import { verify } from '@sterna/usersig';
import type { Authentication } from './gateway/deps.ts';
import type { LoginFailures } from './limiting/login-failures.ts';

/** Checks UserSigs against the apps' keys. Whether the account is blocked or the UserSig revoked, the login's transaction knows. */
export function createAuthenticate(deps: {
  secretKeys: ReadonlyMap<number, readonly string[]>;
  failures: LoginFailures;
  clock: Clock;
  refused: (app: number, userID: string, reason: ErrorName, address: string) => void;
}): (app: number, userID: string, userSig: string, address: string) => Authentication {
  const { secretKeys, failures, clock } = deps;

  function check(app: number, userID: string, userSig: string): Authentication {
    const keys = secretKeys.get(app);
    if (keys === undefined) return { ok: false, reason: 'appNotFound' };
    const nowS = Math.floor(clock.nowMs() / 1000);
    const result = verify({ userSig, userID, SDKAppID: app, secretKeys: keys, nowS });
    if (!result.ok) return { ok: false, reason: result.reason };
    const { timeS, expireS } = result.claims;
    return { ok: true, madeS: timeS, expiresMs: (timeS + expireS) * 1000 };
  }

  return (app, userID, userSig, address) => {
    const account = `${app}/${userID}`;
    // Refused without a look, and without a word in the log: that many lines have been written already.
    if (!failures.mayTry(account, address)) return { ok: false, reason: 'tooManyLoginFailures' };
    const result = check(app, userID, userSig);
    if (!result.ok) {
      failures.failed(account, address);
      deps.refused(app, userID, result.reason, address);
    }
    return result;
  };
}
