import type { Transaction } from '../transaction/transaction.ts';
import type { Json, ScanRange } from '../ports/store.ts';
import type { ReadDeps } from '../deps.ts';
import { joinedAt } from '../conversations/user-conversation.ts';
import { keys } from '../keys.ts';
import { decode, type Head, type Place, type UserConversation } from '../records.ts';

/** The first entry of a topic that was written after the community's log had come to `pos`, if there is one, kept how far the topic was. */
const firstAfter = (log: string, pos: number): ScanRange => ({
  prefix: keys.places(log),
  after: keys.place(log, pos),
  limit: 1,
});

const placeIn = ([found]: readonly [string, Json][], head: Head): Place =>
  found === undefined ? head : decode.place(found[1]);

/**
 * How far a topic was when the community's log came to the position after `pos`. `head` was read before: nothing that came
 * later is taken for something that came earlier.
 */
export async function placeAfter(deps: ReadDeps, log: string, head: Head, pos: number): Promise<Place> {
  return placeIn(await deps.store.scan(firstAfter(log, pos)), head);
}

/** The same inside a decision. */
export function peekPlaceAfter(tx: Transaction, log: string, head: Head, pos: number): Place {
  return placeIn(tx.peekScan(firstAfter(log, pos)), head);
}

/** What a member has of a topic: who has touched nothing of it since joining has read what was there then. */
export function sinceJoining(mine: UserConversation | undefined, place: Place): UserConversation {
  return mine === undefined || mine.readSeq < place.seq ? joinedAt(mine, place) : mine;
}
