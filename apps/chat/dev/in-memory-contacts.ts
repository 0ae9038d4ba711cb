import type { TimContacts, TimFriend, TimFriendApplications } from '../src/chat-client/tim-contacts.ts';
import { failure, ok } from './in-memory-replies.ts';
import { type InMemoryWorld, profileOf } from './in-memory-world.ts';

/** Friends, wishes to be friends, groups of friends, and whom one has blocked. */
export function contactMethods(world: InMemoryWorld): TimContacts {
  const following = new Set<string>();
  const friends = (): TimFriend[] =>
    [...world.friends].map(([userID, { remark, groupList }]) => ({
      ...{ userID, remark, groupList },
      profile: profileOf(world, userID),
    }));
  const groups = () =>
    world.friendGroups.map((name) => ({
      name,
      userIDList: friends().flatMap(({ userID, groupList }) => (groupList.includes(name) ? [userID] : [])),
    }));
  const requests = (): TimFriendApplications => ({
    friendApplicationList: [...world.friendRequests].map(([userID, wording]) => ({
      ...profileOf(world, userID),
      ...{ userID, wording, time: world.nowSeconds(), type: 'Pendency_Type_ComeIn' },
    })),
    unreadCount: 0,
  });
  const tell = (): void => {
    world.emit('onFriendListUpdated', friends());
    world.emit('onFriendGroupListUpdated', groups());
    world.emit('onFriendApplicationListUpdated', requests());
    world.emit('blacklistUpdated', [...world.blocked]);
  };
  const done = async <Data>(call: string, data: Data) => {
    world.calls.push(call);
    tell();
    return ok(data);
  };
  const inGroup = (name: string, userIDs: readonly string[], isIn: boolean): void => {
    for (const userID of userIDs) {
      const friend = world.friends.get(userID);
      if (friend === undefined) continue;
      const others = friend.groupList.filter((group) => group !== name);
      world.friends.set(userID, { ...friend, groupList: isIn ? [...others, name] : others });
    }
  };
  return {
    getFriendList: async () => ok(friends()),
    async addFriend({ to }) {
      if (world.blocked.has(to)) throw failure('The user is blocked by the caller', 30515);
      world.friends.set(to, { remark: '', groupList: [] });
      return done(`befriend ${to}`, { code: 0 });
    },
    async deleteFriend({ userIDList }) {
      for (const userID of userIDList) world.friends.delete(userID);
      return done(`unfriend ${userIDList.join()}`, { failureUserIDList: [] });
    },
    async updateFriend({ userID, remark }) {
      world.friends.set(userID, { groupList: [], ...world.friends.get(userID), remark });
      return done(`remark ${userID} ${remark}`, {});
    },
    getFriendApplicationList: async () => ok(requests()),
    async acceptFriendApplication({ userID }) {
      world.friendRequests.delete(userID);
      world.friends.set(userID, { remark: '', groupList: [] });
      return done(`accept ${userID}`, {});
    },
    async refuseFriendApplication({ userID }) {
      world.friendRequests.delete(userID);
      return done(`refuse ${userID}`, {});
    },
    async deleteFriendApplication({ userID }) {
      world.friendRequests.delete(userID);
      return done(`withdraw ${userID}`, {});
    },
    setFriendApplicationRead: () => done('requests read', {}),
    getFriendGroupList: async () => ok(groups()),
    async createFriendGroup({ name, userIDList }) {
      world.friendGroups.push(name);
      inGroup(name, userIDList, true);
      return done(`friend group ${name}`, { failureUserIDList: [] });
    },
    async deleteFriendGroup({ name }) {
      world.friendGroups = world.friendGroups.filter((group) => group !== name);
      inGroup(name, [...world.friends.keys()], false);
      return done(`no friend group ${name}`, {});
    },
    async renameFriendGroup({ oldName, newName }) {
      world.friendGroups = world.friendGroups.map((group) => (group === oldName ? newName : group));
      for (const friend of world.friends.values())
        friend.groupList = friend.groupList.map((group) => (group === oldName ? newName : group));
      return done(`friend group ${oldName} is ${newName}`, {});
    },
    async addToFriendGroup({ name, userIDList }) {
      inGroup(name, userIDList, true);
      return done(`into ${name}: ${userIDList.join()}`, { failureUserIDList: [] });
    },
    async removeFromFriendGroup({ name, userIDList }) {
      inGroup(name, userIDList, false);
      return done(`out of ${name}: ${userIDList.join()}`, { failureUserIDList: [] });
    },
    getBlacklist: async () => ok([...world.blocked]),
    async addToBlacklist({ userIDList }) {
      for (const userID of userIDList) {
        world.blocked.add(userID);
        world.friends.delete(userID);
      }
      return done(`block ${userIDList.join()}`, {});
    },
    async removeFromBlacklist({ userIDList }) {
      for (const userID of userIDList) world.blocked.delete(userID);
      return done(`unblock ${userIDList.join()}`, {});
    },
    async followUser(userIDs) {
      for (const userID of userIDs) following.add(userID);
      world.emit('onMyFollowingListUpdated', {});
      return done(`follow ${userIDs.join()}`, [{ code: 0, message: '' }]);
    },
    async unfollowUser(userIDs) {
      for (const userID of userIDs) following.delete(userID);
      world.emit('onMyFollowingListUpdated', {});
      return done(`unfollow ${userIDs.join()}`, [{ code: 0, message: '' }]);
    },
    checkFollowType: async (userIDs) =>
      ok(userIDs.map((userID) => ({ followType: following.has(userID) ? 2 : 0 }))),
    getUserFollowInfo: async (userIDs) =>
      ok(userIDs.map((userID) => ({ followersCount: following.has(userID) ? 1 : 0, followingCount: 0 }))),
    subscribeUserStatus: async () => ok({}),
    // Every second one, so that both are to be seen.
    getUserStatus: async ({ userIDList }) =>
      ok({
        successUserList: userIDList.map((userID, index) => ({ userID, statusType: index % 2 === 0 ? 1 : 2 })),
      }),
  };
}
