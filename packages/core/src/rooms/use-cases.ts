import type { GroupMemberInfo, ReplyOf, RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { ROOM_DEFAULTS, type RoomSettings } from '../app-settings.ts';
import { groupLog } from '../conversations/conversation-id.ts';
import type { CoreDeps } from '../deps.ts';
import { ImError } from '../errors.ts';
import { requireNotBanned } from '../groups/bans.ts';
import type { JoinReply } from '../groups/join-group.ts';
import { groupView } from '../groups/group-view.ts';
import { KINDS } from '../groups/kinds.ts';
import { keys } from '../keys.ts';
import type { SendReply } from '../messages/append-message.ts';
import { draftOf } from '../messages/repeated-send.ts';
import { decode } from '../records.ts';

export const roomSettings = (deps: Pick<CoreDeps, 'settings'>, app: number): RoomSettings =>
  deps.settings(app).rooms ?? ROOM_DEFAULTS;

/** The decision let the user in: the room's node takes the session. */
export async function enterRoom(
  deps: CoreDeps,
  actor: Actor,
  { visitor, ...reply }: JoinReply,
): Promise<ReplyOf<'group.join'>> {
  const { group } = reply;
  if (visitor === undefined || group === undefined) return reply;
  const requireWelcome = (): Promise<void> => requireStillWelcome(deps, actor, group.groupID);
  const { isNew } = await deps.rooms.enter(actor, group, { visitor, requireWelcome });
  const memberCount = await deps.rooms.count(actor.app, group.groupID);
  return { status: isNew ? 'JoinedSuccess' : 'AlreadyInGroup', group: { ...group, memberCount } };
}

/** The room may have ended, or the user been banned, after it was decided that they come in. */
async function requireStillWelcome(
  { store, clock }: CoreDeps,
  { app, userID }: Actor,
  groupID: string,
): Promise<void> {
  const log = groupLog(app, groupID);
  const [group, ban] = await store.get([keys.group(log), keys.ban(log, userID)]);
  if (decode.group(group)?.dismissedPos !== undefined) throw new ImError('groupNotFound', groupID);
  requireNotBanned(decode.ban(ban), clock.nowMs());
}

/** The decision found nothing against it: the room's node carries it. */
export function sayInRoom(
  deps: CoreDeps,
  actor: Actor,
  request: RequestOf<'message.send'>,
  { isLive: _live, ...author }: SendReply,
): ReplyOf<'message.send'> {
  const { id, nick, avatar, nameCard } = author;
  const draft = Object.assign(draftOf(request, id, actor.userID), {
    ...(nick && { nick }),
    ...(avatar && { avatar }),
    ...(nameCard && { nameCard }),
  });
  const groupID = request.conversationID.slice('GROUP'.length);
  return { ...author, ...deps.rooms.say(actor, groupID, draft) };
}

/** Those who are in a live room, the latest first; owner and admins may look from outside. */
export async function listVisitors(
  deps: CoreDeps,
  { app, userID }: Actor,
  { groupID, after, offset = 0, limit, role, mark }: RequestOf<'group.members'>,
): Promise<ReplyOf<'group.members'>> {
  const log = groupLog(app, groupID);
  const all = await deps.rooms.visitors(app, groupID);
  const [own] = await deps.store.get([keys.member(log, userID)]);
  if (own === undefined && !all.some((visitor) => visitor.userID === userID))
    throw new ImError('noPermission', 'not in the room');
  const standings = await deps.store.get(all.map((visitor) => keys.standing(log, visitor.userID)));
  const found = all.flatMap((visitor, index): GroupMemberInfo[] => {
    const { marks = [], muteUntilMs } = decode.standing(standings[index]);
    if (role !== undefined && visitor.role !== role) return [];
    if (mark !== undefined && !marks.includes(mark)) return [];
    return [
      {
        ...visitor,
        ...(muteUntilMs !== undefined && { muteUntilMs }),
        ...(marks.length > 0 && { marks: [...marks] }),
      },
    ];
  });
  const first = after === undefined ? offset : found.findIndex((member) => member.userID === after) + 1;
  const members = found.slice(first, first + limit);
  const last = members.at(-1);
  return { members, ...(first + limit < found.length && last && { next: last.userID }) };
}

/** What somebody may ask who has not logged in. */
export const guestUseCases = {
  'group.join': (
    deps: CoreDeps,
    guest: Actor,
    request: RequestOf<'group.join'>,
  ): Promise<ReplyOf<'group.join'>> => deps.rooms.inTurn(guest, () => joinAsGuest(deps, guest, request)),

  'group.quit': (
    deps: CoreDeps,
    guest: Actor,
    { groupID }: RequestOf<'group.quit'>,
  ): Promise<ReplyOf<'group.quit'>> =>
    deps.rooms.inTurn(guest, async () => {
      if (!deps.rooms.leave(guest, groupID)) throw new ImError('notGroupMember');
      return {};
    }),

  async 'group.onlineCount'(
    deps: CoreDeps,
    guest: Actor,
    { groupID }: RequestOf<'group.onlineCount'>,
  ): Promise<ReplyOf<'group.onlineCount'>> {
    if (!deps.rooms.isIn(guest, groupID)) throw new ImError('notInRoom');
    return { memberCount: await deps.rooms.count(guest.app, groupID) };
  },
};

async function joinAsGuest(
  deps: CoreDeps,
  guest: Actor,
  { groupID }: RequestOf<'group.join'>,
): Promise<ReplyOf<'group.join'>> {
  const log = groupLog(guest.app, groupID);
  const [groupRecord, headRecord] = await deps.store.get([keys.group(log), keys.head(log)]);
  const group = decode.group(groupRecord);
  if (group === undefined || group.dismissedPos !== undefined) throw new ImError('groupNotFound', groupID);
  if (!KINDS[group.type].guests) throw new ImError('onlyRoomsForGuests');
  const requireWelcome = (): Promise<void> => requireStillWelcome(deps, guest, groupID);
  const { isNew } = await deps.rooms.enter(guest, group, { requireWelcome });
  const memberCount = await deps.rooms.count(guest.app, groupID);
  return {
    status: isNew ? 'JoinedSuccess' : 'AlreadyInGroup',
    group: { ...groupView(group, decode.head(headRecord), undefined), memberCount },
  };
}

export type GuestCommand = keyof typeof guestUseCases;
