import { LIMITS, type ReplyOf, type RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { groupLog } from '../conversations/conversation-id.ts';
import type { ReadDeps } from '../deps.ts';
import { keys, unpart } from '../keys.ts';
import { decode, type Member } from '../records.ts';
import { requireMembership, withProfiles } from './read-groups.ts';
import { isAdmin } from './require-member.ts';

type Request = RequestOf<'group.members'>;

/** Members in key order, filtered by role when asked. Only members may look. */
export async function listMembers(
  deps: ReadDeps,
  actor: Actor,
  request: Request,
): Promise<ReplyOf<'group.members'>> {
  const { app, userID } = actor;
  await requireMembership(deps, app, userID, request.groupID);
  const own = walksOf(actor);
  const start = startOf(own, request);
  const log = groupLog(app, request.groupID);
  const found = await inTurn(own, start, () => membersFrom(deps, log, request, start));
  const shown = found.slice(0, request.limit);
  const next = found.length > request.limit ? shown.at(-1)?.userID : undefined;
  keepPlace(own, request, next);
  const members = await withProfiles(deps, app, shown);
  return { members, ...(next !== undefined && { next }) };
}

/** Where a page begins: so many after a member, or after none. */
interface Start {
  after: string | undefined;
  skip: number;
}

interface Listed {
  userID: string;
  member: Member;
}

/** What the page shows, and one more if there is one. */
async function membersFrom(
  deps: ReadDeps,
  log: string,
  { role, limit }: Request,
  start: Start,
): Promise<Listed[]> {
  const pageOf = role !== undefined && isAdmin(role) ? adminsPage : membersPage;
  const found: Listed[] = [];
  let { after, skip } = start;
  while (found.length <= limit) {
    const most =
      role === undefined ? Math.min(LIMITS.syncPage, skip + limit + 1 - found.length) : LIMITS.syncPage;
    const page = await pageOf(deps, log, after, most);
    for (const { userID, member } of page) {
      if (member === undefined || (role !== undefined && member.role !== role)) continue;
      if (skip > 0) skip -= 1;
      else found.push({ userID, member });
    }
    if (page.length < most) break;
    after = page.at(-1)?.userID;
  }
  return found;
}

/** How a session goes through lists by number. */
interface Walks {
  /** Where the last page of each of the newest lists ended: whoever counts on pays for a page, at whatever number. */
  places: Map<string, { offset: number; userID: string }>;
  /** What is counted up to is counted one after the other: it may be far. */
  counting: Promise<unknown>;
}

const walks = new WeakMap<Actor, Walks>();

function walksOf(actor: Actor): Walks {
  const own = walks.get(actor) ?? { places: new Map(), counting: Promise.resolve() };
  walks.set(actor, own);
  return own;
}

const listOf = ({ groupID, role }: Request): string => `${role ?? ''}/${groupID}`;

/** A page that does not follow the last one is counted up to, from there or from the beginning. */
function startOf({ places }: Walks, request: Request): Start {
  const { after, offset } = request;
  if (offset === undefined) return { after, skip: 0 };
  const place = places.get(listOf(request));
  if (place === undefined || place.offset > offset) return { after: undefined, skip: offset };
  return { after: place.userID, skip: offset - place.offset };
}

function keepPlace({ places }: Walks, request: Request, next: string | undefined): void {
  const { offset, limit } = request;
  if (offset === undefined) return;
  const list = listOf(request);
  places.delete(list);
  if (next !== undefined) places.set(list, { offset: offset + limit, userID: next });
  const [oldest] = places.keys();
  if (places.size > LIMITS.memberListsWalked && oldest !== undefined) places.delete(oldest);
}

/** Alone among those of the session, if there is something to be counted. */
function inTurn<Value>(walk: Walks, { skip }: Start, work: () => Promise<Value>): Promise<Value> {
  if (skip === 0) return work();
  const done = walk.counting.then(work);
  walk.counting = done.catch(() => undefined);
  return done;
}

type MembersPage = { userID: string; member: Member | undefined }[];

async function membersPage(
  { store }: ReadDeps,
  log: string,
  after: string | undefined,
  limit: number,
): Promise<MembersPage> {
  const prefix = keys.members(log);
  const from = after === undefined ? {} : { after: keys.member(log, after) };
  const page = await store.scan({ prefix, limit, ...from });
  return page.map(([key, value]) => ({
    userID: unpart(key.slice(prefix.length)),
    member: decode.member(value),
  }));
}

/** Owner and admins stand in a list of their own: in a community of 100,000 nobody looks through all for them. */
async function adminsPage(
  { store }: ReadDeps,
  log: string,
  after: string | undefined,
  limit: number,
): Promise<MembersPage> {
  const prefix = keys.admins(log);
  const from = after === undefined ? {} : { after: keys.admin(log, after) };
  const page = await store.scan({ prefix, limit, ...from });
  const userIDs = page.map(([key]) => unpart(key.slice(prefix.length)));
  const members = await store.get(userIDs.map((id) => keys.member(log, id)));
  return userIDs.map((userID, index) => ({ userID, member: decode.member(members[index]) }));
}
