import { INBOX, type Violation } from '../history.ts';
import { type Call, communityOf, type Log, maySee, type Model, type StoredMessage } from '../model.ts';
import type { CountedLine, SeenReceipt } from '../reading.ts';
import { otherThan } from './blacklist.ts';
import { isSoBefore } from './newest-change.ts';
import { freshStart, knowledge } from './told.ts';

const violation = (text: string): Violation => ({ check: 'C20', text });

/** A message that asked to be told, whom it was sent to, and whose receipts were counted. */
interface Asking extends StoredMessage {
  id: string;
  from: string;
  receivers: readonly string[];
  counted: readonly CountedLine[];
}

/** What a session was told of a message by an event, or by an answer, and since when it may have been so. */
interface Told extends SeenReceipt {
  user: string;
  session: string;
  how: 'event' | 'answer' | 'final';
  /** Places in the history: when it was asked, and when it was told. */
  since: number;
  at: number;
  t: number;
}

/**
 * C20: receipts are counted once for each to whom the message was sent and who asked for it, in the order of the log, and nobody else is told
 * than the sender. Read and unread sum up to those whom it was sent to, and no session is told less than before. Whose receipt was
 * acknowledged is counted, and whose was refused is not; in the end all devices say the same, and those that were there have heard of
 * each. The lists of readers have whom the counts have.
 */
export function receiptsAreTrue(model: Model): Violation[] {
  const asking = askingOf(model);
  const told = toldOf(model);
  const byMessage = Map.groupBy(told, ({ id }) => id);
  return [
    ...told.flatMap((one) => toldTruly(asking.get(one.id), one)),
    ...model.counted.flatMap((line) => countedRightly(model, asking, line)),
    ...[...asking.values()].flatMap((one) => [
      ...inOrder(one),
      ...neverLess(model, one, byMessage.get(one.id) ?? []),
      ...neverTold(model, one, byMessage.get(one.id) ?? []),
    ]),
    ...[...model.calls.values()].flatMap((call) => [
      ...honestReceipts(model, asking, call),
      ...honestLists(asking, call),
    ]),
  ];
}

function askingOf(model: Model): ReadonlyMap<string, Asking> {
  const counted = Map.groupBy(model.counted, ({ conv, seq }) => `${conv} ${seq}`);
  const found = new Map<string, Asking>();
  for (const [id, stored] of model.byID) {
    const { conv, seq, entry } = stored;
    const log = model.logs.get(conv);
    if (!entry.wantsReceipt || entry.from === undefined || log === undefined) continue;
    const { from, pos } = entry;
    const lines = counted.get(`${conv} ${seq}`) ?? [];
    found.set(id, { ...stored, id, from, receivers: receiversOf(log, from, pos), counted: lines });
  }
  return found;
}

/** Those who were in when it was said, but for who said it. */
function receiversOf(log: Log, from: string, pos: number): string[] {
  const users =
    otherThan(log, from) === undefined ? [...log.memberships.keys()] : [otherThan(log, from) ?? ''];
  return users.filter((user) => user !== from && maySee(log, user, pos));
}

const nameOf = ({ conv, seq }: { conv: string; seq: number }) => `${conv} ${seq}`;

function toldOf(model: Model): Told[] {
  const events = model.readings.flatMap(({ op, ...line }): Told[] => {
    if (op !== 'receipts' || !('receipts' in line)) return [];
    const { user, session, at, t } = line;
    return line.receipts.map((receipt) => ({ ...receipt, user, session, how: 'event', since: at, at, t }));
  });
  const answers = [...model.calls.values()].flatMap(({ name, end, user, session, from, to }): Told[] => {
    if (name !== 'receipts' || end?.receipts === undefined) return [];
    const { t, receipts } = end;
    return receipts.map((one) => ({ ...one, user, session, how: 'answer', since: from, at: to, t }));
  });
  const finals = model.finals.flatMap(({ user, session, receipts, at, t }): Told[] =>
    receipts.map((receipt) => ({ ...receipt, user, session, how: 'final', since: at, at, t })),
  );
  return [...events, ...answers, ...finals];
}

/** Nobody but the sender is told, and only what is so by then; in the end all of it. */
function toldTruly(one: Asking | undefined, { id, user, session, how, read, unread, t }: Told): Violation[] {
  if (one === undefined || one.from !== user)
    return [violation(`${session} was told who has read ${id}, which ${user} did not ask to be told`)];
  const { counted, receivers } = one;
  const what = `${session} was told of ${nameOf(one)} that ${read} have read it, ${unread} not`;
  if (read + unread !== receivers.length) return [violation(`${what}; it was sent to ${receivers.length}`)];
  const most = counted.filter(({ at }) => at <= t).length;
  if (read > most || (how === 'final' && read < counted.length))
    return [violation(`${what} (${how}); it were ${most}`)];
  return [];
}

function countedRightly(model: Model, asking: ReadonlyMap<string, Asking>, line: CountedLine): Violation[] {
  const { user, to, conv, seq, commit } = line;
  const log = model.logs.get(conv);
  const id = log?.bySeq.get(seq)?.id ?? '';
  const one = asking.get(id);
  const what = `${user}'s receipt for ${nameOf(line)} was counted`;
  if (log === undefined || one === undefined) return [violation(`${what}, which asks for none`)];
  const found: Violation[] = [];
  if (one.entry.alone) found.push(violation(`${what}, which is its sender's alone`));
  if (to !== one.from) found.push(violation(`${what}, and ${to} told, who did not send it`));
  if (!one.receivers.includes(user)) found.push(violation(`${what}, whom it was not sent to`));
  if (conv.startsWith('c2c:') && isSoBefore(model.blocks, { user: to, other: user, commit }))
    found.push(violation(`${what} for ${to}, who had blocked them`));
  if (!isInAt(model, log, user, commit)) found.push(violation(`${what} when they were not in it any more`));
  const asked = callsFor(model, id).some((call) => call.user === user && call.end?.op !== 'fail');
  if (!asked) found.push(violation(`${what}, who sent none`));
  return found;
}

/** Whether the user was in the group, or the topic's community, before a commit. */
function isInAt(model: Model, { conv }: Log, user: string, commit: number): boolean {
  if (conv.startsWith('c2c:')) return true;
  const { entries = [] } = model.logs.get(communityOf(conv) ?? conv) ?? {};
  const changes = entries.filter(
    ({ kind, users, commit: made = 0 }) =>
      made < commit && (users ?? (kind === 'left' ? [user] : [])).includes(user),
  );
  return changes.at(-1)?.kind === 'joined';
}

const callsFor = (model: Model, id: string): Call[] =>
  [...model.calls.values()].filter((call) => call.name === 'sendReceipts' && call.ids?.includes(id));

/** Each receipt once, and the counts go with them. */
function inOrder(one: Asking): Violation[] {
  const found: Violation[] = [];
  one.counted
    .toSorted((a, b) => a.commit - b.commit)
    .forEach(({ user, read, unread }, index) => {
      const what = `${user}'s receipt for ${nameOf(one)} made ${read} readers, and ${unread} others`;
      if (read !== index + 1 || unread !== one.receivers.length - read)
        found.push(violation(`${what}; it was number ${index + 1} of ${one.receivers.length}`));
    });
  const users = one.counted.map(({ user }) => user);
  if (new Set(users).size < users.length)
    found.push(violation(`${nameOf(one)} counts a receipt twice: ${users.join()}`));
  return found;
}

/**
 * Neither an event nor an answer says less than what was told before it, or before it was asked for. Of a message that was not shown
 * since a fresh start the device knows nothing: events that were on their way tell what they tell.
 */
function neverLess(model: Model, one: Asking, told: readonly Told[]): Violation[] {
  const found: Violation[] = [];
  for (const [session, all] of Map.groupBy(told, (each) => each.session)) {
    const shown = model.sightings.filter(({ seen, session: by }) => by === session && seen.id === one.id);
    for (const { how, read, since, at } of all) {
      const start = freshStart(model, session, at);
      const isHeld = how !== 'event' || shown.some((each) => each.at > start && each.at < at);
      const before = all.filter((each) => each.at < since && (isHeld || each.how === 'event'));
      const most = Math.max(0, ...before.map((each) => each.read));
      if (read < most)
        found.push(
          violation(`${session} was told of ${most} readers of ${nameOf(one)}, then of ${read} (${how})`),
        );
    }
  }
  return found;
}

/** A device that is there in the end, and has been told all of its inbox, has told its application. */
function neverTold(model: Model, one: Asking, told: readonly Told[]): Violation[] {
  if (one.counted.length === 0) return [];
  const knowsAt = knowledge(model);
  const events = told.filter(({ how }) => how === 'event');
  return model.finals
    .filter(({ kind, user }) => kind === 'device' && user === one.from)
    .flatMap(({ session, device }) => {
      const due = one.counted.filter(({ pos }) => {
        const { at, how } = knowsAt(session, INBOX, pos);
        return at < Infinity && how === 'told';
      });
      const heard = events.filter((each) => each.session === session);
      const most = Math.max(0, ...heard.map(({ read }) => read));
      const missing = due.filter(({ read }) => read > most);
      if (missing.length > 0)
        return [violation(`${device} never told that ${missing.length} more have read ${nameOf(one)}`)];
      return heard.length > due.length && due.length === one.counted.length
        ? [violation(`${device} told ${heard.length} times of ${due.length} readers of ${nameOf(one)}`)]
        : [];
    });
}

/** Whoever deleted a message meanwhile, or was blocked, is told nothing of what becomes of their receipt. */
function honestReceipts(model: Model, asking: ReadonlyMap<string, Asking>, call: Call): Violation[] {
  if (call.name !== 'sendReceipts') return [];
  const { user, device, end, ids = [] } = call;
  return ids.flatMap((id): Violation[] => {
    const one = asking.get(id);
    if (one === undefined) return [];
    const { conv, seq, from, counted } = one;
    const isCounted = counted.some((line) => line.user === user);
    const what = `${device}'s receipt for ${nameOf(one)}`;
    if (end?.op === 'fail') {
      const others = callsFor(model, id).filter((other) => other.user === user && other.end?.op !== 'fail');
      return isCounted && others.length === 0
        ? [violation(`${what} was refused (${end.code}), and is counted`)]
        : [];
    }
    if (end?.op !== 'ok' || counted.some((line) => line.user === user && line.at <= end.t)) return [];
    const mayBeNone =
      !one.receivers.includes(user) ||
      model.isGoneFor(user, conv, seq) ||
      model.isGone(conv) ||
      (conv.startsWith('c2c:') && mayBeBlocked(model, { user: from, other: user }, call));
    return mayBeNone ? [] : [violation(`${what} was acknowledged, and is not counted`)];
  });
}

/** Whether a block held at some moment of a call. */
function mayBeBlocked(
  { blocks }: Model,
  { user, other }: { user: string; other: string },
  call: Call,
): boolean {
  const changes = blocks.filter((it) => it.user === user && it.other === other);
  const before = changes.filter(({ at }) => at <= call.from).at(-1);
  return before?.change === 'begin' || changes.some(({ at }) => at > call.from && at < call.to);
}

function honestLists(asking: ReadonlyMap<string, Asking>, call: Call): Violation[] {
  const { name, id = '', device, user, end } = call;
  if ((name !== 'readers' && name !== 'nonReaders') || end?.users === undefined) return [];
  const one = asking.get(id);
  if (one === undefined || one.from !== user)
    return [violation(`${device} was told who has read ${id}, which ${user} did not ask to be told`)];
  const { users, t } = end;
  const what = `${device} was told that ${users.join()} are ${name} of ${nameOf(one)}`;
  const by = (until: number) => one.counted.filter(({ at }) => at <= until).map((line) => line.user);
  const [sure, most] = [by(call.t), by(t)];
  if (new Set(users).size < users.length) return [violation(`${what}, some twice`)];
  const isSo =
    name === 'readers'
      ? users.every((each) => most.includes(each)) && sure.every((each) => users.includes(each))
      : users.every((each) => one.receivers.includes(each) && !sure.includes(each));
  return isSo ? [] : [violation(`${what}; of ${one.receivers.join()} these had read it: ${most.join()}`)];
}
