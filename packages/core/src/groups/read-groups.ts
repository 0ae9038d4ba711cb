import {
  type GroupInfo,
  type GroupMemberInfo,
  LIMITS,
  type MessageEvent,
  type ReplyOf,
  type RequestOf,
} from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { groupLog } from '../conversations/conversation-id.ts';
import { groupStretches, loadReader, readable } from '../conversations/reader.ts';
import type { CoreDeps, ReadDeps } from '../deps.ts';
import { ImError } from '../errors.ts';
import { keys, TOPIC_INFIX, unpart } from '../keys.ts';
import { type Application, decode, type Member } from '../records.ts';
import { isUserID } from '../user-id.ts';
import { waitingKeys } from './applications.ts';
import { groupView, memberView } from './group-view.ts';
import { KINDS } from './kinds.ts';
import { isAdmin } from './require-member.ts';

/** The group, for rules that see to who asks. */
export async function getGroup(
  deps: ReadDeps,
  app: number,
  userID: string,
  groupID: string,
): Promise<GroupInfo> {
  const view = await viewOf(deps, app, userID, groupID);
  if (view === undefined) throw new ImError('groupNotFound', groupID);
  return view;
}

/** The group for whoever may see it: of some kinds that is its members alone. */
export async function showGroup(
  deps: ReadDeps,
  app: number,
  userID: string,
  groupID: string,
): Promise<GroupInfo> {
  const group = await getGroup(deps, app, userID, groupID);
  if (group.self === undefined && !KINDS[group.type].shownOutside)
    throw new ImError('noPermission', 'groups of this type are shown to their members alone');
  return group;
}

async function viewOf(
  deps: ReadDeps,
  app: number,
  userID: string,
  groupID: string,
): Promise<GroupInfo | undefined> {
  const log = groupLog(app, groupID);
  const [groupRecord, headRecord, memberRecord] = await deps.store.get([
    keys.group(log),
    keys.head(log),
    keys.member(log, userID),
  ]);
  const group = decode.group(groupRecord);
  if (group === undefined || group.dismissedPos !== undefined) return undefined;
  return groupView(group, decode.head(headRecord), decode.member(memberRecord));
}

/** The groups that the user is a member of and that are listed by their kind. */
export async function listGroups(deps: ReadDeps, app: number, userID: string): Promise<GroupInfo[]> {
  const groupIDs = await memberGroups(deps, app, userID);
  const views = await Promise.all(groupIDs.map((groupID) => viewOf(deps, app, userID, groupID)));
  return views.flatMap((view) => (view?.self !== undefined && KINDS[view.type].listed ? [view] : []));
}

/** Groups that the user has a conversation with: present and past memberships. */
export async function memberGroups(deps: ReadDeps, app: number, userID: string): Promise<string[]> {
  const prefix = keys.userConversations(app, userID);
  const records = await deps.store.scan({ prefix: `${prefix}GROUP`, limit: LIMITS.groupsJoined * 5 });
  return records.map(([key]) => unpart(key.slice(prefix.length + 'GROUP'.length)));
}

/** Where the user's present membership begins, if there is one, and of which messages they may know. */
export async function readMembership(
  deps: ReadDeps,
  app: number,
  groupID: string,
  userID: string,
): Promise<{ joinPos: number; mayKnow(seq: number): boolean } | undefined> {
  const log = groupLog(app, groupID);
  const wanted = [keys.group(log), keys.member(log, userID), keys.former(log, userID)];
  const [groupRecord, memberRecord, former] = await deps.store.get(wanted);
  const member = decode.member(memberRecord);
  if (member === undefined) return undefined;
  // The membership goes on: it has no end yet.
  const end = { pos: Infinity, seq: Infinity };
  const stretches = groupStretches(end, decode.group(groupRecord), member, decode.former(former));
  return {
    joinPos: member.joinPos,
    mayKnow: (seq) => stretches.some(({ afterSeq, toSeq }) => seq > afterSeq && seq <= toSeq),
  };
}

/** Members as others see them. */
export async function withProfiles(
  deps: ReadDeps,
  app: number,
  shown: readonly { userID: string; member: Member }[],
): Promise<GroupMemberInfo[]> {
  const profiles = await deps.store.get(shown.map(({ userID }) => keys.profile(app, userID)));
  return shown.map(({ userID, member }, index) =>
    memberView(userID, member, decode.profile(profiles[index], userID)),
  );
}

/** Who decides on applications to join. */
export async function adminsOf(deps: ReadDeps, app: number, groupID: string): Promise<string[]> {
  const prefix = keys.admins(groupLog(app, groupID));
  const records = await deps.store.scan({ prefix, limit: LIMITS.syncPage });
  return records.map(([key]) => unpart(key.slice(prefix.length)));
}

/** The group for somebody who looks for it by its ID. */
export async function searchGroup(
  deps: ReadDeps,
  app: number,
  userID: string,
  groupID: string,
): Promise<GroupInfo> {
  const group = await getGroup(deps, app, userID, groupID);
  if (!KINDS[group.type].shownOutside)
    throw new ImError('noPermission', 'groups of this type are not found by their ID');
  return group;
}

/** Some members, by name; only members may look. */
export async function memberProfiles(
  deps: ReadDeps,
  app: number,
  userID: string,
  { groupID, userIDs }: RequestOf<'group.memberProfiles'>,
): Promise<GroupMemberInfo[]> {
  const { isLive } = await requireMembership(deps, app, userID, groupID);
  if (isLive) throw new ImError('noPermission', 'of members of a live room there are no records');
  const log = groupLog(app, groupID);
  const named = userIDs.filter(isUserID);
  const records = await deps.store.get(named.map((id) => keys.member(log, id)));
  const found = named.flatMap((id, index) => {
    const member = decode.member(records[index]);
    return member === undefined ? [] : [{ userID: id, member }];
  });
  return withProfiles(deps, app, found);
}

/** A group that the user is in. */
export async function requireMembership(
  deps: ReadDeps,
  app: number,
  userID: string,
  groupID: string,
): Promise<GroupInfo> {
  const group = await getGroup(deps, app, userID, groupID);
  if (group.self === undefined) throw new ImError('noPermission', 'not a member of the group');
  return group;
}

/** The log of a group that the user is a member of, or a live room that the session is in; `otherwise` is what anybody else is told. */
async function requireIn(
  deps: ReadDeps & Pick<CoreDeps, 'rooms'>,
  actor: Actor,
  groupID: string,
  otherwise: 'attributesNotJoined' | 'noPermission',
): Promise<string> {
  const { app, userID } = actor;
  if (deps.rooms.isIn(actor, groupID)) return groupLog(app, groupID);
  const { self } = await getGroup(deps, app, userID, groupID);
  if (self === undefined) throw new ImError(otherwise, 'not a member of the group');
  return groupLog(app, groupID);
}

export async function readAttributes(
  deps: ReadDeps & Pick<CoreDeps, 'rooms'>,
  actor: Actor,
  { groupID }: RequestOf<'group.attributes'>,
): Promise<ReplyOf<'group.attributes'>> {
  const log = await requireIn(deps, actor, groupID, 'attributesNotJoined');
  const [record] = await deps.store.get([keys.attributes(log)]);
  const { attributes, revision } = decode.attributes(record);
  return { attributes: { ...attributes }, revision };
}

/** The named counters, or all; one that was never set is left out. */
export async function readCounters(
  deps: ReadDeps & Pick<CoreDeps, 'rooms'>,
  actor: Actor,
  { groupID, keys: named = [] }: RequestOf<'group.counters'>,
): Promise<ReplyOf<'group.counters'>> {
  const log = await requireIn(deps, actor, groupID, 'noPermission');
  const [record] = await deps.store.get([keys.counters(log)]);
  const all = Object.entries(decode.counters(record));
  return { counters: Object.fromEntries(all.filter(([key]) => named.length === 0 || named.includes(key))) };
}

/** Pinned messages of a group or topic, in the order in which they were pinned; recalled ones and those the user may not see are left out. */
export async function pinnedMessages(
  deps: ReadDeps & Pick<CoreDeps, 'rooms'>,
  actor: Actor,
  { groupID }: RequestOf<'group.pinnedMessages'>,
): Promise<ReplyOf<'group.pinnedMessages'>> {
  const [home = groupID] = groupID.split(TOPIC_INFIX);
  await requireIn(deps, actor, home, 'noPermission');
  const reader = await loadReader(deps, actor.app, actor.userID, `GROUP${groupID}`);
  const { log } = reader;
  if (home !== groupID && reader.topic === undefined) throw new ImError('groupNotFound', groupID);
  const [record] = await deps.store.get([keys.pinnedMessages(log)]);
  const messages: MessageEvent[] = [];
  for (const seq of decode.pinned(record)) {
    const entries = await deps.store.messages({ log, after: seq - 1, before: seq + 1, limit: 1 });
    for (const { event } of await readable(deps, reader, entries)) {
      if (event.t === 'message' && event.recalled === undefined) messages.push(event);
    }
  }
  return { messages };
}

/** Wishes that wait in the groups that the user decides for, and invitations that wait for the user, newest first. */
export async function listApplications(
  deps: ReadDeps,
  app: number,
  userID: string,
): Promise<ReplyOf<'group.applications'>> {
  const found: ReplyOf<'group.applications'>['applications'] = [];
  for (const group of await listGroups(deps, app, userID)) {
    if (group.self === undefined || !isAdmin(group.self.role)) continue;
    const prefix = keys.applications(groupLog(app, group.groupID));
    const records = await deps.store.scan({ prefix, limit: LIMITS.groupApplications });
    for (const [key, value] of records) {
      const application = decode.application(value);
      if (application === undefined) continue;
      const id = unpart(key.slice(prefix.length));
      found.push({ groupID: group.groupID, groupName: group.name, userID: id, ...application });
    }
  }
  for (const [groupID, application] of await invitationsOf(deps, app, userID)) {
    const [groupRecord] = await deps.store.get([keys.group(groupLog(app, groupID))]);
    const group = decode.group(groupRecord);
    if (group === undefined || group.dismissedPos !== undefined) continue;
    found.push({ groupID, groupName: group.name, userID, ...application });
  }
  const newest = found.sort((a, b) => b.timeMs - a.timeMs).slice(0, LIMITS.groupApplications);
  const profiles = await deps.store.get(newest.map((one) => keys.profile(app, one.userID)));
  const applications = newest.map((one, index) => {
    const { nick, avatar } = decode.profile(profiles[index], one.userID);
    return { ...one, ...(nick && { nick }), ...(avatar && { avatar }) };
  });
  return { applications };
}

async function invitationsOf(
  deps: ReadDeps,
  app: number,
  userID: string,
): Promise<[groupID: string, Application][]> {
  const prefix = keys.groupInvitations(app, userID);
  const records = await deps.store.scan({ prefix, limit: LIMITS.groupInvitations });
  return records.flatMap(([key, value]) => {
    const application = decode.application(value);
    return application === undefined ? [] : [[unpart(key.slice(prefix.length)), application]];
  });
}

/** Who asked that a user becomes a member, if anybody did: what the user may answer comes first for the user, last for others. */
export async function applicantOf(
  deps: ReadDeps,
  { app, userID: answerer }: Actor,
  groupID: string,
  userID: string,
): Promise<string | undefined> {
  const { invitation, application } = waitingKeys(app, groupID, userID);
  const inOrder = answerer === userID ? [invitation, application] : [application, invitation];
  const found = (await deps.store.get(inOrder)).map((record) => decode.application(record));
  return found.find((one) => one !== undefined)?.by;
}
