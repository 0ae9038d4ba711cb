import type { Stretch } from '../conversations/reader.ts';
import { joinedAt } from '../conversations/user-conversation.ts';
import type { ReadDeps } from '../deps.ts';
import type { Former, Group, Head, Member, Place, UserConversation } from '../records.ts';
import { placeAfter, sinceJoining } from './places.ts';

interface TopicParts {
  log: string;
  head: Head;
  group: Group;
  member?: Member;
  former?: Former;
  mine?: UserConversation;
}

/** Past memberships whose news are brought to a device that was away all the while: each costs two readings. What was said before is in the history. */
const PAST_STAYS = 10;

/** What a user sees of a topic, from the community's memberships, of which there may have been several since a device was there. */
export async function readTopicSide(
  deps: ReadDeps,
  { log, head, group, member, former, mine }: TopicParts,
): Promise<{ mine?: UserConversation; stretches: Stretch[] }> {
  const stretches: Stretch[] = [];
  let left: Place | undefined;
  for (const past of former?.intervals.slice(-PAST_STAYS) ?? []) {
    const from = await placeAfter(deps, log, head, past.afterPos);
    left = await placeAfter(deps, log, head, past.toPos - 1);
    stretches.push({ afterPos: from.pos, toPos: left.pos, afterSeq: from.seq, toSeq: left.seq });
  }
  if (member === undefined) return { ...(left && { mine: joinedAt(mine, left) }), stretches };
  const from = await placeAfter(deps, log, head, member.joinPos);
  const to =
    group.dismissedPos === undefined ? head : await placeAfter(deps, log, head, group.dismissedPos - 1);
  stretches.push({ afterPos: from.pos, toPos: to.pos, afterSeq: from.seq, toSeq: to.seq });
  return { mine: sinceJoining(mine, from), stretches };
}
