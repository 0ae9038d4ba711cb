import type { FriendLine, Violation } from '../history.ts';
import type { Model } from '../model.ts';
import { otherThan } from './blacklist.ts';
import { isSoBefore } from './newest-change.ts';

/** A timeout is said by the server, as if by the inviter. */
const TIMEOUT = 5;

/** C14: where only friends may write, each had the other in their list when a message was stored. */
export function onlyFriendsWrite(model: Model): Violation[] {
  if (!model.meta?.friendsOnly) return [];
  const found: Violation[] = [];
  for (const log of model.logs.values()) {
    for (const { seq, from, commit, step, alone } of log.messages) {
      const other = otherThan(log, from);
      if (from === undefined || other === undefined || commit === undefined) continue;
      if (step?.actionType === TIMEOUT || alone) continue;
      if (isFriend(model, [from, other], commit) && isFriend(model, [other, from], commit)) continue;
      found.push({ check: 'C14', text: `${log.conv} ${seq} is of ${from}, who is no friend of ${other}` });
    }
  }
  return found;
}

/** C14: from the commit of a block on, neither is in the other's list, until it ends. */
export function blockedAreNoFriends(model: Model): Violation[] {
  const { blocks, friends } = model;
  const begun = friends.filter(
    ({ user, other, change, commit }) =>
      change === 'begin' &&
      (isSoBefore(blocks, { user, other, commit }) ||
        isSoBefore(blocks, { user: other, other: user, commit })),
  );
  const stayed = blocks.filter(
    ({ user, other, change, commit }) =>
      change === 'begin' &&
      // The end of the friendship is of the same commit.
      (isFriend(model, [user, other], commit + 0.5) || isFriend(model, [other, user], commit + 0.5)),
  );
  const text = ({ user, other }: Pick<FriendLine, 'user' | 'other'>): string =>
    `${user} and ${other} are friends, though one has blocked the other`;
  return [...begun, ...stayed].map((line) => ({ check: 'C14', text: text(line) }));
}

function isFriend(
  { friends }: Model,
  [user, other]: readonly [owner: string, friend: string],
  commit: number,
): boolean {
  return isSoBefore(friends, { user, other, commit });
}
