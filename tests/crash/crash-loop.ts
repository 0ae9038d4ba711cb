import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { createSeededRandom, type SeededRandom } from '@sterna/core/testing';
import { type ServerProcess, spawnServer } from '@sterna/server/testing';
import { connectDevices, makeGroup, readAll, retryUnknown, sendUntilLost, USERS } from './devices.ts';
import { createLedger, type Ledger } from './ledger.ts';

export interface CrashReport {
  cycles: number;
  /** Kills before the server had said that it was ready. */
  killedInStart: number;
  acked: number;
  /** Sends whose connection was lost before the answer; all were sent again, and answered then. */
  unknown: number;
  found: number;
  integrityChecks: number;
  /** From the start of the process to its readiness. */
  readyMs: { median: number; max: number };
}

/** The latest kill after the load has begun. */
const KILL_WITHIN_MS = 500;

/** Every so many cycles one more kill falls into the start. */
const KILL_IN_START_EVERY = 4;

const LIMITS = { requestsPerSecond: 1_000_000, requestBurst: 1_000_000 };

/**
 * Kills a real server under load, over and over on the same data. After each restart everything that was acked must be there,
 * once, with its number, in an order without holes. Throws at the first thing that is not so.
 */
export async function crashLoop(options: {
  cycles: number;
  seed: number;
  onCycle?: (report: CrashReport) => void;
}): Promise<CrashReport> {
  const folder = await mkdtemp(join(tmpdir(), 'sterna-crash-'));
  const loop = new CrashLoop(join(folder, 'data'), createSeededRandom(options.seed));
  try {
    await loop.prepare();
    for (let cycle = 1; cycle <= options.cycles; cycle++) {
      await loop.cycle(cycle);
      options.onCycle?.(loop.report);
    }
    await loop.conclude();
    return loop.report;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

class CrashLoop {
  readonly #data: string;
  readonly #random: SeededRandom;
  readonly #ledger: Ledger = createLedger();
  readonly #readyMs: number[] = [];
  #cycles = 0;
  #killedInStart = 0;
  #unknown = 0;
  #integrityChecks = 0;

  constructor(data: string, random: SeededRandom) {
    this.#data = data;
    this.#random = random;
  }

  get report(): CrashReport {
    const times = this.#readyMs.toSorted((a, b) => a - b).map(Math.round);
    const { acked, found } = this.#ledger.counts;
    return {
      cycles: this.#cycles,
      killedInStart: this.#killedInStart,
      acked,
      unknown: this.#unknown,
      found,
      integrityChecks: this.#integrityChecks,
      readyMs: { median: times[Math.floor(times.length / 2)] ?? 0, max: times.at(-1) ?? 0 },
    };
  }

  /** A clean first life, in which the group is made. */
  async prepare(): Promise<void> {
    await using server = await this.#start();
    const devices = await connectDevices(await server.ready);
    await makeGroup(devices);
    server.signal('SIGTERM');
    const { code } = await server.exited;
    if (code !== 0) throw new Error(`the first server ended with ${code}`);
  }

  async cycle(cycle: number): Promise<void> {
    this.#cycles = cycle;
    if (cycle % KILL_IN_START_EVERY === 0) await this.#killInStart();
    await this.#killUnderLoad(cycle);
    await this.#checkIntegrity();
  }

  /** The last life: everything unknown is settled, everything is read, nothing may be missing. */
  async conclude(): Promise<void> {
    await using server = await this.#start();
    const devices = await connectDevices(await this.#ready(server));
    await this.#settle(devices);
    server.signal('SIGTERM');
    await server.exited;
    const lost = this.#ledger.lost();
    if (lost.length > 0)
      throw new Error(`${lost.length} acked messages are lost: ${lost.slice(0, 5).join('; ')}`);
  }

  /** A start can be quicker than any before it; then the kill came too late, and another is tried. */
  async #killInStart(): Promise<void> {
    for (let attempts = 0; attempts < 3; attempts++) {
      await using server = await this.#start();
      await delay(this.#random.below(Math.min(...this.#readyMs)));
      const isReady = server.stdout.some((line) => line.includes('is ready'));
      await server.kill9();
      if (isReady) continue;
      this.#killedInStart += 1;
      return;
    }
  }

  async #killUnderLoad(cycle: number): Promise<void> {
    await using server = await this.#start();
    const devices = await connectDevices(await this.#ready(server));
    await this.#settle(devices);
    const run = { cycle, random: this.#random };
    const load = Promise.all(
      USERS.flatMap((user) => {
        const device = devices.get(user);
        return device === undefined ? [] : [sendUntilLost(user, device, this.#ledger, run)];
      }),
    );
    await Promise.race([load, delay(this.#random.below(KILL_WITHIN_MS))]);
    await server.kill9();
    await load;
    this.#unknown += this.#ledger.counts.unknown;
  }

  /** First what is there is read, with the unknown sends as they are; then they are sent again, and read. */
  async #settle(devices: Awaited<ReturnType<typeof connectDevices>>): Promise<void> {
    await readAll(devices, this.#ledger);
    const lost = this.#ledger.lost();
    if (lost.length > 0)
      throw new Error(`${lost.length} acked messages are lost: ${lost.slice(0, 5).join('; ')}`);
    await retryUnknown(devices, this.#ledger);
    await readAll(devices, this.#ledger);
  }

  #start(): Promise<ServerProcess> {
    return spawnServer({ data: this.#data, config: { limits: LIMITS, logLevel: 'error' } });
  }

  async #ready(server: ServerProcess) {
    const startedMs = performance.now();
    const ready = await server.ready;
    this.#readyMs.push(performance.now() - startedMs);
    return ready;
  }

  /** Looks into a copy, because opening the files themselves would repair them before the server does. */
  async #checkIntegrity(): Promise<void> {
    const copy = await mkdtemp(join(tmpdir(), 'sterna-copy-'));
    try {
      await cp(this.#data, copy, { recursive: true });
      using database = new DatabaseSync(join(copy, 'sterna.db'));
      const rows = database.prepare('PRAGMA integrity_check').all();
      const verdict = JSON.stringify(rows);
      if (verdict !== '[{"integrity_check":"ok"}]') throw new Error(`the database is damaged: ${verdict}`);
      this.#integrityChecks += 1;
    } finally {
      await rm(copy, { recursive: true, force: true });
    }
  }
}
