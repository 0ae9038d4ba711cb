import type { GroupInfo, ReplyOf, RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { groupLog } from '../conversations/conversation-id.ts';
import { runCommand } from '../delivery/run-command.ts';
import type { CoreDeps } from '../deps.ts';
import { ImError } from '../errors.ts';
import { enterRoom, listVisitors } from '../rooms/use-cases.ts';
import { changeAvatar } from '../uploads/change-avatar.ts';
import type { SessionCommand, UseCases } from '../use-case.ts';
import { isUserID } from '../user-id.ts';
import { namedUsers } from '../user-results.ts';
import { listBans } from './bans.ts';
import { groupTypeNamed, KINDS } from './kinds.ts';
import { listMembers } from './list-members.ts';
import {
  adminsOf,
  applicantOf,
  getGroup,
  listApplications,
  listGroups,
  memberProfiles,
  pinnedMessages,
  readAttributes,
  readCounters,
  searchGroup,
  showGroup,
} from './read-groups.ts';
import { releaseMembers } from './release-members.ts';

/** Whatever concerns groups. */
export const groupUseCases: UseCases<Extract<SessionCommand, `group.${string}`>> = {
  'group.create': createGroup,
  'group.join': (deps, actor, request) => deps.rooms.inTurn(actor, () => join(deps, actor, request)),
  'group.quit': (deps, actor, request) => deps.rooms.inTurn(actor, () => quit(deps, actor, request)),
  'group.dismiss': dismissGroup,
  'group.list': async (deps, { app, userID }) => ({ groups: await listGroups(deps, app, userID) }),
  'group.get': async (deps, { app, userID }, { groupID }) => ({
    group: await withCount(deps, app, await showGroup(deps, app, userID, groupID)),
  }),
  'group.members': async (deps, actor, request) => {
    const { isLive } = await getGroup(deps, actor.app, actor.userID, request.groupID);
    return isLive ? listVisitors(deps, actor, request) : listMembers(deps, actor, request);
  },
  'group.addMembers': async (deps, actor, { groupID, userIDs: named }) => {
    const { userIDs, failed } = namedUsers(named, 'userNotFound');
    const admins = await adminsOf(deps, actor.app, groupID);
    const { invitationsNeedConsent: needsConsent = false } = deps.settings(actor.app);
    const body = { actor, groupID, userIDs, admins, needsConsent, nowMs: deps.clock.nowMs() };
    const reply = await runCommand(deps, { type: 'group.addMembers', body });
    return { ...reply, failed: [...reply.failed, ...failed.map(({ userID }) => userID)] };
  },
  'group.deleteMembers': (deps, actor, { groupID, userIDs: named, reason = '', seconds = 0 }) => {
    const userIDs = named.filter(isUserID);
    const body = { actor, groupID, userIDs, reason, seconds, nowMs: deps.clock.nowMs() };
    return runCommand(deps, { type: 'group.deleteMembers', body });
  },
  'group.update': updateGroup,
  'group.changeOwner': (deps, actor, request) =>
    runCommand(deps, { type: 'group.changeOwner', body: { actor, ...request, nowMs: deps.clock.nowMs() } }),
  'group.search': async (deps, { app, userID }, { groupID }) => ({
    group: await withCount(deps, app, await searchGroup(deps, app, userID, groupID)),
  }),
  'group.applications': (deps, { app, userID }) => listApplications(deps, app, userID),
  'group.handleApplication': async (deps, actor, { groupID, userID, agree, note = '' }) => {
    const by = await applicantOf(deps, actor, groupID, userID);
    const { invitationsNeedConsent: needsConsent = false } = deps.settings(actor.app);
    const asked = { actor, groupID, userID, agree, note, ...(by !== undefined && { by }) };
    const body = { ...asked, needsConsent, nowMs: deps.clock.nowMs() };
    return runCommand(deps, { type: 'group.handleApplication', body });
  },
  'group.memberProfiles': async (deps, { app, userID }, request) => ({
    members: await memberProfiles(deps, app, userID, request),
  }),
  'group.setRole': (deps, actor, request) =>
    runCommand(deps, { type: 'group.setRole', body: { actor, ...request, nowMs: deps.clock.nowMs() } }),
  'group.muteMember': (deps, actor, request) =>
    runCommand(deps, { type: 'group.muteMember', body: { actor, ...request, nowMs: deps.clock.nowMs() } }),
  'group.updateMember': (deps, actor, { groupID, userID = actor.userID, ...changes }) => {
    const body = { actor, groupID, userID, changes, nowMs: deps.clock.nowMs() };
    return runCommand(deps, { type: 'group.updateMember', body });
  },
  'group.changeAttributes': (deps, actor, request) => {
    const body = { actor, request, isHere: deps.rooms.isIn(actor, request.groupID) };
    return runCommand(deps, { type: 'group.changeAttributes', body });
  },
  'group.attributes': readAttributes,
  'group.changeCounters': (deps, actor, request) => {
    const body = { actor, request, isHere: deps.rooms.isIn(actor, request.groupID) };
    return runCommand(deps, { type: 'group.changeCounters', body });
  },
  'group.counters': readCounters,
  'group.pinMessage': (deps, actor, request) =>
    runCommand(deps, { type: 'group.pinMessage', body: { actor, ...request } }),
  'group.pinnedMessages': pinnedMessages,
  'group.onlineCount': async (deps, { app, userID }, { groupID }) => {
    const { isLive } = await showGroup(deps, app, userID, groupID);
    const memberCount = isLive
      ? await deps.rooms.count(app, groupID)
      : deps.presence.onlineMembers(app, groupID);
    return { memberCount };
  },
  'group.markMembers': (deps, actor, request) =>
    runCommand(deps, { type: 'group.markMembers', body: { actor, request } }),
  'group.bans': (deps, actor, request) => listBans(deps, actor, request, deps.clock.nowMs()),
  'group.unban': (deps, actor, request) =>
    runCommand(deps, { type: 'group.unban', body: { actor, ...request, nowMs: deps.clock.nowMs() } }),
};

async function createGroup(
  deps: CoreDeps,
  actor: Actor,
  { groupID: wish, type: name, members, ...fields }: RequestOf<'group.create'>,
): Promise<ReplyOf<'group.create'>> {
  const type = groupTypeNamed(name);
  const groupID = wish ?? `${KINDS[type].idPrefix}${deps.random.id(12)}`;
  const shown = { place: groupLog(actor.app, groupID), avatar: fields.avatar };
  const named = members && { members: members.filter(({ userID }) => isUserID(userID)) };
  const { invitationsNeedConsent: needsConsent = false } = deps.settings(actor.app);
  return changeAvatar(deps, actor, shown, (stored) => {
    const nowMs = deps.clock.nowMs();
    const request = { type, ...fields, ...named, ...stored };
    const body = { actor, groupID, wished: wish !== undefined, request, needsConsent, nowMs };
    return runCommand(deps, { type: 'group.create', body });
  });
}

async function updateGroup(
  deps: CoreDeps,
  actor: Actor,
  { groupID, changes }: RequestOf<'group.update'>,
): Promise<ReplyOf<'group.update'>> {
  const shown = { place: groupLog(actor.app, groupID), avatar: changes.avatar };
  return changeAvatar(deps, actor, shown, (stored) => {
    const body = { actor, groupID, changes: { ...changes, ...stored }, nowMs: deps.clock.nowMs() };
    return runCommand(deps, { type: 'group.update', body });
  });
}

async function join(
  deps: CoreDeps,
  actor: Actor,
  { groupID, applyMessage = '' }: RequestOf<'group.join'>,
): Promise<ReplyOf<'group.join'>> {
  const admins = await adminsOf(deps, actor.app, groupID);
  const body = { actor, groupID, applyMessage, admins, nowMs: deps.clock.nowMs() };
  return enterRoom(deps, actor, await runCommand(deps, { type: 'group.join', body }));
}

async function quit(
  deps: CoreDeps,
  actor: Actor,
  { groupID }: RequestOf<'group.quit'>,
): Promise<ReplyOf<'group.quit'>> {
  const body = { actor, groupID, nowMs: deps.clock.nowMs() };
  const { isLive } = await runCommand(deps, { type: 'group.quit', body });
  if (isLive && !deps.rooms.leave(actor, groupID)) throw new ImError('notGroupMember');
  return {};
}

/** A live room has as many members as listen now. */
async function withCount(deps: CoreDeps, app: number, group: GroupInfo): Promise<GroupInfo> {
  if (!group.isLive) return group;
  return { ...group, memberCount: await deps.rooms.count(app, group.groupID) };
}

/** The group ends at once, and its members' records as far as an answer may wait. */
async function dismissGroup(
  deps: CoreDeps,
  actor: Actor,
  { groupID }: RequestOf<'group.dismiss'>,
): Promise<ReplyOf<'group.dismiss'>> {
  const nowMs = deps.clock.nowMs();
  const nothing = { place: groupLog(actor.app, groupID), avatar: '' };
  const dismissal = await changeAvatar(deps, actor, nothing, () =>
    runCommand(deps, { type: 'group.dismiss', body: { actor, groupID, nowMs } }),
  );
  await releaseMembers(deps, dismissal, nowMs);
  return {};
}
