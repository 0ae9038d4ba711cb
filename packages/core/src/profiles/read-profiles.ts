import type { Profile } from '@sterna/protocol';
import type { ReadDeps } from '../deps.ts';
import { keys } from '../keys.ts';
import { decode } from '../records.ts';

/** Profiles in the order asked; users without an account are left out. */
export async function readProfiles(
  deps: ReadDeps,
  app: number,
  userIDs: readonly string[],
): Promise<Profile[]> {
  const accounts = await deps.store.get(userIDs.map((userID) => keys.account(app, userID)));
  const existing = userIDs.filter((_, index) => accounts[index] !== undefined);
  const profiles = await deps.store.get(existing.map((userID) => keys.profile(app, userID)));
  return existing.map((userID, index) => decode.profile(profiles[index], userID));
}
