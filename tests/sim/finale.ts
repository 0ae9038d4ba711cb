import { type LogEvent, parseLog } from '@sterna/core';
import { LIMITS } from '@sterna/protocol/tables';
import type { Message } from '@sterna/sdk';
import type { FinalLine, LogEntry, LogLine, Seen, SeenConversation } from '../history/history.ts';
import { Model } from '../history/model.ts';
import type { SeenReceipt } from '../history/reading.ts';
import { bodyOf, stepOf } from './body-of.ts';
import type { Device } from './device.ts';
import { isStored } from './device.ts';
import { deletionsOf, goneLines } from './gone-messages.ts';
import { APP } from './node.ts';
import { conversationIDFor, conversationName, ROOM } from './recorder.ts';
import { askReceipts, countedLines } from './receipts.ts';
import type { World } from './world.ts';

/** After the faults: first whatever must come right by itself has its time, then everybody speaks once more. */
const SETTLE_MS = 31_000;
/** One sweep of the nodes, with what it sets off. */
const SWEEP_MS = 8_000;
/** Readings of the end must be done by then. */
const READ_MS = 30_000;
const READ_STEP_MS = 50;

/** Ends a run: heals, waits, lets all speak, and writes down what everybody, and the store, has. */
export async function conclude(world: World): Promise<void> {
  const { simulation, recorder, chaosTo } = world;
  world.chaos.heal();
  recorder.write({ op: 'heal' });
  await simulation.runUntil(chaosTo + SETTLE_MS);
  // What was called in a burst over a long way, one after the other, may take its whole time.
  await waitFor(world, () => recorder.open === 0, LIMITS.sendDeadlineMs);

  await everybodyIsIn(world);
  if (world.swarm.relations === 'strict') await everybodyMakesUp(world);
  for (const device of world.devices) if (device.state === 'ready') world.workload.speak(device);
  await waitFor(world, () => recorder.open === 0);
  await simulation.runUntil(simulation.nowMs + SWEEP_MS);

  const logs = await logLines(world);
  for (const line of logs) recorder.conclude(line);
  await readAll(
    world,
    logs,
    world.devices.filter((device) => device.state !== 'out'),
    'device',
  );
  const fresh = world.swarm.users.map((user) =>
    world.addDevice({ name: `${user}-fresh`, user, platform: 'web' }),
  );
  for (const device of fresh) void device.login();
  await waitFor(world, () => fresh.every(({ state }) => state === 'ready'));
  await readAll(world, logs, fresh, 'fresh');
  // Whom the fresh logins ended must hear of it.
  await simulation.runUntil(simulation.nowMs + SWEEP_MS);
  await dumpUsers(world);
}

/** Whoever has no device logged in logs one in: so in the end somebody is there to speak, and to listen. */
async function everybodyIsIn(world: World): Promise<void> {
  const absent = world.swarm.users.filter(
    (user) => !world.devices.some((device) => device.plan.user === user && device.state !== 'out'),
  );
  const coming = absent.flatMap((user) => world.devices.find((device) => device.plan.user === user) ?? []);
  for (const device of coming) void device.login();
  await waitFor(world, () => coming.every(({ state }) => state === 'ready'));
}

/** Twice, as some refuse until they have had their turn. */
async function everybodyMakesUp(world: World): Promise<void> {
  for (const turn of [1, 2]) {
    const ready = world.devices.filter(({ state }) => state === 'ready');
    world.simulation.trace.note(`everybody makes up, ${turn}`);
    const made = ready.map((device) => world.workload.makeUp(device));
    let open = made.length;
    for (const each of made) void each.finally(() => (open -= 1));
    await waitFor(world, () => open === 0);
  }
}

/** Lets time pass until something is so, or should have been long ago. */
async function waitFor({ simulation }: World, isSo: () => boolean, mostMs = READ_MS): Promise<void> {
  const untilMs = simulation.nowMs + mostMs;
  while (!isSo() && simulation.nowMs < untilMs) await simulation.runUntil(simulation.nowMs + READ_STEP_MS);
}

async function readAll(
  world: World,
  logs: readonly LogLine[],
  devices: readonly Device[],
  kind: 'device' | 'fresh',
): Promise<void> {
  const model = new Model(logs);
  let reading = devices.length;
  for (const device of devices) {
    readOne(world, device, kind, model).then(
      () => (reading -= 1),
      (error: unknown) =>
        world.simulation.failures.push(
          `${device.plan.name} could not read its state in the end: ${String(error)}`,
        ),
    );
  }
  await waitFor(world, () => reading === 0);
  if (reading > 0) world.simulation.failures.push(`${reading} devices did not finish reading in the end`);
}

/** Every conversation that each user was ever part of. */
function conversationsOf(model: Model, user: string): string[] {
  return [...model.logs.values()]
    .filter(({ conv, memberships }) =>
      /^(group|topic):/.test(conv) ? memberships.has(user) : conv.split(':').includes(user),
    )
    .map(({ conv }) => conv);
}

async function readOne(world: World, device: Device, kind: 'device' | 'fresh', model: Model): Promise<void> {
  const { tim, plan } = device;
  const final: Omit<FinalLine, 't'> = {
    op: 'final',
    kind,
    ...device.where(),
    conversations: [],
    histories: {},
    groups: [],
    topics: [],
    nick: '',
    friends: [],
    applications: [],
    blocked: [],
    receipts: [],
  };
  if (device.state === 'ready') {
    const { data: list } = await tim.getConversationList();
    const histories: Record<string, Seen[]> = {};
    const receipts: SeenReceipt[] = [];
    for (const conv of conversationsOf(model, plan.user)) {
      const history = await wholeHistory(device, conversationIDFor(plan.user, conv));
      if (history === undefined) continue;
      histories[conv] = history.map((message) => device.seen(message));
      receipts.push(...(await receiptsIn(device, history)));
    }
    const { data: groups } = await tim.getGroupList();
    const topics = await topicsOf(device, model);
    const { data: profile } = await tim.getMyProfile();
    const { data: friends } = await tim.getFriendList();
    const { data: wishes } = await tim.getFriendApplicationList();
    const { data: blocked } = await tim.getBlacklist();
    Object.assign(final, {
      conversations: [
        ...list.conversationList.map((each) => device.row(each)),
        ...topics.map(({ row }) => row),
      ],
      histories,
      groups: groups.groupList.map(({ groupID, memberCount }) => ({ groupID, members: memberCount })),
      topics: topics.map(({ topicID, name }) => ({ topicID, name })),
      nick: profile.nick,
      friends: friends.map(({ userID }) => userID),
      applications: wishes.friendApplicationList.map(({ type, userID }) => `${type} ${userID}`),
      blocked,
      receipts,
    });
  }
  world.recorder.write(final);
}

/**
 * The topics that the server, and this device, have of those that there ever were. One at a time: what all have to say may be
 * more than waits for a slow reader.
 */
async function topicsOf(device: Device, { logs }: Model): Promise<TopicState[]> {
  const found: TopicState[] = [];
  const made = [...logs.values()].flatMap(({ conv, topics }) =>
    [...topics.keys()].map((topicID) => ({ topicID, groupID: conv.slice('group:'.length) })),
  );
  for (const { topicID, groupID } of made) {
    const answer = await device.tim.getTopicList({ groupID, topicIDList: [topicID] }).catch(() => undefined);
    for (const topic of answer?.data.successTopicList ?? [])
      found.push({ topicID, name: topic.topicName, row: device.topicRow(topic) });
  }
  return found;
}

interface TopicState {
  topicID: string;
  name: string;
  row: SeenConversation;
}

/** All pages; nothing where the conversation cannot be read at all. */
async function wholeHistory({ tim }: Device, conversationID: string): Promise<Message[] | undefined> {
  const pages: Message[][] = [];
  let next: string | undefined;
  for (;;) {
    const query = { conversationID, ...(next !== undefined && { nextReqMessageID: next }) };
    const page = await tim.getMessageList(query).catch(() => undefined);
    if (page === undefined) return undefined;
    pages.unshift(page.data.messageList.filter(isStored));
    if (page.data.isCompleted) return pages.flat();
    next = page.data.nextReqMessageID;
  }
}

/** Who has read what the user said there. */
async function receiptsIn(device: Device, history: readonly Message[]): Promise<SeenReceipt[]> {
  const mine = history.filter(({ flow, needReadReceipt }) => flow === 'out' && needReadReceipt);
  const found: SeenReceipt[] = [];
  for (let from = 0; from < mine.length; from += LIMITS.receiptsSent)
    found.push(...(await askReceipts(device, mine.slice(from, from + LIMITS.receiptsSent))));
  return found;
}

async function logLines({ store }: World): Promise<LogLine[]> {
  const commits = new Map(
    store.commits.flatMap(({ number, t, appended }) =>
      appended.map(({ log, pos, event }) => [`${log} ${pos}`, { commit: number, at: t, event }] as const),
    ),
  );
  const logs = new Set(store.commits.flatMap(({ appended }) => appended.map(({ log }) => log)));
  const lines: LogLine[] = [];
  for (const log of [...logs].sort()) {
    const conv = nameOfLog(log);
    if (conv === undefined) continue;
    const entries = await store.wholeLog(log);
    lines.push({
      op: 'log',
      conv,
      entries: entries.map(({ pos, seq, event }) => {
        const { event: first = event, ...when } = commits.get(`${log} ${pos}`) ?? {};
        return { ...entryOf(pos, seq, first), ...leftOf(event), ...placeOf(event), ...when };
      }),
    });
  }
  return lines;
}

/** The history's name of a conversation's log; inboxes have none. */
function nameOfLog(log: string): string | undefined {
  const ref = parseLog(log);
  if (ref.kind === 'c2c') return `c2c:${ref.users.join(':')}`;
  if (ref.kind === 'group' && ref.topicID !== undefined) return `topic:${ref.topicID}`;
  if (ref.kind === 'group') return ref.groupID.startsWith(ROOM) ? undefined : `group:${ref.groupID}`;
  return ref.kind === 'system' ? `system:${ref.userID}` : undefined;
}

const placeOf = (event: LogEvent): Pick<LogEntry, 'after'> =>
  'at' in event && event.at !== undefined ? { after: event.at } : {};

/** What a message says in the end, where it is another thing than it said first. */
function leftOf(now: LogEvent): Pick<LogEntry, 'left'> {
  if (now.t === 'edit') return now.elements ? {} : { left: { body: '' } };
  if (now.t !== 'message' || !(now.recalled ?? now.version)) return {};
  const [element] = now.elements;
  const body = element === undefined ? '' : bodyOf(element, now.id);
  return {
    left: {
      body,
      ...(now.recalled && { recalled: true as const }),
      ...(now.version && { version: now.version }),
    },
  };
}

function entryOf(pos: number, seq: number | undefined, event: LogEvent): LogEntry {
  switch (event.t) {
    case 'message': {
      const [element] = event.elements;
      const body = element === undefined ? `nothing ${event.id}` : bodyOf(element, event.id);
      const step = element && stepOf(element);
      const facts = {
        id: event.id,
        body,
        from: event.from,
        timeMs: event.timeMs,
        counted: event.uncounted !== true,
        ...(event.receivers?.length === 0 && { alone: true as const }),
        ...(event.needReadReceipt && { wantsReceipt: true as const }),
        ...(step && { step }),
      };
      return { pos, kind: 'message', ...(seq !== undefined && { seq }), ...facts };
    }
    case 'edit': {
      const { id, by: from, version, elements: [element] = [] } = event;
      return { pos, kind: 'edit', id, from, version, body: element ? bodyOf(element, id) : '' };
    }
    case 'recall':
      return { pos, kind: 'recall', id: event.id, from: event.by };
    case 'joined':
      return { pos, kind: 'joined', users: event.userIDs, by: event.by };
    case 'left':
      return event.reason === 'dismissed'
        ? { pos, kind: 'left' }
        : { pos, kind: 'left', users: event.userIDs };
    case 'topic': {
      const { topicID, changes } = event;
      const name = typeof changes['name'] === 'string' ? changes['name'] : undefined;
      return { pos, kind: 'topic', topic: { topicID, name } };
    }
    case 'group':
      return { pos, kind: 'rights', rights: rightsOf(event.changes) };
    case 'member':
      return { pos, kind: 'rights', rights: { ...rightsOf(event.changes), userID: event.userID } };
    case 'topicsDeleted':
      return { pos, kind: 'topicsDeleted', topicIDs: event.topicIDs };
    default:
      return { pos, kind: 'other' };
  }
}

function rightsOf({ muteAll, muteUntilMs, role }: Record<string, unknown>): NonNullable<LogEntry['rights']> {
  return {
    ...(typeof muteAll === 'boolean' && { muteAll }),
    ...(typeof muteUntilMs === 'number' && { mutedUntilMs: muteUntilMs }),
    ...(typeof role === 'string' && { role }),
  };
}

/** Marks and sessions are read as records: what the store holds is what is to be judged, not what a query makes of it. */
async function dumpUsers({ store, recorder, swarm }: World): Promise<void> {
  for (const line of [...goneLines(store), ...countedLines(store)]) recorder.conclude(line);
  for (const user of swarm.users) {
    const deleted = await deletionsOf(store, user);
    for (const kind of ['conversation', 'topic']) {
      const prefix = `u/${APP}/${user}/${kind}/`;
      for (const [key, value] of await store.engine.scan({ prefix, limit: 1_000 })) {
        const conv = conversationName(user, key.slice(prefix.length));
        const { readSeq = 0, seenSeq = readSeq, clearedSeq = 0 } = value as Partial<Record<string, number>>;
        const marks = { readSeq, saidSeq: seenSeq, clearedSeq, deleted: deleted.get(conv) ?? [] };
        recorder.conclude({ op: 'mark', user, conv, ...marks });
      }
    }
    const sessions = await store.engine.scan({ prefix: `u/${APP}/${user}/session/`, limit: 1_000 });
    const all = sessions.map(([, value]) => value as { epoch: number; evicted?: string; loggedOut?: true });
    const live = all
      .filter(({ evicted, loggedOut }) => evicted === undefined && !loggedOut)
      .map(({ epoch }) => epoch);
    recorder.conclude({ op: 'live', user, epochs: live });
  }
}
