import { type Friend as FriendView, LIMITS, type ReplyOf, type RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import type { ReadDeps } from '../deps.ts';
import { keys, unpart } from '../keys.ts';
import { readProfiles } from '../profiles/read-profiles.ts';
import { decode, type Friend, type FriendGroup } from '../records.ts';
import { failedUser, namedUsers } from '../user-results.ts';

/** A page of the list, in the order of IDs. */
export async function listFriends(
  deps: ReadDeps,
  { app, userID }: Actor,
  { after }: RequestOf<'friend.list'>,
): Promise<ReplyOf<'friend.list'>> {
  const prefix = keys.friends(app, userID);
  const records = await deps.store.scan({
    prefix,
    limit: LIMITS.friendsPage,
    ...(after !== undefined && { after: keys.friend(app, userID, after) }),
  });
  const found = records.map(
    ([key, value]): Found => [unpart(key.slice(prefix.length)), decode.friend(value)],
  );
  const last = found.at(-1);
  const friends = await viewsOf(deps, app, userID, found);
  return { friends, ...(records.length === LIMITS.friendsPage && last && { next: last[0] }) };
}

/** Some friends; the others are among the failures. */
export async function getFriends(
  deps: ReadDeps,
  { app, userID }: Actor,
  { userIDs }: RequestOf<'friend.get'>,
): Promise<ReplyOf<'friend.get'>> {
  const { userIDs: wanted, failed: nobody } = namedUsers(userIDs, 'notFriends');
  const records = await deps.store.get(wanted.map((friendID) => keys.friend(app, userID, friendID)));
  const found = wanted.map((friendID, index): Found => [friendID, decode.friend(records[index])]);
  const friends = await viewsOf(deps, app, userID, found);
  const failed = found.flatMap(([friendID, friend]) =>
    friend === undefined ? [failedUser(friendID, 'notFriends')] : [],
  );
  return { friends, failed: [...nobody, ...failed] };
}

type Found = [friendID: string, friend: Friend | undefined];

async function viewsOf(
  deps: ReadDeps,
  app: number,
  userID: string,
  found: readonly Found[],
): Promise<FriendView[]> {
  const groups = await listFriendGroups(deps, app, userID);
  const profiles = await readProfiles(
    deps,
    app,
    found.flatMap(([friendID, friend]) => (friend === undefined ? [] : [friendID])),
  );
  const profileOf = new Map(profiles.map((profile) => [profile.userID, profile]));
  return found.flatMap(([friendID, friend]) => {
    if (friend === undefined) return [];
    const { custom, ...facts } = friend;
    return {
      userID: friendID,
      ...facts,
      ...(custom && { custom: { ...custom } }),
      groups: groups.filter(({ userIDs }) => userIDs.includes(friendID)).map(({ name }) => name),
      profile: profileOf.get(friendID) ?? { userID: friendID },
    };
  });
}

/** The user's groups of friends, in the order of their names. */
export async function listFriendGroups(deps: ReadDeps, app: number, userID: string): Promise<FriendGroup[]> {
  const prefix = keys.friendGroups(app, userID);
  const records = await deps.store.scan({ prefix, limit: LIMITS.friendGroups });
  return records.flatMap(([, value]) => decode.friendGroup(value) ?? []);
}

/** The actor is A, each of the others B. */
export async function checkFriends(
  deps: ReadDeps,
  { app, userID }: Actor,
  { userIDs, both }: RequestOf<'friend.check'>,
): Promise<ReplyOf<'friend.check'>> {
  const { userIDs: wanted, failed } = namedUsers(userIDs, 'relationUserNotFound');
  const read = (keyOf: (friendID: string) => string) => deps.store.get(wanted.map(keyOf));
  const accounts = await read((friendID) => keys.account(app, friendID));
  const mine = await read((friendID) => keys.friend(app, userID, friendID));
  const theirs = await read((friendID) => keys.friend(app, friendID, userID));
  const reply: ReplyOf<'friend.check'> = { done: [], failed };
  wanted.forEach((friendID, index) => {
    if (accounts[index] === undefined) {
      reply.failed.push(failedUser(friendID, 'relationUserNotFound'));
      return;
    }
    const [isMine, isTheirs] = [mine[index] !== undefined, both && theirs[index] !== undefined];
    reply.done.push({ userID: friendID, relation: relationOf(isMine, isTheirs) });
  });
  return reply;
}

function relationOf(isMine: boolean, isTheirs: boolean): ReplyOf<'friend.check'>['done'][number]['relation'] {
  if (isMine) return isTheirs ? 'CheckResult_Type_BothWay' : 'CheckResult_Type_AWithB';
  return isTheirs ? 'CheckResult_Type_BWithA' : 'CheckResult_Type_NoRelation';
}

/** What waits for an answer, the newest first. Only what came and was not seen yet is unread. */
export async function listApplications(
  deps: ReadDeps,
  { app, userID }: Actor,
): Promise<ReplyOf<'friendApplication.list'>> {
  const prefix = keys.friendApplications(app, userID);
  const records = await deps.store.scan({ prefix, limit: LIMITS.friendApplications });
  const found = records.flatMap(([key, value]) => {
    const application = decode.friendApplication(value);
    if (application === undefined) return [];
    const [kind, peer = ''] = key.slice(prefix.length).split('/');
    return [
      { ...application, userID: unpart(peer), kind: kind === 'in' ? ('in' as const) : ('out' as const) },
    ];
  });
  const profiles = await readProfiles(
    deps,
    app,
    found.map((application) => application.userID),
  );
  const profileOf = new Map(profiles.map((profile) => [profile.userID, profile]));
  const applications = found
    .sort((a, b) => b.timeMs - a.timeMs)
    .map(({ userID: peer, kind, timeMs, source, wording }) => {
      const { nick, avatar } = profileOf.get(peer) ?? {};
      return {
        userID: peer,
        kind,
        timeMs,
        source,
        wording,
        ...(nick && { nick }),
        ...(avatar && { avatar }),
      };
    });
  return { applications, unread: found.filter(({ kind, isRead }) => kind === 'in' && !isRead).length };
}
