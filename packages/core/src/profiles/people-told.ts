import { LIMITS } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import type { ReadDeps } from '../deps.ts';
import { keys, unpart } from '../keys.ts';

/** Who is told of a change of the actor's profile: those who have talked with them, and friends, but for who has blocked them. */
export async function peopleTold(deps: ReadDeps, { app, userID }: Actor): Promise<string[]> {
  const conversations = `${keys.userConversations(app, userID)}C2C`;
  const friends = keys.friends(app, userID);
  const found = new Set<string>();
  for (const prefix of [conversations, friends]) {
    const records = await deps.store.scan({ prefix, limit: LIMITS.peopleTold });
    for (const [key] of records) found.add(unpart(key.slice(prefix.length)));
  }
  const people = [...found].slice(0, LIMITS.peopleTold);
  const blocks = await deps.store.get(people.map((other) => keys.blocked(app, other, userID)));
  return people.filter((_, index) => blocks[index] === undefined);
}
