import type { InboxEvent } from '@sterna/protocol';
import { remembered } from './remembered.ts';
import type { Locks } from './transaction/transaction.ts';

/**
 * Keys are paths: `kind/app/owner/…`. The first three segments are the key's scope, the unit of locking:
 * `u/<app>/<userID>` a user, `c/<app>/<conversation>` a conversation or group, `i/<app>/<inviteID>` an invitation,
 * `v/<app>/<userID>` those that a user got, and `t/<time>/<what>` what is due then. A duplicate check `d/<app>/<clientID>/<sender>` is a scope of its own, and so is a merged message that is kept apart, `m/<app>/<key>`. Ids are escaped, so that none can hold a separator; the database stays readable.
 */

const SPECIAL = /[%/:]/;

/** An id as one part of a key. */
export function part(id: string): string {
  return SPECIAL.test(id) ? id.replaceAll('%', '%25').replaceAll('/', '%2F').replaceAll(':', '%3A') : id;
}

/** The inverse of {@link part}. */
export function unpart(escaped: string): string {
  return escaped.includes('%')
    ? escaped.replaceAll('%3A', ':').replaceAll('%2F', '/').replaceAll('%25', '%')
    : escaped;
}

/** The key of a record that an entry brings with it and that never changes: a duplicate check. */
export function isOnceKey(key: string): boolean {
  return key.startsWith('d/');
}

/** The lock scope that a key, or a log's name, belongs to. */
export function scopeOf(key: string): string {
  if (isOnceKey(key)) return key;
  const third = key.indexOf('/', key.indexOf('/', 2) + 1);
  return third === -1 ? key : key.slice(0, third);
}

/** Between the ID of a community and the rest of the ID of one of its topics. */
export const TOPIC_INFIX = '@TOPIC#_';
/** Only communities have IDs that begin so; those of their topics do too. */
export const COMMUNITY_PREFIX = '@TGS#_';

/** Whether a conversation ID names a topic of a community. */
export const isTopic = (conversationID: string): boolean =>
  conversationID.startsWith(`GROUP${COMMUNITY_PREFIX}`) && conversationID.includes(TOPIC_INFIX);

/** How many apps, users of each, and ids below each user have their keys kept: some 20 MB when all are in use. */
export const KEPT = { apps: 50, users: 10_000, ofUser: 50 } as const;

/** What nearly every command of a user, or to a user, names. */
const userKeys = remembered(KEPT.apps, (app: number) =>
  remembered(KEPT.users, (userID: string) => {
    const scope = `u/${app}/${part(userID)}`;
    const below = (kind: string) => remembered(KEPT.ofUser, (id: string) => `${scope}/${kind}/${part(id)}`);
    return {
      scope,
      account: `${scope}/account`,
      profile: `${scope}/profile`,
      session: below('session'),
      conversation: below('conversation'),
      topic: below('topic'),
      blocked: below('blocked'),
    };
  }),
);

/**
 * The log of the group that a log belongs to: a topic's (`c/<app>/t:<community>:<rest>`) is its community's.
 * Who is in a topic, and as what, is for the community to say: the keys of such records lead there.
 */
export const homeOf = remembered(KEPT.users, (log: string): string => {
  const [kind, app, owner = ''] = log.split('/');
  const [form, community] = owner.split(':');
  return kind === 'c' && form === 't' ? `${kind}/${app}/g:${community}` : log;
});

const headOf = remembered(KEPT.users, (log: string): string => `${log}/head`);

export const userScope = (app: number, userID: string): string => userKeys(app)(userID).scope;

/** Where a user's invitations are named. */
export const invitedScope = (app: number, userID: string): string => `v/${app}/${part(userID)}`;

type FollowList = Extract<InboxEvent, { t: 'follow' }>['list'];

export const keys = {
  account: (app: number, userID: string) => userKeys(app)(userID).account,
  profile: (app: number, userID: string) => userKeys(app)(userID).profile,
  inboxHead: (app: number, userID: string) => `${userScope(app, userID)}/inbox`,
  sessions: (app: number, userID: string) => `${userScope(app, userID)}/session/`,
  session: (app: number, userID: string, instanceID: string) => userKeys(app)(userID).session(instanceID),
  userConversations: (app: number, userID: string) => `${userScope(app, userID)}/conversation/`,
  /** Topics have a place of their own: there are many, and no list of conversations shows them. */
  userConversation(app: number, userID: string, conversationID: string): string {
    const mine = userKeys(app)(userID);
    return (isTopic(conversationID) ? mine.topic : mine.conversation)(conversationID);
  },
  blockedBy: (app: number, userID: string) => `${userScope(app, userID)}/blocked/`,
  blocked: (app: number, userID: string, blockedID: string) => userKeys(app)(userID).blocked(blockedID),
  friends: (app: number, userID: string) => `${userScope(app, userID)}/friend/`,
  friend: (app: number, userID: string, friendID: string) =>
    `${userScope(app, userID)}/friend/${part(friendID)}`,
  /** Those in whose lists a user is. */
  befriendedBy: (app: number, userID: string) => `${userScope(app, userID)}/befriendedBy/`,
  befriended: (app: number, userID: string, ownerID: string) =>
    `${userScope(app, userID)}/befriendedBy/${part(ownerID)}`,
  friendCount: (app: number, userID: string) => `${userScope(app, userID)}/friends`,
  friendGroups: (app: number, userID: string) => `${userScope(app, userID)}/friendGroup/`,
  friendGroup: (app: number, userID: string, name: string) =>
    `${userScope(app, userID)}/friendGroup/${part(name)}`,
  friendGroupsMade: (app: number, userID: string) => `${userScope(app, userID)}/friendGroupsMade`,
  friendApplications: (app: number, userID: string) => `${userScope(app, userID)}/friendApplication/`,
  friendApplication: (app: number, userID: string, { kind, peer }: { kind: 'in' | 'out'; peer: string }) =>
    `${userScope(app, userID)}/friendApplication/${kind}/${part(peer)}`,
  follows: (app: number, userID: string, list: FollowList) => `${userScope(app, userID)}/${list}/`,
  follow: (app: number, userID: string, { list, otherID }: { list: FollowList; otherID: string }) =>
    `${userScope(app, userID)}/${list}/${part(otherID)}`,
  followCounts: (app: number, userID: string) => `${userScope(app, userID)}/followCounts`,
  // The clientID first: those of the SDK begin with the time, so new keys come last and a database appends instead of inserting.
  sent: (app: number, sender: string, clientID: string) => `d/${app}/${part(clientID)}/${part(sender)}`,
  invitation: (app: number, inviteID: string) => `i/${app}/${part(inviteID)}`,
  /** In the order of their times, whoever's they are. */
  timers: 't/',
  timer: (dueMs: number, app: number, inviteID: string) => `t/${ordered(dueMs)}/${app}:${part(inviteID)}`,
  /** The invitations that a user got, in the order in which they end. Beside the user's scope: it is others that write here. */
  invitationsTo: (app: number, userID: string) => `${invitedScope(app, userID)}/`,
  dismissalTimer: ({ dueMs, app, groupID }: { dueMs: number; app: number; groupID: string }) =>
    `t/${ordered(dueMs)}/${app}:g:${part(groupID)}`,
  invitationTo: (app: number, userID: string, { dueMs, inviteID }: { dueMs: number; inviteID: string }) =>
    `${invitedScope(app, userID)}/${ordered(dueMs)}:${part(inviteID)}`,
  merger: (app: number, key: string) => `m/${app}/${part(key)}`,
  mergerTimer: ({ dueMs, app, mergerKey }: { dueMs: number; app: number; mergerKey: string }) =>
    `t/${ordered(dueMs)}/${app}:m:${part(mergerKey)}`,
  mergerParts: (app: number, key: string) => `m/${app}/${part(key)}/part/`,
  mergerUses: (app: number, key: string) => `m/${app}/${part(key)}/use/`,
  mergerUse: (app: number, key: string, { log, seq }: { log: string; seq: number }) =>
    `m/${app}/${part(key)}/use/${ordered(seq)}/${log}`,
  mergerPart: (app: number, key: string, after: number) => `m/${app}/${part(key)}/part/${ordered(after)}`,
  deletions: (app: number, userID: string, conversationID: string) =>
    `${userScope(app, userID)}/deleted/${part(conversationID)}/`,
  deletion: (app: number, userID: string, conversationID: string, seq: number) =>
    `${userScope(app, userID)}/deleted/${part(conversationID)}/${ordered(seq)}`,
  pinned: (app: number, userID: string) => `${userScope(app, userID)}/pinned`,
  conversationGroups: (app: number, userID: string) => `${userScope(app, userID)}/conversationGroup/`,
  conversationGroup: (app: number, userID: string, name: string) =>
    `${userScope(app, userID)}/conversationGroup/${part(name)}`,
  receiveOption: (app: number, userID: string) => `${userScope(app, userID)}/receiveOption`,
  extensions: (log: string, seq: number) => `${log}/extension/${ordered(seq)}/`,
  extension: (log: string, seq: number, key: string) => `${log}/extension/${ordered(seq)}/${part(key)}`,
  reactions: (log: string, seq: number) => `${log}/reaction/${ordered(seq)}/`,
  reaction: (log: string, seq: number, reactionID: string) =>
    `${log}/reaction/${ordered(seq)}/${part(reactionID)}`,
  receiptCount: (log: string, seq: number) => `${log}/receipts/${ordered(seq)}`,
  receiptsOf: (log: string, seq: number) => `${log}/receipt/${ordered(seq)}/`,
  receipt: (log: string, seq: number, userID: string) => `${log}/receipt/${ordered(seq)}/${part(userID)}`,
  head: headOf,
  recalled: (log: string, seq: number) => `${log}/recalled/${ordered(seq)}`,
  edit: (log: string, seq: number) => `${log}/edit/${ordered(seq)}`,
  recalls: (log: string) => `${log}/recalled/`,
  group: (log: string) => `${homeOf(log)}/group`,
  members: (log: string) => `${homeOf(log)}/member/`,
  member: (log: string, userID: string) => `${homeOf(log)}/member/${part(userID)}`,
  topics: (log: string) => `${homeOf(log)}/topic/`,
  topic: (log: string, topicID: string) => `${homeOf(log)}/topic/${part(topicID)}`,
  places: (log: string) => `${log}/place/`,
  place: (log: string, at: number) => `${log}/place/${ordered(at)}`,
  applications: (log: string) => `${log}/application/`,
  application: (log: string, userID: string) => `${log}/application/${part(userID)}`,
  attributes: (log: string) => `${log}/attributes`,
  counters: (log: string) => `${log}/counters`,
  pinnedMessages: (log: string) => `${log}/pinned`,
  admins: (log: string) => `${log}/admin/`,
  admin: (log: string, userID: string) => `${log}/admin/${part(userID)}`,
  standing: (log: string, userID: string) => `${log}/standing/${part(userID)}`,
  bans: (log: string) => `${log}/ban/`,
  ban: (log: string, userID: string) => `${log}/ban/${part(userID)}`,
  groupInvitations: (app: number, userID: string) => `${userScope(app, userID)}/groupInvitation/`,
  groupInvitation: (app: number, userID: string, groupID: string) =>
    `${userScope(app, userID)}/groupInvitation/${part(groupID)}`,
  markKinds: (log: string) => `${log}/marks`,
  former: (log: string, userID: string) => `${homeOf(log)}/former/${part(userID)}`,
};

/** A whole number as text whose order is the number's: 2^53 has 16 digits. */
export function ordered(value: number): string {
  return String(value).padStart(16, '0');
}

/** The log of what concerns one user alone. */
export const inboxLog = (app: number, userID: string): string => userScope(app, userID);

/** Merges locks; a scope wanted both ways is exclusive. */
export function mergeLocks(exclusive: readonly string[], shared: readonly string[] = []): Locks {
  const held = new Set(exclusive);
  return { exclusive: [...held], shared: [...new Set(shared)].filter((scope) => !held.has(scope)) };
}
