import type { Connect, LoadClient } from './client.ts';

/** What a scenario counted in its measured time. */
export interface Counts {
  /** Messages answered. */
  sent: number;
  /** Messages that arrived somewhere. */
  delivered: number;
  seconds: number;
  /** Milliseconds from send to delivery, where the scenario looks at them. */
  p50Ms?: number;
  p99Ms?: number;
  /** Milliseconds from send until the last receiver of a message had it. */
  lastP50Ms?: number;
  lastP99Ms?: number;
}

export interface Target {
  url: string;
  connect: Connect;
  /** What one user calls another, and a group, when sending. */
  userAddress: (userID: string) => string;
  groupAddress: (groupID: string) => string;
  /** Makes a group of these, of whom the first owns it and all are known to the system. */
  makeGroup: (groupID: string, members: readonly string[]) => Promise<void>;
  seconds: number;
  /** Called when set-up is over and the measured time begins. */
  begin: () => void;
}

/** The same load before the measured time: what compiling the code costs is no cost of a message. On a slow machine too. */
const WARM_UP = { leastMs: 2000, mostMs: 30_000, messages: 50_000 };

/** When the warm-up ends, for senders who together make up their messages. */
function warmUp(messages: number): () => boolean {
  const startMs = performance.now();
  let left = messages;
  return () => {
    left -= 1;
    const passedMs = performance.now() - startMs;
    return passedMs > WARM_UP.mostMs || (left < 0 && passedMs > WARM_UP.leastMs);
  };
}

const atTime = (untilMs: number) => (): boolean => performance.now() >= untilMs;

let texts = 0;

/** 100 bytes, of which the first say when it was sent; no two are the same. */
function textOf(startMs: number): string {
  return `${startMs.toFixed(3)} ${++texts} `.padEnd(100, 'x');
}

/** Keeps `window` messages unanswered until it is over. */
async function pump(client: LoadClient, to: string, window: number, isOver: () => boolean): Promise<number> {
  let sent = 0;
  const lane = async () => {
    while (!isOver()) {
      await client.send(to, textOf(performance.now()));
      sent += 1;
    }
  };
  await Promise.all(Array.from({ length: window }, lane));
  return sent;
}

/** 100 pairs, everybody with one peer. */
export async function pairs(target: Target, window: number): Promise<Counts> {
  let delivered = 0;
  const clients: { client: LoadClient; peer: string }[] = [];
  for (let pair = 0; pair < 100; pair++) {
    await target.connect(target.url, `r${pair}`, () => void (delivered += 1));
    const client = await target.connect(target.url, `s${pair}`, () => undefined);
    clients.push({ client, peer: target.userAddress(`r${pair}`) });
  }
  const isWarm = warmUp(WARM_UP.messages);
  await Promise.all(clients.map(({ client, peer }) => pump(client, peer, window, isWarm)));
  delivered = 0;
  target.begin();
  const isOver = atTime(performance.now() + target.seconds * 1000);
  const sent = await Promise.all(clients.map(({ client, peer }) => pump(client, peer, window, isOver)));
  return { sent: sum(sent), delivered, seconds: target.seconds };
}

/** Connections that are made at once: as many as a login takes its time for. */
const AT_ONCE = 50;

/** One group of so many, all of them online; some speak, everybody listens. */
export function crowd(speakers: number): (target: Target, members: number) => Promise<Counts> {
  return async (target, members) => {
    const userIDs = Array.from({ length: members }, (_, index) => `m${index}`);
    const tally = createTally(members - 1);
    const clients: LoadClient[] = [];
    for (let first = 0; first < members; first += AT_ONCE) {
      const some = userIDs.slice(first, first + AT_ONCE);
      clients.push(
        ...(await Promise.all(some.map((userID) => target.connect(target.url, userID, tally.received)))),
      );
    }
    await target.makeGroup('crowd', userIDs);
    for (let first = 0; first < members; first += AT_ONCE)
      await Promise.all(clients.slice(first, first + AT_ONCE).map((client) => client.join('crowd')));
    const to = target.groupAddress('crowd');
    const window = Math.max(1, Math.round(8 / speakers));
    const speak = (isOver: () => boolean) =>
      Promise.all(clients.slice(0, speakers).map((client) => pump(client, to, window, isOver)));
    await speak(warmUp(WARM_UP.messages / members));
    await tally.settled();
    tally.begin();
    target.begin();
    const startMs = performance.now();
    const sent = sum(await speak(atTime(startMs + target.seconds * 1000)));
    // What was answered is on its way: a system that answers before it delivers has not done less.
    await tally.settled();
    const seconds = (performance.now() - startMs) / 1000;
    return { sent, ...tally.counts(), seconds };
  };
}

/** What has not come after so long does not come. */
const SETTLE_MS = 30_000;

/** Counts what arrives, by message: when the last of `receivers` had it. */
function createTally(receivers: number) {
  const arrived = new Map<string, number>();
  const lasts: number[] = [];
  let delivered = 0;
  return {
    received(text: string): void {
      delivered += 1;
      const count = (arrived.get(text) ?? 0) + 1;
      arrived.set(text, count);
      if (count < receivers) return;
      arrived.delete(text);
      lasts.push(performance.now() - Number.parseFloat(text));
    },
    /** Resolves when nothing that began to arrive is on its way, or a second after the last arrival. */
    async settled(): Promise<void> {
      const endMs = performance.now() + SETTLE_MS;
      for (let before = -1; arrived.size > 0 && before !== delivered && performance.now() < endMs; ) {
        before = delivered;
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    },
    begin(): void {
      arrived.clear();
      lasts.length = 0;
      delivered = 0;
    },
    counts() {
      lasts.sort((x, y) => x - y);
      const at = (share: number) => lasts[Math.floor(lasts.length * share)] ?? Number.NaN;
      return { delivered, lastP50Ms: at(0.5), lastP99Ms: at(0.99) };
    },
  };
}

/** Messages at a fixed rate, whether answered or not: what a user would wait. */
export async function openLoop(target: Target, perSecond: number): Promise<Counts> {
  const waits: number[] = [];
  let measuring = false;
  const clients: { client: LoadClient; peer: string }[] = [];
  for (let pair = 0; pair < 100; pair++) {
    await target.connect(target.url, `r${pair}`, (text) => {
      if (measuring) waits.push(performance.now() - Number.parseFloat(text));
    });
    const client = await target.connect(target.url, `s${pair}`, () => undefined);
    clients.push({ client, peer: target.userAddress(`r${pair}`) });
  }
  target.begin();
  measuring = true;
  let sent = 0;
  const startMs = performance.now();
  const open: Promise<void>[] = [];
  while (performance.now() - startMs < target.seconds * 1000) {
    const due = Math.floor(((performance.now() - startMs) / 1000) * perSecond);
    for (; sent < due; sent++) {
      const one = clients[sent % clients.length];
      if (one !== undefined) open.push(one.client.send(one.peer, textOf(performance.now())));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(open);
  waits.sort((a, b) => a - b);
  const at = (share: number) => waits[Math.floor(waits.length * share)] ?? Number.NaN;
  return { sent, delivered: waits.length, seconds: target.seconds, p50Ms: at(0.5), p99Ms: at(0.99) };
}

/** Connections that say nothing after their login. */
export async function idle(target: Target, connections: number): Promise<Counts> {
  target.begin();
  const startMs = performance.now();
  const batch = 50;
  for (let first = 0; first < connections; first += batch) {
    const users = Array.from(
      { length: Math.min(batch, connections - first) },
      (_, index) => `i${first + index}`,
    );
    await Promise.all(users.map((userID) => target.connect(target.url, userID, () => undefined)));
  }
  return { sent: connections, delivered: connections, seconds: (performance.now() - startMs) / 1000 };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
