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
}

export interface Target {
  url: string;
  connect: Connect;
  /** What one user calls another, and a group, when sending. */
  userAddress: (userID: string) => string;
  groupAddress: (groupID: string) => string;
  /** Makes a group that everybody may join, owned by its first member. */
  makeGroup: (groupID: string, owner: string) => Promise<void>;
  seconds: number;
  /** Called when set-up is over and the measured time begins. */
  begin: () => void;
}

/** The same load before the measured time: what compiling the code costs is no cost of a message. */
const WARM_UP_MS = 2000;

/** 100 bytes, of which the first say when it was sent. */
function textOf(startMs: number): string {
  return `${startMs.toFixed(3)} `.padEnd(100, 'x');
}

/** Keeps `window` messages unanswered until the time is over. */
async function pump(client: LoadClient, to: string, window: number, until: number): Promise<number> {
  let sent = 0;
  const lane = async () => {
    while (performance.now() < until) {
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
  await Promise.all(
    clients.map(({ client, peer }) => pump(client, peer, window, performance.now() + WARM_UP_MS)),
  );
  delivered = 0;
  target.begin();
  const until = performance.now() + target.seconds * 1000;
  const sent = await Promise.all(clients.map(({ client, peer }) => pump(client, peer, window, until)));
  return { sent: sum(sent), delivered, seconds: target.seconds };
}

/** One group; one member speaks, all the others listen. */
export async function group(target: Target, members: number): Promise<Counts> {
  let delivered = 0;
  const speaker = await target.connect(target.url, 'speaker', () => undefined);
  await target.makeGroup('crowd', 'speaker');
  await speaker.join('crowd');
  for (let member = 1; member < members; member++) {
    const listener = await target.connect(target.url, `m${member}`, () => void (delivered += 1));
    await listener.join('crowd');
  }
  await pump(speaker, target.groupAddress('crowd'), 8, performance.now() + WARM_UP_MS);
  delivered = 0;
  target.begin();
  const sent = await pump(
    speaker,
    target.groupAddress('crowd'),
    8,
    performance.now() + target.seconds * 1000,
  );
  return { sent, delivered, seconds: target.seconds };
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
