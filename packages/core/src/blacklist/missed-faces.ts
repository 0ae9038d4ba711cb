import type { Actor } from '../actor.ts';
import { userSubject } from '../delivery/subjects.ts';
import type { CoreDeps, ReadDeps } from '../deps.ts';
import { keys } from '../keys.ts';
import { readProfiles } from '../profiles/read-profiles.ts';
import { decode } from '../records.ts';

/** When each of the users was blocked by the actor, of those who are. */
export async function blockedSince(
  { store }: ReadDeps,
  { app, userID }: Actor,
  blockedIDs: readonly string[],
): Promise<Map<string, number>> {
  const blocks = await store.get(blockedIDs.map((blockedID) => keys.blocked(app, userID, blockedID)));
  const times = new Map<string, number>();
  for (const [index, blockedID] of blockedIDs.entries()) {
    const block = decode.blocked(blocks[index]);
    if (block !== undefined) times.set(blockedID, block.timeMs);
  }
  return times;
}

/** Nobody is told of the profiles of those whom they have blocked: what changed meanwhile they hear when they let them in again. */
export async function tellMissedFaces(
  deps: ReadDeps & Pick<CoreDeps, 'bus'>,
  { app, userID }: Actor,
  sinceMs: ReadonlyMap<string, number>,
): Promise<void> {
  for (const profile of await readProfiles(deps, app, [...sinceMs.keys()]))
    if ((profile.timeMs ?? 0) >= (sinceMs.get(profile.userID) ?? Infinity))
      deps.bus.publish(userSubject(app, userID), { kind: 'profile', profile });
}
