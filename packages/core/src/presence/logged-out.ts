import type { ReadDeps } from '../deps.ts';
import { keys } from '../keys.ts';
import type { Json } from '../ports/store.ts';
import { decode } from '../records.ts';

/** Whether the user with this account has no session left. */
export const isLoggedOutBy = (account: Json | undefined): boolean =>
  decode.account(account)?.loggedOut === true;

/** The same, where the account is still to be read. */
export async function isLoggedOut({ store }: ReadDeps, app: number, userID: string): Promise<boolean> {
  const [account] = await store.get([keys.account(app, userID)]);
  return isLoggedOutBy(account);
}
