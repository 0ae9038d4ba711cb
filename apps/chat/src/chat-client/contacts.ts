import { type Context, failureOf } from './context.ts';
import { toPerson, withPeople } from './people.ts';
import type { ChatState, Friend, FriendRequest } from './state.ts';
import type { Tim } from './tim.ts';
import type { TimEventNames } from './tim-events.ts';
import type { TimFailures, TimFriend, TimFriendApplications } from './tim-contacts.ts';

export interface ContactActions {
  /** Asks somebody to become a friend, or makes them one where they let anybody. */
  addFriend(userID: string, wording: string): Promise<void>;
  removeFriend(userID: string): Promise<void>;
  /** What I call a friend, and in which of my groups the friend is; a group that is new is made. */
  noteFriend(userID: string, remark: string, groups: readonly string[]): Promise<void>;
  answerFriendRequest(request: FriendRequest, isWelcome: boolean): Promise<void>;
  /** All that came has been looked at. */
  readFriendRequests(): Promise<void>;
  renameFriendGroup(name: string, newName: string): Promise<void>;
  deleteFriendGroup(name: string): Promise<void>;
  block(userID: string): Promise<void>;
  unblock(userID: string): Promise<void>;
  /** Reads what the events may have told before the page listened. */
  loadContacts(): Promise<void>;
}

/** The published mark of where a wish to be friends comes from. */
const SOURCE = 'AddSource_Type_Web';
const SENT = 'Pendency_Type_SendOut';

export function listenToContacts(tim: Tim, EVENT: TimEventNames, { store }: Context): void {
  tim.on(EVENT.FRIEND_LIST_UPDATED, ({ data }) => store.update((state) => withFriends(state, data)));
  tim.on(EVENT.FRIEND_GROUP_LIST_UPDATED, ({ data }) =>
    store.update((state) => ({ ...state, friendGroups: data.map(({ name }) => name) })),
  );
  tim.on(EVENT.FRIEND_APPLICATION_LIST_UPDATED, ({ data }) =>
    store.update((state) => ({ ...state, ...requestsOf(data) })),
  );
  tim.on(EVENT.BLACKLIST_UPDATED, ({ data }) =>
    store.update((state) => ({ ...state, blocked: new Set(data) })),
  );
}

export function withFriends(state: ChatState, list: readonly TimFriend[]): ChatState {
  const friends = new Map(list.map((friend) => [friend.userID, toFriend(friend)]));
  const known = withPeople(
    state,
    list.map(({ profile }) => toPerson(profile)),
  );
  return { ...known, friends, friendsLoaded: true };
}

const toFriend = ({ userID, remark, groupList }: TimFriend): Friend => ({
  userID,
  remark,
  groups: groupList,
});

export function requestsOf({
  friendApplicationList,
  unreadCount,
}: TimFriendApplications): Pick<ChatState, 'friendRequests' | 'newFriendRequests'> {
  const friendRequests = friendApplicationList.map(({ userID, nick, avatar, wording, time, type }) => ({
    ...{ userID, avatar, wording },
    name: nick || userID,
    timeMs: time * 1000,
    isMine: type === SENT,
  }));
  return { friendRequests, newFriendRequests: unreadCount };
}

export function createContactActions(context: Context): ContactActions {
  const { store } = context;
  const inGroup = async (
    groups: readonly string[],
    userID: string,
    before: readonly string[],
  ): Promise<void> => {
    const tim = context.tim();
    const userIDList = [userID];
    for (const name of groups.filter((group) => !before.includes(group))) {
      const isNew = !store.get().friendGroups.includes(name);
      orThrow(
        await (isNew
          ? tim.createFriendGroup({ name, userIDList })
          : tim.addToFriendGroup({ name, userIDList })),
      );
    }
    for (const name of before.filter((group) => !groups.includes(group)))
      orThrow(await tim.removeFromFriendGroup({ name, userIDList }));
  };

  return {
    addFriend: async (userID, wording) => {
      const { data } = await context.tim().addFriend({ to: userID, source: SOURCE, wording });
      // Who is a friend at once shows so.
      if (data.code !== 0) context.toast({ kind: 'friendAsked' });
    },
    removeFriend: async (userID) => orThrow(await context.tim().deleteFriend({ userIDList: [userID] })),
    noteFriend: async (userID, remark, groups) => {
      const before = store.get().friends.get(userID);
      if (before?.remark !== remark) await context.tim().updateFriend({ userID, remark });
      await inGroup(groups, userID, before?.groups ?? []);
    },
    answerFriendRequest: async ({ userID, isMine }, isWelcome) => {
      const tim = context.tim();
      if (isMine) await tim.deleteFriendApplication({ userID, type: SENT });
      else if (isWelcome) await tim.acceptFriendApplication({ userID, type: 'Response_Action_AgreeAndAdd' });
      else await tim.refuseFriendApplication({ userID });
    },
    readFriendRequests: async () => {
      if (store.get().newFriendRequests > 0) await context.tim().setFriendApplicationRead();
    },
    renameFriendGroup: async (oldName, newName) => {
      await context.tim().renameFriendGroup({ oldName, newName });
    },
    deleteFriendGroup: async (name) => {
      await context.tim().deleteFriendGroup({ name });
    },
    block: async (userID) => {
      await context.tim().addToBlacklist({ userIDList: [userID] });
    },
    unblock: async (userID) => {
      await context.tim().removeFromBlacklist({ userIDList: [userID] });
    },
    loadContacts: async () => {
      const update = context.updater();
      const tim = context.tim();
      try {
        const [friends, groups, requests, blacklist] = await Promise.all([
          tim.getFriendList(),
          tim.getFriendGroupList(),
          tim.getFriendApplicationList(),
          tim.getBlacklist(),
        ]);
        update((state) => ({
          ...withFriends(state, friends.data),
          ...requestsOf(requests.data),
          friendGroups: groups.data.map(({ name }) => name),
          blocked: new Set(blacklist.data),
        }));
      } catch (error) {
        context.toast({ kind: 'failure', failure: failureOf(error) });
      }
    },
  };
}

/** Each was asked for alone: what could not be done is why. */
function orThrow({ data }: Awaited<TimFailures>): void {
  const [failure] = data.failureUserIDList;
  if (failure !== undefined) throw Object.assign(new Error(failure.message), { code: failure.code });
}
