import { Counter, Gauge, Registry } from 'prom-client';
import { Distribution } from './distribution.ts';

/** What is measured of the process itself when somebody asks. */
export interface ProcessReadings {
  memory(): { residentBytes: number; heapUsedBytes: number };
  cpuSeconds(): number;
  /** How late the event loop was since the last reading, in seconds. */
  eventLoopDelay(): { p50: number; p99: number; max: number };
}

/** What the server knows of itself at this moment. */
export interface ServerReadings {
  connections(): number;
  strangers(): number;
  users(): number;
  queuedBytes(): number;
}

const SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Every metric of the server. Labels have few values, all of ours: none is taken from what a client sends. */
export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const counter = <Label extends string = never>(name: string, help: string, labelNames: Label[] = []) =>
    new Counter({ name: `sterna_${name}`, help, labelNames, registers });
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Distribution({ name: `sterna_${name}`, help, buckets, registers });

  return {
    registry,
    logins: counter('logins_total', 'Logins by their result: new, resumed, or the reason of the refusal', [
      'result',
    ]),
    requests: createTally('sterna_requests_total', 'Requests answered, by command', 'command', registry),
    requestSeconds: histogram('request_seconds', 'Time from a request to its reply', SECONDS),
    refusals: counter('refusals_total', 'Requests refused, by reason', ['reason']),
    errors: counter('errors_total', 'Bugs and broken dependencies: each is an error line in the log'),
    appended: createCount('sterna_messages_appended_total', 'Messages stored', registry),
    duplicates: counter('messages_duplicate_total', 'Repeated sends that were answered from the store'),
    pushes: createCount('sterna_pushes_total', 'Items pushed to clients', registry),
    kicks: counter('kicks_total', 'Sessions ended by a kick, by type', ['type']),
    slowReaders: counter('slow_readers_closed_total', 'Sockets closed because they did not read'),
    roomDrops: counter(
      'room_messages_dropped_total',
      'Messages that a live room did not carry, as too much was said in it, by priority',
      ['priority'],
    ),
    repaired: counter(
      'gap_repairs_total',
      'Log entries read from the store because the bus had not brought them',
    ),
    turnedAway: counter('sockets_refused_total', 'Upgrade requests refused, by HTTP status', ['status']),
    store: histogram('store_command_seconds', 'Time until a command was durable, or refused', SECONDS),
    storeUnknown: counter(
      'store_unknown_total',
      'Commands of which the store could not say what became of them',
    ),
    batches: histogram(
      'store_batch_size',
      'Commands that one commit made durable together',
      [1, 2, 4, 8, 16, 32, 64, 128, 256],
    ),
  };
}

/** A counter by one label for the hot path: adding is one step in a map, labels are made when somebody asks. */
export interface Tally {
  add(label: string): void;
}

function createTally(name: string, help: string, labelName: string, registry: Registry): Tally {
  const counts = new Map<string, number>();
  new Counter({
    name,
    help,
    labelNames: [labelName],
    registers: [registry],
    collect() {
      this.reset();
      for (const [label, count] of counts) this.inc({ [labelName]: label }, count);
    },
  });
  return { add: (label) => void counts.set(label, (counts.get(label) ?? 0) + 1) };
}

/** A counter without labels for the hot path. */
export interface Count {
  add(amount: number): void;
}

function createCount(name: string, help: string, registry: Registry): Count {
  let count = 0;
  new Counter({
    name,
    help,
    registers: [registry],
    collect() {
      this.reset();
      this.inc(count);
    },
  });
  return { add: (amount) => void (count += amount) };
}

/** Adds what is read at the moment somebody asks. */
export function addGauges(registry: Registry, server: ServerReadings, host: ProcessReadings): void {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  gauge('sterna_connections', 'Open sockets', () => server.connections());
  gauge('sterna_strangers', 'Open sockets that have not logged in', () => server.strangers());
  gauge('sterna_users', 'Users with a session on this node', () => server.users());
  gauge('sterna_queue_bytes', 'Bytes that wait for sockets', () => server.queuedBytes());
  gauge('process_resident_memory_bytes', 'Memory of the process', () => host.memory().residentBytes);
  gauge('nodejs_heap_used_bytes', 'Heap in use', () => host.memory().heapUsedBytes);
  gauge('process_cpu_seconds_total', 'CPU time used', () => host.cpuSeconds());
  new Gauge({
    name: 'sterna_event_loop_delay_seconds',
    help: 'How late the event loop was since the last scrape',
    labelNames: ['quantile'],
    registers: [registry],
    collect() {
      const delay = host.eventLoopDelay();
      this.set({ quantile: '0.5' }, delay.p50);
      this.set({ quantile: '0.99' }, delay.p99);
      this.set({ quantile: '1' }, delay.max);
    },
  });
}
