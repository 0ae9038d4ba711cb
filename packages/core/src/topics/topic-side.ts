import type { Stretch } from '../conversations/reader.ts';
import { joinedAt } from '../conversations/user-conversation.ts';
import type { ReadDeps } from '../deps.ts';
import type { Former, Group, Head, Member, UserConversation } from '../records.ts';
import { placeAfter, sinceJoining } from './places.ts';

interface TopicParts {
  log: string;
  head: Head;
  group: Group;
  member?: Member;
  former?: Former;
  mine?: UserConversation;
}

/**
 * What a user sees of a topic, from the community's memberships. Of past ones the last is enough: members read all that was
 * said before.
 */
export async function readTopicSide(
  deps: ReadDeps,
  { log, head, group, member, former, mine }: TopicParts,
): Promise<{ mine?: UserConversation; stretches: Stretch[] }> {
  const stretches: Stretch[] = [];
  const past = former?.intervals.at(-1);
  if (past !== undefined) {
    const from = await placeAfter(deps, log, head, past.afterPos);
    const to = await placeAfter(deps, log, head, past.toPos - 1);
    stretches.push({ afterPos: from.pos, toPos: to.pos, afterSeq: from.seq, toSeq: to.seq });
    if (member === undefined) return { mine: joinedAt(mine, to), stretches };
  }
  if (member === undefined) return { stretches };
  const from = await placeAfter(deps, log, head, member.joinPos);
  const to =
    group.dismissedPos === undefined ? head : await placeAfter(deps, log, head, group.dismissedPos - 1);
  stretches.push({ afterPos: from.pos, toPos: to.pos, afterSeq: from.seq, toSeq: to.seq });
  return { mine: sinceJoining(mine, from), stretches };
}
