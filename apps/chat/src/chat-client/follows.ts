import type { Context } from './context.ts';
import type { Tim } from './tim.ts';
import type { TimEventNames } from './tim-events.ts';

/** How somebody and I stand to each other, and how many follow them. */
export interface Following {
  byMe: boolean;
  ofMe: boolean;
  followers: number;
  following: number;
}

export interface FollowActions {
  readFollowing(userID: string): Promise<Following>;
  follow(userID: string): Promise<void>;
  unfollow(userID: string): Promise<void>;
}

/** Whoever shows who follows whom reads it again. */
export function listenToFollows(tim: Tim, EVENT: TimEventNames, { store }: Context): void {
  const changed = (): void => store.update((state) => ({ ...state, followChanges: state.followChanges + 1 }));
  tim.on(EVENT.MY_FOLLOWING_LIST_UPDATED, changed);
  tim.on(EVENT.MY_FOLLOWERS_LIST_UPDATED, changed);
}

/** The published numbers are the sum of these. */
const FOLLOWS_ME = 1;
const FOLLOWED = 2;

export function createFollowActions(context: Context): FollowActions {
  return {
    readFollowing: async (userID) => {
      const [relations, counts] = await Promise.all([
        context.tim().checkFollowType([userID]),
        context.tim().getUserFollowInfo([userID]),
      ]);
      const followType = relations.data[0]?.followType ?? 0;
      const [count] = counts.data;
      return {
        byMe: (followType & FOLLOWED) !== 0,
        ofMe: (followType & FOLLOWS_ME) !== 0,
        followers: count?.followersCount ?? 0,
        following: count?.followingCount ?? 0,
      };
    },
    follow: async (userID) => orThrow((await context.tim().followUser([userID])).data),
    unfollow: async (userID) => orThrow((await context.tim().unfollowUser([userID])).data),
  };
}

/** Each was asked for alone: what could not be done is why. */
function orThrow(results: readonly { code: number; message: string }[]): void {
  for (const { code, message } of results) if (code !== 0) throw Object.assign(new Error(message), { code });
}
