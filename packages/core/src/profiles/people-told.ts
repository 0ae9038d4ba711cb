import { LIMITS, type Profile } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import type { ReadDeps } from '../deps.ts';
import { keys, unpart } from '../keys.ts';
import { readProfiles } from './read-profiles.ts';

type User = Pick<Actor, 'app' | 'userID'>;

/**
 * Who is told of a change of the user's profile: those who have talked with them, friends, and those who have them as a friend; but
 * for who has blocked them.
 */
export async function peopleTold(deps: ReadDeps, user: User): Promise<string[]> {
  const { app, userID } = user;
  const people = await named(deps, [
    conversations(user),
    keys.friends(app, userID),
    keys.befriendedBy(app, userID),
  ]);
  const blocks = await deps.store.get(people.map((other) => keys.blocked(app, other, userID)));
  return people.filter((_, index) => blocks[index] === undefined);
}

/** The other way round: the profiles of which the user would have been told since then, the newest first. */
export async function profilesSince(deps: ReadDeps, user: User, sinceMs: number): Promise<Profile[]> {
  const { app, userID } = user;
  const people = await named(deps, [conversations(user), keys.friends(app, userID)]);
  const blocks = await deps.store.get(people.map((other) => keys.blocked(app, userID, other)));
  const heardOf = people.filter((other, index) => other !== userID && blocks[index] === undefined);
  const profiles = await readProfiles(deps, app, heardOf);
  return profiles
    .filter(({ timeMs = 0 }) => timeMs >= sinceMs)
    .toSorted((a, b) => (b.timeMs ?? 0) - (a.timeMs ?? 0));
}

const conversations = ({ app, userID }: User): string => `${keys.userConversations(app, userID)}C2C`;

/** The users that the keys below these end with; so many at most. */
async function named({ store }: ReadDeps, prefixes: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const prefix of prefixes) {
    const records = await store.scan({ prefix, limit: LIMITS.peopleTold });
    for (const [key] of records) found.add(unpart(key.slice(prefix.length)));
  }
  return [...found].slice(0, LIMITS.peopleTold);
}
