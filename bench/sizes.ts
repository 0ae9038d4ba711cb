// What a group costs at its size: `node --conditions=@sterna/source bench/sizes.ts [members…]`.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SDK_APP_ID, userSig } from './app.ts';
import { openChannel } from './load/client.ts';
import { cpuMs, loopDelay, startChild } from './process.ts';
import { fillGroups, FREE, groupIDOf, memberOf, topicIDOf } from './sizes-data.ts';

const given = process.argv.slice(2).map(Number);
const SIZES = given.length > 0 ? given : [100, 6_000, 100_000];
/** The same members of every group are online, however large it is: what is handed to whom is the same. */
const ONLINE = 50;
const WINDOW = FREE;
const ROUNDS = 5;
const TIMES = 400;
/** Where the pages begin that are read again. */
const PLACES = 20;
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

type Channel = Awaited<ReturnType<typeof openChannel>>;

type OnPush = (name: unknown, body: unknown) => void;

async function connect(port: number, userID: string, onPush?: OnPush): Promise<Channel> {
  const channel = await openChannel(`ws://127.0.0.1:${port}/ws`, ([, name, body]) => {
    if (name === 'ping') void channel.request('session.ping', {});
    onPush?.(name, body);
  });
  await channel.request('session.login', {
    SDKAppID: SDK_APP_ID,
    userID,
    userSig: userSig(userID),
    instanceID: `${userID}-load`,
    platform: 'web',
    protocol: 1,
  });
  return channel;
}

const text = (clientID: string) => ({
  clientID,
  elements: [{ type: 'TIMTextElem', payload: { text: 'x'.repeat(100) } }],
});

interface Turn {
  size: number;
  /** Which lane of the window asks, and the how many-th time. */
  lane: number;
  index: number;
  members: readonly Channel[];
  outsiders: readonly Channel[];
}

const nowS = Math.floor(Date.now() / 1000);
let asked = 0;
const freshID = (): string => `${nowS}-${(asked += 1)}`;
const at = (list: readonly Channel[], index: number): Channel => {
  const channel = list[index % list.length];
  if (channel === undefined) throw new Error('nobody is connected');
  return channel;
};

/** What is done, each by somebody of the group that it is done in. */
const OPERATIONS: Record<string, (turn: Turn) => Promise<unknown>> = {
  send: ({ size, lane, members }) =>
    at(members, lane).request('message.send', {
      conversationID: `GROUP${groupIDOf(size)}`,
      ...text(freshID()),
    }),
  'send into a topic': ({ size, lane, members }) =>
    at(members, lane).request('message.send', {
      conversationID: `GROUP${topicIDOf(size)}`,
      ...text(freshID()),
    }),
  unread: ({ size, lane, members }) =>
    at(members, lane).request('conversation.get', { conversationID: `GROUP${groupIDOf(size)}` }),
  topics: ({ size, lane, members }) => at(members, lane).request('topic.list', { groupID: groupIDOf(size) }),
  'page anywhere': ({ size, lane, members }) =>
    at(members, lane).request('group.members', {
      groupID: groupIDOf(size),
      limit: 50,
      after: memberOf(Math.floor(Math.random() * (size - 60))),
    }),
  // At the same few places again and again: what is read from the disk is left out.
  'page read before': ({ size, lane, index, members }) =>
    at(members, lane).request('group.members', {
      groupID: groupIDOf(size),
      limit: 50,
      after: memberOf(Math.floor((((lane + index) % PLACES) / PLACES) * (size - 60))),
    }),
  // Each lane goes on where it was, by number.
  'page by number': ({ size, lane, index, members }) =>
    at(members, lane).request('group.members', {
      groupID: groupIDOf(size),
      limit: 50,
      offset: (index * 50) % size,
    }),
  admins: ({ size, lane, members }) =>
    at(members, lane).request('group.members', { groupID: groupIDOf(size), limit: 50, role: 'Admin' }),
  // One joins, and quits the next time.
  'join and quit': ({ size, lane, index, outsiders }) =>
    at(outsiders, lane).request(index % 2 === 0 ? 'group.join' : 'group.quit', { groupID: groupIDOf(size) }),
  // Of those who are away: the others have something to say.
  mute: ({ size, index, members }) =>
    at(members, 0).request('group.muteMember', {
      groupID: groupIDOf(size),
      userID: memberOf(ONLINE + (index % (size - FREE - ONLINE))),
      seconds: index % 2,
    }),
};

interface Result {
  operation: string;
  members: number;
  times: number;
  cpuUs: number;
  p50Ms: number;
  p99Ms: number;
  loopP99Ms: number;
}

interface Server {
  port: number;
  pid: number;
  members: readonly Channel[];
  outsiders: readonly Channel[];
}

async function measure(server: Server, operation: string, size: number): Promise<Result> {
  const run = OPERATIONS[operation];
  if (run === undefined) throw new Error(`no operation ${operation}`);
  await loopDelay(server.port);
  const before = cpuMs(server.pid);
  const waits: number[] = [];
  const lane = async (_: unknown, number: number) => {
    for (let index = 0; index < TIMES / WINDOW; index++) {
      const startMs = performance.now();
      await run({ ...server, size, lane: number, index });
      waits.push(performance.now() - startMs);
    }
  };
  await Promise.all(Array.from({ length: WINDOW }, lane));
  waits.sort((one, other) => one - other);
  const share = (part: number): number => waits[Math.floor(waits.length * part)] ?? Number.NaN;
  return {
    ...{ operation, members: size, times: TIMES },
    cpuUs: ((cpuMs(server.pid) - before) * 1000) / TIMES,
    ...{ p50Ms: share(0.5), p99Ms: share(0.99) },
    loopP99Ms: await loopDelay(server.port),
  };
}

/** The end of a group, until its last member has been told of it: what it costs for each of them. */
async function dismiss(server: Server, size: number): Promise<Result> {
  const told = Promise.withResolvers<void>();
  const isTold: OnPush = (name, body) => {
    const { events } = body as { events: [number, { t: string }][] };
    if (name === 'inbox' && events.some(([, { t }]) => t === 'groupLeft')) told.resolve();
  };
  await connect(server.port, memberOf(size - FREE - 1), isTold);
  await loopDelay(server.port);
  const before = cpuMs(server.pid);
  const startMs = performance.now();
  await at(server.members, 0).request('group.dismiss', { groupID: groupIDOf(size) });
  const answeredMs = performance.now() - startMs;
  await told.promise;
  return {
    ...{ operation: 'dismiss', members: size, times: size },
    cpuUs: ((cpuMs(server.pid) - before) * 1000) / size,
    ...{ p50Ms: answeredMs, p99Ms: performance.now() - startMs },
    loopP99Ms: await loopDelay(server.port),
  };
}

function median(figures: number[]): number {
  return figures.sort((one, other) => one - other)[Math.floor(figures.length / 2)] ?? Number.NaN;
}

/** A figure of each size as a multiple of that of the smallest. */
function ratios(results: readonly Result[], figure: (result: Result) => number): string {
  const of = (size: number) => median(results.filter(({ members }) => members === size).map(figure));
  const [smallest = 0] = SIZES;
  return SIZES.map((size) => (of(size) / of(smallest)).toFixed(2)).join(' ');
}

function tell(results: readonly Result[]): void {
  console.log(`\nAt ${SIZES.join(', ')} members, as multiples of the first, medians:`);
  for (const operation of new Set(results.map((one) => one.operation))) {
    const own = results.filter((one) => one.operation === operation);
    const cpu = ratios(own, ({ cpuUs }) => cpuUs);
    const loop = ratios(own, ({ loopP99Ms }) => loopP99Ms);
    const stallMs = Math.max(...own.map(({ loopP99Ms }) => loopP99Ms)).toFixed(0);
    console.log(
      `  ${operation.padEnd(18)} server CPU ${cpu}; p99 of its event loop ${loop}, ${stallMs} ms at most`,
    );
  }
}

async function measureAll(server: Server): Promise<Result[]> {
  const results: Result[] = [];
  const keep = (result: Result): void => {
    results.push(result);
    console.log(JSON.stringify(result));
  };
  // Sizes take turns, so that what the machine does meanwhile meets all.
  const points = Object.keys(OPERATIONS).flatMap((operation) => SIZES.map((size) => ({ operation, size })));
  // The first round compiles the code, and is not looked at.
  for (const { operation, size } of points) await measure(server, operation, size);
  for (let round = 0; round < ROUNDS; round++)
    for (const { operation, size } of points) keep(await measure(server, operation, size));
  for (const size of SIZES) keep(await dismiss(server, size));
  return results;
}

const folder = mkdtempSync(join(tmpdir(), 'sterna-sizes-'));
try {
  const data = join(folder, 'data');
  mkdirSync(data);
  for (const filled of await fillGroups(join(data, 'sterna.db'), SIZES)) console.log(JSON.stringify(filled));
  const child = startChild([here('server.ts')], { STERNA_BENCH_DATA: data, STERNA_BENCH_SEARCH: 'no' });
  const port = Number((await child.line((line) => 'port' in line))['port']);
  const channels = (name: (index: number) => string, count: number) =>
    Promise.all(Array.from({ length: count }, (_, index) => connect(port, name(index))));
  const members = await channels(memberOf, ONLINE);
  const outsiders = await channels((index) => `o${index}`, WINDOW);
  const results = await measureAll({ port, pid: child.pid, members, outsiders });
  tell(results);
  await child.stop();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
