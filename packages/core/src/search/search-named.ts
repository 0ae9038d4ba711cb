import { LIMITS, type Profile, type ReplyOf, type RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { groupLog } from '../conversations/conversation-id.ts';
import type { ReadDeps } from '../deps.ts';
import { ImError } from '../errors.ts';
import { groupView, memberView } from '../groups/group-view.ts';
import { KINDS } from '../groups/kinds.ts';
import { memberGroups } from '../groups/read-groups.ts';
import { keys } from '../keys.ts';
import type { SearchIndex } from '../ports/search.ts';
import { decode } from '../records.ts';
import { groupWords, memberWords, userWords } from './documents.ts';
import { pageOf, pageStart } from './pages.ts';
import { phrasesOf } from './phrases.ts';
import { saysPhrases } from './words.ts';

type SearchDeps = ReadDeps & { search: SearchIndex };

/** Users by ID or nick. The index says who, the records what they are called now. */
export async function searchUsers(
  deps: SearchDeps,
  { app }: Actor,
  request: RequestOf<'search.users'>,
  nowMs: number,
): Promise<ReplyOf<'search.users'>> {
  const start = pageStart(request.cursor, nowMs);
  const phrases = phrasesOf(request.keywords, request.match);
  const hits = await deps.search.named({
    ...phrases,
    kind: 'user',
    app,
    within: [],
    limit: LIMITS.searchHits,
  });
  // Who has never changed anything, nor met anybody, is found by the whole ID.
  const userIDs = [...new Set([...hits.map(({ id }) => id), ...(request.keywords ?? [])])];
  const users = (await accounts(deps, app, userIDs)).filter(
    (profile) => saysPhrases(userWords(profile.userID, profile), phrases) && isAskedFor(profile, request),
  );
  const { items, cursor } = pageOf(users, start, request.limit);
  return { total: users.length, users: items, cursor };
}

function isAskedFor(
  { gender = 'Gender_Type_Unknown', birthday = 0 }: Profile,
  { gender: wanted, fromBirthday, toBirthday }: RequestOf<'search.users'>,
): boolean {
  if (wanted !== undefined && gender !== wanted) return false;
  return birthday >= (fromBirthday ?? 0) && birthday <= (toBirthday ?? Infinity);
}

/** The profiles of those who exist. */
async function accounts(deps: ReadDeps, app: number, userIDs: readonly string[]): Promise<Profile[]> {
  const wanted = userIDs.flatMap((userID) => [keys.account(app, userID), keys.profile(app, userID)]);
  const records = await deps.store.get(wanted);
  return userIDs.flatMap((userID, at) =>
    decode.account(records[2 * at]) === undefined ? [] : [decode.profile(records[2 * at + 1], userID)],
  );
}

/** Groups by ID or name: those of kinds that strangers may find, and the searcher's own. */
export async function searchGroups(
  deps: SearchDeps,
  { app, userID }: Actor,
  request: RequestOf<'search.groups'>,
  nowMs: number,
): Promise<ReplyOf<'search.groups'>> {
  const start = pageStart(request.cursor, nowMs);
  const phrases = phrasesOf(request.keywords, request.match);
  const hits = await deps.search.named({
    ...phrases,
    kind: 'group',
    app,
    within: [],
    limit: LIMITS.searchHits,
  });
  const logs = hits.map(({ id }) => groupLog(app, id));
  const records = await deps.store.get(
    logs.flatMap((log) => [keys.group(log), keys.head(log), keys.member(log, userID)]),
  );
  const groups = logs.flatMap((_, at) => {
    const [group, head, member] = records.slice(3 * at, 3 * at + 3);
    const [found, self] = [decode.group(group), decode.member(member)];
    if (found === undefined || found.dismissedPos !== undefined) return [];
    if (!KINDS[found.type].shownOutside && self === undefined) return [];
    if (request.types !== undefined && !request.types.some((type) => type === found.type)) return [];
    return saysPhrases(groupWords(found), phrases) ? [groupView(found, decode.head(head), self)] : [];
  });
  const { items, cursor } = pageOf(groups, start, request.limit);
  return { total: groups.length, groups: items, cursor };
}

/** Members of the searcher's own groups, by ID, nick or name card. */
export async function searchMembers(
  deps: SearchDeps,
  { app, userID }: Actor,
  request: RequestOf<'search.members'>,
  nowMs: number,
): Promise<ReplyOf<'search.members'>> {
  const start = pageStart(request.cursor, nowMs);
  const phrases = phrasesOf(request.keywords, request.match);
  const groupIDs = await ownGroups(deps, app, userID, request.groupIDs);
  const limit = LIMITS.searchHits;
  // A keyword may name the user, or the card in one group: each of them alone is enough to look closer.
  const hits = await deps.search.named({
    ...phrases,
    all: false,
    kind: 'member',
    app,
    within: groupIDs,
    limit,
  });
  const wanted = hits.flatMap(({ within, id }) => [
    keys.member(groupLog(app, within), id),
    keys.profile(app, id),
  ]);
  const records = await deps.store.get(wanted);
  const members = hits.flatMap(({ within: groupID, id }, at) => {
    const member = decode.member(records[2 * at]);
    const profile = decode.profile(records[2 * at + 1], id);
    if (member === undefined) return [];
    const words = [...userWords(id, profile), ...memberWords('', member)];
    return saysPhrases(words, phrases) ? [{ groupID, ...memberView(id, member, profile) }] : [];
  });
  const { items, cursor } = pageOf(members, start, request.limit);
  return { total: members.length, members: items, cursor };
}

/** Those of the named groups, or of all, that the searcher is a member of. */
async function ownGroups(
  deps: ReadDeps,
  app: number,
  userID: string,
  named: readonly string[] | undefined,
): Promise<string[]> {
  const groupIDs = named ?? (await memberGroups(deps, app, userID));
  const records = await deps.store.get(groupIDs.map((id) => keys.member(groupLog(app, id), userID)));
  const own = groupIDs.filter((_, at) => decode.member(records[at]) !== undefined);
  if (named !== undefined && own.length < named.length)
    throw new ImError('noPermission', 'only members may look for members');
  return own;
}
