import { createSeededRandom, type SeededRandom } from '@sterna/core/testing';
import { CLOSE, ERRORS } from '@sterna/protocol';
import type { SpawnedServer } from '@sterna/server/testing';
import { startCanary } from './canary.ts';
import { FuzzSocket } from './fuzz-socket.ts';
import { type FuzzFrame, fuzzFrame } from './mutate.ts';
import { ABUSES, commit } from './raw-abuse.ts';

export interface FuzzReport {
  frames: number;
  connections: number;
  kinds: Record<string, number>;
  /** Refusals by code, and ends of connections by close code. */
  refusals: Record<number, number>;
  closes: Record<number, number>;
  canary: { trips: number; p50Ms: number; p99Ms: number; maxMs: number };
  /** Growth of the server's memory from the end of the first fifth. */
  grownBytes: number;
  /** What should not have happened; empty when all is well. */
  failures: string[];
}

/** Frames sent before their effect is waited for. */
const BATCH = 16;

/** Ends that a text frame may rightly have. */
const RIGHT_CLOSES: ReadonlySet<number> = new Set([
  1009,
  CLOSE.badFrame,
  CLOSE.loginRefused,
  CLOSE.kicked,
  CLOSE.loggedOut,
  CLOSE.protocolVersion,
  CLOSE.replaced,
]);

/** Sends `frames` bad frames to a running server, while two other users chat, and reports what it did. */
export async function fuzz(
  server: Pick<SpawnedServer, 'url' | 'wsURL' | 'port' | 'credentials'>,
  options: { frames: number; seed: number },
): Promise<FuzzReport> {
  const run = new FuzzRun(server, createSeededRandom(options.seed));
  const canary = await startCanary(server.wsURL, server.credentials);
  let warmBytes = 0;
  while (run.report.frames < options.frames && run.report.failures.length === 0) {
    await run.round();
    if (warmBytes === 0 && run.report.frames >= options.frames / 5)
      warmBytes = await residentBytes(server.url);
  }
  run.report.grownBytes = (await residentBytes(server.url)) - warmBytes;
  run.report.failures.push(...(await canary.stop()));
  const trips = canary.trips.toSorted((a, b) => a - b);
  const at = (part: number): number => Math.round(trips[Math.floor(trips.length * part)] ?? Infinity);
  run.report.canary = {
    trips: trips.length,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    maxMs: Math.round(trips.at(-1) ?? Infinity),
  };
  return run.report;
}

class FuzzRun {
  readonly report: FuzzReport = {
    frames: 0,
    connections: 0,
    kinds: {},
    refusals: {},
    closes: {},
    canary: { trips: 0, p50Ms: 0, p99Ms: 0, maxMs: 0 },
    grownBytes: 0,
    failures: [],
  };
  readonly #server;
  readonly #random: SeededRandom;

  constructor(server: Pick<SpawnedServer, 'url' | 'wsURL' | 'port' | 'credentials'>, random: SeededRandom) {
    this.#server = server;
    this.#random = random;
  }

  /** One connection's worth: mostly of somebody who has logged in. */
  async round(): Promise<void> {
    this.report.connections += 1;
    const dice = this.#random.fraction();
    if (dice < 0.15) await this.#abuse();
    else if (dice < 0.4) await this.#asStranger();
    else await this.#asUser();
  }

  async #abuse(): Promise<void> {
    const [first = '', ...others] = Object.keys(ABUSES);
    const name = this.#random.pick([first, ...others]);
    this.#count(`raw: ${name}`);
    const reaction = await commit(name, this.#server.port, this.#random);
    if (ABUSES[name]?.right.includes(reaction) !== true) this.#fail(`${name} was met with ${reaction}`);
  }

  async #asStranger(): Promise<void> {
    await using socket = await FuzzSocket.open(this.#server.wsURL);
    const login = { ...this.#server.credentials('mallory'), instanceID: 'i', platform: 'web', protocol: 1 };
    await this.#send(socket, [fuzzFrame(1, this.#random, login)]);
  }

  async #asUser(): Promise<void> {
    await using socket = await FuzzSocket.open(this.#server.wsURL);
    const userID = `fuzz-${this.#random.below(5)}`;
    const platform = this.#random.pick(['web', 'ios', 'mac']);
    const login = {
      ...this.#server.credentials(userID),
      instanceID: this.#random.id(8),
      platform,
      protocol: 1,
    };
    if (!(await socket.request(1, 'session.login', login))) {
      this.#fail(`a good login was refused: ${JSON.stringify(socket.refusals)}`);
    }
    for (let batches = 0; batches < 8 && socket.closeCode === undefined; batches++) {
      const frames = Array.from({ length: BATCH }, (_, index) =>
        fuzzFrame(2 + batches * BATCH + index, this.#random),
      );
      await this.#send(socket, frames);
    }
  }

  /** Sends frames and a request that only a healthy connection answers, and judges what came back. */
  async #send(socket: FuzzSocket, frames: readonly FuzzFrame[]): Promise<void> {
    for (const { kind, text } of frames) {
      this.#count(kind);
      socket.send(text);
    }
    const before = socket.refusals.length;
    await socket.request(PROBE_ID, 'session.ping', {});
    for (const { code } of socket.refusals.slice(before)) add(this.report.refusals, code);
    const told = `after ${JSON.stringify(frames.map(({ text }) => text.slice(0, 300)))}`;
    if (socket.refusals.some(({ code }) => code === ERRORS.internal.code))
      this.#fail(`an internal error ${told}`);
    if (socket.closeCode === undefined) return;
    add(this.report.closes, socket.closeCode);
    if (!RIGHT_CLOSES.has(socket.closeCode)) this.#fail(`closed with ${socket.closeCode} ${told}`);
  }

  #count(kind: string): void {
    this.report.frames += 1;
    this.report.kinds[kind] = (this.report.kinds[kind] ?? 0) + 1;
  }

  #fail(sentence: string): void {
    this.report.failures.push(sentence);
  }
}

const PROBE_ID = 999_999;

function add(counts: Record<number, number>, code: number): void {
  counts[code] = (counts[code] ?? 0) + 1;
}

async function residentBytes(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1]);
}
