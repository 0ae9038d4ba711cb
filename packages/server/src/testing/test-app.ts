import { sign } from '@sterna/usersig';

/** The app of servers that tests start. */
export const TEST_APP_ID = 1_400_000_777;

/** It opens nothing but servers that a test has started. */
export const TEST_KEY = 'e81a5f0c97d3b264a9f01c7be5d842360e5c9b7148d2fa630b8e4d17c26f95ab';

/** Who asks to be let in, as a login frame and `tim.login` want it. */
export interface Credentials {
  SDKAppID: number;
  userID: string;
  userSig: string;
}

/** Makes credentials for an app. `expireS` may be short; the signature is dated now. */
export function createSigner(
  SDKAppID: number,
  secretKey: string,
): (userID: string, expireS?: number) => Credentials {
  return (userID, expireS = 86_400) => ({
    SDKAppID,
    userID,
    userSig: sign({ SDKAppID, userID, secretKey, timeS: Math.floor(Date.now() / 1000), expireS }),
  });
}
