import type { ConversationEvent } from '@sterna/protocol';
import { parseLog, type LogRef } from '../conversations/conversation-id.ts';
import { ImError } from '../errors.ts';
import { keys } from '../keys.ts';
import type { Clock } from '../ports/clock.ts';
import type { IndexStep, MessageDocument, Named, SearchIndex } from '../ports/search.ts';
import type { LogEntry, Store } from '../ports/store.ts';
import { conversationEventOf, decode } from '../records.ts';
import { documentOf, groupWords, memberWords, namedUser } from './documents.ts';

/**
 * How far the index may be behind while nobody searches: whoever does has it caught up first. What a conversation has grown
 * by meanwhile goes in together, for a fraction of what its messages would cost one by one.
 */
const FOLLOW_MS = 10_000;
/** How long somebody who searches waits for what is newest, at most: then the index answers with what it has. */
const CATCH_UP_MS = 2000;
/** Of one log at once: some milliseconds of decoding. */
const ENTRIES = 200;
const LOGS = 50;
/** Messages that make a step full: what goes into the index together is cheaper than one by one. */
const FULL_STEP = 4000;

/** Where the follower stands: at a cursor of the store, and while the index is made anew, behind a log by name. */
interface Place {
  cursor: string;
  building?: string;
}

export interface SearchFollower {
  /** Brings the index up to the store as it is now. */
  catchUp(): Promise<void>;
  /** The index for those who search: brought up to the store first, unless that takes too long. */
  readonly caughtUp: SearchIndex;
  stop(): void;
}

type Growing = { [Name in 'put' | 'drop' | 'putNamed' | 'dropNamed' | 'followed']: [...IndexStep[Name]] };

/**
 * Keeps an index in step with the committed logs, beside the way of the messages. Its place is durable in the index itself,
 * with what it stands for: whatever ends it, it goes on without leaving out or bringing back anything.
 */
export function createSearchFollower(options: {
  store: Store;
  index: SearchIndex;
  clock: Clock;
  failed: (error: unknown) => void;
}): SearchFollower {
  const { store, index, clock } = options;
  let isStopped = false;
  let cancel: (() => void) | undefined;
  let running: Promise<void> | undefined;

  const save = (place: Place): Promise<void> => index.apply({ ...empty(), place: JSON.stringify(place) });

  async function follow(): Promise<void> {
    const place = await standing();
    if (place.building !== undefined) return build(place.cursor, place.building);
    const { cursor, logs } = await store.changes(place.cursor);
    await take(logs.map(([log]) => log));
    if (cursor !== place.cursor) await save({ cursor });
  }

  async function standing(): Promise<Place> {
    const text = await index.place();
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by `save` alone
    if (text !== undefined) return JSON.parse(text) as Place;
    // What grows from here on is followed; what was there before is read log by log.
    const { cursor } = await store.changes(undefined);
    return { cursor, building: '' };
  }

  async function build(cursor: string, from: string): Promise<void> {
    let last = from;
    while (!isStopped) {
      const names = await store.logs({ ...(last !== '' && { after: last }), limit: LOGS });
      if (names.length === 0) return save({ cursor });
      await take(names);
      last = names.at(-1) ?? last;
      await save({ cursor, building: last });
    }
  }

  /** Indexes what logs have that the index has not. */
  async function take(logs: readonly string[]): Promise<void> {
    let left = [...logs];
    while (left.length > 0 && !isStopped) {
      const step = empty();
      const unfinished: string[] = [];
      while (left.length > 0 && step.put.length < FULL_STEP)
        unfinished.push(...(await read(left.splice(0, LOGS), step)));
      if (step.followed.length > 0) await index.apply(step);
      left = [...unfinished, ...left];
    }
  }

  /** Takes a page of each log into the step; answers which have more. */
  async function read(logs: readonly string[], step: Growing): Promise<string[]> {
    const positions = await index.followed(logs);
    const unfinished: string[] = [];
    for (const [at, log] of logs.entries()) {
      const after = positions[at] ?? 0;
      const entries = await store.entries({ log, after, limit: ENTRIES });
      await note(store, { log, after, entries, step });
      if (entries.length === ENTRIES) unfinished.push(log);
    }
    return unfinished;
  }

  async function run(): Promise<void> {
    try {
      await follow();
    } catch (error) {
      if (!(error instanceof ImError && error.reason === 'reset')) throw error;
      // The data is another than it was.
      await index.reset();
      await follow();
    }
  }

  /** One at a time: two would read the same place. */
  function catchUp(): Promise<void> {
    running ??= run().finally(() => {
      running = undefined;
    });
    return running;
  }

  function schedule(): void {
    if (isStopped) return;
    cancel = clock.after(FOLLOW_MS, () => {
      catchUp()
        .catch((error: unknown) => {
          if (!isStopped) options.failed(error);
        })
        .finally(schedule);
    });
  }

  async function catchUpNow(): Promise<void> {
    // What runs already may have asked the store too early.
    await running;
    await catchUp();
  }

  /** What fails here fails once more where it is reported; a search makes do with what the index has. */
  function catchUpSoon(): Promise<void> {
    return new Promise((resolve) => {
      const cancelWait = clock.after(CATCH_UP_MS, resolve);
      void catchUpNow()
        .catch(() => undefined)
        .finally(() => {
          cancelWait();
          resolve();
        });
    });
  }

  schedule();
  return {
    catchUp: catchUpNow,
    caughtUp: {
      ...index,
      async messages(query) {
        await catchUpSoon();
        return index.messages(query);
      },
      async named(query) {
        await catchUpSoon();
        return index.named(query);
      },
    },
    stop() {
      isStopped = true;
      cancel?.();
    },
  };
}

function empty(): Growing {
  return { put: [], drop: [], putNamed: [], dropNamed: [], followed: [] };
}

/** A stretch of a log that is to be taken into a step. */
interface Stretch {
  log: string;
  after: number;
  entries: readonly LogEntry[];
  step: Growing;
}

async function note(store: Store, { log, after, entries, step }: Stretch): Promise<void> {
  const last = entries.at(-1);
  if (last === undefined) return;
  step.followed.push([log, last.pos]);
  const ref = parseLog(log);
  if (ref.kind === 'system') return;
  if (ref.kind === 'inbox') {
    if (after === 0 || entries.some(({ event }) => event.t === 'profile'))
      await noteUsers(store, ref.app, [ref.userID], step);
    return;
  }
  if (ref.kind === 'c2c' && after === 0) await noteUsers(store, ref.app, ref.users, step);
  await noteMessages(store, log, entries, step);
  if (ref.kind === 'group') await noteGroup(store, ref, { log, after, entries, step });
}

/** The row of a message is its newest version, so an edit or a recall that comes later in the log finds it right already. */
async function noteMessages(
  store: Store,
  log: string,
  entries: readonly LogEntry[],
  step: Growing,
): Promise<void> {
  const found = new Map<number, MessageDocument | undefined>();
  for (const { event } of entries) {
    if (event.t === 'message') found.set(event.seq, documentOf(log, event));
    else if (event.t === 'recall') found.set(event.seq, undefined);
    else if (event.t === 'edit') {
      const range = { log, after: event.seq - 1, before: event.seq + 1, limit: 1 };
      const [row] = await store.messages(range);
      found.set(event.seq, row?.event.t === 'message' ? documentOf(log, row.event) : undefined);
    }
  }
  for (const [seq, document] of found) {
    if (document === undefined) step.drop.push({ log, seq });
    else step.put.push(document);
  }
}

async function noteUsers(
  store: Store,
  app: number,
  userIDs: readonly string[],
  step: Growing,
): Promise<void> {
  const profiles = await store.get(userIDs.map((userID) => keys.profile(app, userID)));
  for (const [at, userID] of userIDs.entries())
    step.putNamed.push(namedUser(app, userID, decode.profile(profiles[at], userID)));
}

async function noteGroup(
  store: Store,
  { app, groupID }: Extract<LogRef, { kind: 'group' }>,
  { log, after, entries, step }: Stretch,
): Promise<void> {
  const events = entries.map(conversationEventOf).filter(({ t }) => t !== 'message');
  if (after > 0 && !events.some(({ t }) => t === 'group' || t === 'left')) {
    await noteMembers(store, { app, groupID, log }, affected(events), step);
    return;
  }
  const [record] = await store.get([keys.group(log)]);
  const group = decode.group(record);
  const named = { kind: 'group' as const, app, within: '', id: groupID };
  if (group === undefined || group.dismissedPos !== undefined) step.dropNamed.push(named);
  else step.putNamed.push({ ...named, words: groupWords(group) });
  await noteMembers(store, { app, groupID, log }, affected(events), step);
}

/** Members who came, went, or are called otherwise. */
function affected(events: readonly ConversationEvent[]): string[] {
  const userIDs = new Set<string>();
  for (const event of events) {
    if (event.t === 'joined' || event.t === 'left') for (const userID of event.userIDs) userIDs.add(userID);
    else if (event.t === 'member') userIDs.add(event.userID);
  }
  return [...userIDs];
}

async function noteMembers(
  store: Store,
  { app, groupID, log }: { app: number; groupID: string; log: string },
  userIDs: readonly string[],
  step: Growing,
): Promise<void> {
  if (userIDs.length === 0) return;
  const records = await store.get(userIDs.map((userID) => keys.member(log, userID)));
  for (const [at, id] of userIDs.entries()) {
    const member = decode.member(records[at]);
    const named: Omit<Named, 'words'> = { kind: 'member', app, within: groupID, id };
    if (member === undefined) step.dropNamed.push(named);
    else step.putNamed.push({ ...named, words: memberWords(id, member) });
  }
  await noteUsers(store, app, userIDs, step);
}
