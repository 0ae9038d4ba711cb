import { sign } from '@sterna/usersig';

/** The one app of a server under load. */
export const SDK_APP_ID = 1_400_000_999;
export const SECRET_KEY = '7d1e0c5b9a384f62871d3c5e9f0a2b4c6d8e1f3051726394a5b6c7d8e9f0a1b2';

const timeS = Math.floor(Date.now() / 1000);

export const userSig = (userID: string): string =>
  sign({ SDKAppID: SDK_APP_ID, userID, secretKey: SECRET_KEY, timeS, expireS: 86_400 });
