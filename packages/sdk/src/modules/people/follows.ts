import type { RequestOf } from '@sterna/protocol';
import type { EventMap } from '../../types/events.ts';
import type { UserInfo } from '../../types/message.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { cardOf } from './card.ts';
import { failuresOf } from './user-results.ts';

type List = RequestOf<'follow.list'>['list'];
type ListEvent = Extract<keyof EventMap, `on${string}Follow${string}`>;

const EVENTS: Readonly<Record<List, ListEvent>> = {
  following: 'onMyFollowingListUpdated',
  followers: 'onMyFollowersListUpdated',
  mutual: 'onMutualFollowersListUpdated',
};

/** Whom I follow, and who follows me. */
export function follows({ request, change, emit, session }: EngineContext): EngineModule {
  const changing =
    (action: RequestOf<'follow.change'>['action']) =>
    async (userIDs: string[]): Promise<{ userID: string; code: number; message: string }[]> => {
      const { done, failed } = await change('follow.change', { action, userIDs });
      return [...done.map((userID) => ({ userID, code: 0, message: '' })), ...failuresOf(failed)];
    };

  const paging =
    (list: List) =>
    async (startIndex?: string): Promise<{ resultList: UserInfo[]; nextCursor: string }> => {
      const { users, next = '' } = await request('follow.list', { list, after: startIndex || undefined });
      return { resultList: users.map(cardOf), nextCursor: next };
    };

  return {
    onInbox: {
      follow: ({ list, isAdd, users }) => emit(EVENTS[list], { isAdd, userInfoList: users.map(cardOf) }),
    },
    methods: {
      followUser: changing('add'),
      unfollowUser: changing('remove'),
      getMyFollowingList: paging('following'),
      getMyFollowersList: paging('followers'),
      getMutualFollowersList: paging('mutual'),
      async getUserFollowInfo(userIDs = [session().userID]) {
        const { counts } = await request('follow.counts', { userIDs });
        return counts.map(({ userID, following, followers, mutual }) => ({
          userID,
          followersCount: followers,
          followingCount: following,
          mutualFollowersCount: mutual,
        }));
      },
      async checkFollowType(userIDs) {
        const { relations } = await request('follow.check', { userIDs });
        // The published numbers: 0 none, 1 follows me, 2 I follow, 3 mutual.
        return relations.map(({ userID, following, follower }) => ({
          userID,
          followType: (follower ? 1 : 0) + (following ? 2 : 0),
        }));
      },
    },
  };
}
