import type { EndLine, FinalLine, Line, SeenConversation, Violation } from '../history.ts';
import type { Model } from '../model.ts';
import { brief } from './order.ts';
import { mustHave } from './told.ts';

/**
 * C8: what a device has been acknowledged or handed stays in its sight: the newest page and the list never show an older end.
 * A view is judged by what was known when it was asked for.
 */
export function monotonicViews(model: Model): Violation[] {
  const found: Violation[] = [];
  const known = new Map<string, number>();
  const deleted = deletionsOf(model);
  const learn = (session: string, conv: string, seq: number) => {
    const key = `${session} ${conv}`;
    known.set(key, Math.max(known.get(key) ?? 0, seq));
  };
  /** The floor of each running call, by number, as of its start. */
  const floors = new Map<number, number>();

  model.lines.forEach((line, at) => {
    switch (line.op) {
      case 'invoke':
        if (line.conv !== undefined) floors.set(line.call, known.get(`${line.session} ${line.conv}`) ?? 0);
        break;
      case 'ok': {
        const call = model.calls.get(line.call);
        if (call === undefined) break;
        if (call.name === 'history' && call.newest) {
          found.push(...newestPage(model, call, { floor: floors.get(line.call) ?? 0, deleted, at }));
        }
        if (line.message) learn(call.session, line.message.conv, line.message.seq);
        for (const seen of line.messages ?? []) learn(call.session, seen.conv, seen.seq);
        break;
      }
      case 'deliver':
        for (const seen of line.messages) learn(line.session, seen.conv, seen.seq);
        break;
      case 'conversations':
        found.push(...listGoesBack(line, known, deleted, at));
        for (const row of line.conversations) learn(line.session, row.conv, row.lastSeq);
        break;
      default:
        break;
    }
  });
  return found;
}

const DELETES: ReadonlySet<string> = new Set(['deleteConversation', 'deleteMessages', 'clearHistory']);

/** When each user began to delete something of each conversation: after that, its old messages may be out of sight. */
type Deletions = ReadonlyMap<string, number>;

function deletionsOf(model: Model): Deletions {
  const first = new Map<string, number>();
  for (const call of model.calls.values()) {
    if (!DELETES.has(call.name) || call.conv === undefined) continue;
    const key = `${call.user} ${call.conv}`;
    first.set(key, Math.min(first.get(key) ?? Number.POSITIVE_INFINITY, call.from));
  }
  return first;
}

const mayBeCleared = (deleted: Deletions, user: string, conv: string, at: number) =>
  (deleted.get(`${user} ${conv}`) ?? Number.POSITIVE_INFINITY) < at;

function newestPage(
  model: Model,
  call: { device: string; user: string; conv?: string; end?: EndLine },
  { floor, deleted, at }: { floor: number; deleted: Deletions; at: number },
): Violation[] {
  const { conv, user, device } = call;
  if (conv === undefined || floor === 0 || mayBeCleared(deleted, user, conv, at)) return [];
  // A topic that was taken away is read as empty.
  if ((call.end?.t ?? 0) >= model.goneAt(conv)) return [];
  const { messages = [], complete } = call.end ?? {};
  // A page of nothing but unsent messages, shown while there is no connection, says nothing of the rest.
  if (messages.length === 0 && complete !== true) return [];
  const shown = messages.at(-1)?.seq ?? 0;
  if (shown >= floor || !model.readable(user, conv).indexOf.has(floor)) return [];
  return [
    {
      check: 'C8',
      text: `${device} read the newest page of ${conv}: it ends at ${shown}, but ${floor} was known before`,
    },
  ];
}

function listGoesBack(
  line: Extract<Line, { op: 'conversations' }>,
  known: ReadonlyMap<string, number>,
  deleted: Deletions,
  at: number,
): Violation[] {
  return line.conversations
    .filter((row) => row.lastSeq < (known.get(`${line.session} ${row.conv}`) ?? 0))
    .filter((row) => !mayBeCleared(deleted, line.user, row.conv, at))
    .map((row) => ({
      check: 'C8',
      text: `${line.device}'s list shows ${row.conv} at ${row.lastSeq}; ${known.get(`${line.session} ${row.conv}`)} was known before`,
    }));
}

/** C10: in the end all devices of a user, and one that has just logged in, hold the same. */
export function convergence(model: Model): Violation[] {
  const found: Violation[] = [];
  for (const [user, lines] of Map.groupBy(model.finals, (line) => line.user)) {
    const reference = lines.find((line) => line.kind === 'fresh');
    if (reference === undefined) {
      found.push({ check: 'C10', text: `${user} has no fresh device to compare with` });
      continue;
    }
    for (const line of lines) {
      if (line !== reference) found.push(...differences(model, line, reference));
    }
  }
  return found;
}

function differences(model: Model, line: FinalLine, fresh: FinalLine): Violation[] {
  const found: string[] = [];
  const compare = (what: string, one: string, two: string) => {
    if (one !== two) found.push(`${what}: ${one} on ${line.device}, ${two} on ${fresh.device}`);
  };
  const rows = (state: FinalLine) => new Map(state.conversations.map((row) => [row.conv, rowText(row)]));
  const [mine, theirs] = [rows(line), rows(fresh)];
  for (const conv of new Set([...mine.keys(), ...theirs.keys()])) {
    compare(`list, ${conv}`, mine.get(conv) ?? 'absent', theirs.get(conv) ?? 'absent');
  }
  for (const conv of new Set([...Object.keys(line.histories), ...Object.keys(fresh.histories)])) {
    const seqs = (state: FinalLine) => brief((state.histories[conv] ?? []).map((seen) => seen.seq));
    if (!model.isGone(conv) || mustHave(model, line.session, conv))
      compare(`history of ${conv}`, seqs(line), seqs(fresh));
    const changed = ({ histories: { [conv]: all = [] } }: FinalLine) =>
      all.flatMap(({ seq, recalled, version }) =>
        recalled ? `${seq} recalled` : version ? `${seq} v${version}` : [],
      );
    if (mustHave(model, line.session, conv))
      compare(`changed in ${conv}`, changed(line).join(), changed(fresh).join());
  }
  const groups = (state: FinalLine) =>
    state.groups
      .map(({ groupID, members }) => `${groupID}(${members})`)
      .sort()
      .join(' ');
  compare('groups', groups(line), groups(fresh));
  const topics = ({ topics: all }: FinalLine) => names(all.map(({ topicID, name }) => `${topicID}(${name})`));
  compare('topics', topics(line), topics(fresh));
  compare('nick', line.nick, fresh.nick);
  compare('friends', names(line.friends), names(fresh.friends));
  compare('applications', names(line.applications), names(fresh.applications));
  compare('blacklist', names(line.blocked), names(fresh.blocked));
  return found.map((text) => ({ check: 'C10', text: `${line.user} differs: ${text}` }));
}

const names = (users: readonly string[]) => users.toSorted().join(' ');
const rowText = (row: SeenConversation) => `unread ${row.unread}, last ${row.lastSeq} "${row.lastBody}"`;
