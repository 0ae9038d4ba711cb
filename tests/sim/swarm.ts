import type { AppSettings } from '@sterna/core';
import type { Platform } from '@sterna/protocol';
import type { SeededRandom } from '@sterna/core/testing';

type LoginPolicy = AppSettings['loginPolicy'];

/** Faults that a seed may turn on. Rates are for each second and each thing that can suffer it; shares are of 1. */
export interface Faults {
  /** Connections break: both ends hear of it, one does, or none. */
  cut: number;
  /** Connections go dead without a word, in one direction or both. */
  stall: number;
  /** Connections become slow. */
  slow: number;
  /** Devices lose their network for a while. */
  offline: number;
  /** Devices sleep: nothing of them runs. */
  sleep: number;
  nodeCrash: number;
  /** Nodes stop for longer than anybody waits, then go on. */
  nodeFreeze: number;
  /** The share of bus notices that are lost, doubled, late. */
  busDrop: number;
  busDouble: number;
  busLate: number;
  /** The bus is split, or stops. */
  busSplit: number;
  busStop: number;
  /** The share of commits that fail, are lost, or are kept although the caller hears of a failure. */
  commitFails: number;
  commitUnknown: number;
  /** The share of store calls whose answer is lost, or takes long. */
  storeLost: number;
  storeSlow: number;
  /** The store comes back as another incarnation, as after a restore: no cursor of before is good any more. */
  storeRenewed: number;
  serverClock: number;
  clientClock: number;
}

export interface DevicePlan {
  name: string;
  user: string;
  platform: Platform;
}

/** Everything that is drawn once for a run. */
export interface Swarm {
  nodes: number;
  devices: readonly DevicePlan[];
  users: readonly string[];
  policy: LoginPolicy;
  /** How much people make of who is whose friend, and who is blocked; `strict`: only friends may write to each other. */
  relations: 'calm' | 'busy' | 'strict';
  /** Whether who is blocked is told so. */
  blocks: 'told' | 'hidden';
  /** Whether messages that are there change. */
  messages: 'stay' | 'change';
  /** Whether people tell one another what they have read. */
  reading: 'silent' | 'told';
  /** Whether members are silenced, and are made admins. */
  groups: 'left' | 'kept';
  /** How long faults last, and how long a device thinks between two calls on average. */
  chaosMs: number;
  thinkMs: number;
  latencyMs: number;
  faults: Faults;
  /** Bounds of the protocol that are made small, so that their edges are met. */
  limits: Readonly<Record<string, number>>;
  /** How busily each kind of call is drawn. */
  weights: Readonly<Record<string, number>>;
}

/** What of a run is left out, to see whether it still fails. */
export interface Reduction {
  /** Families of faults that are turned off. */
  faultsOff: readonly (keyof Faults)[];
  devicesOff: readonly string[];
  chaosMs?: number;
  /** Acts of the workload, by their number, that are not done. */
  actsOff: readonly number[];
}

export const NOTHING_OFF: Reduction = { faultsOff: [], devicesOff: [], actsOff: [] };

const OTHER_PLATFORMS: readonly [Platform, ...Platform[]] = [
  'miniprogram',
  'android',
  'ios',
  'windows',
  'mac',
];

const NAMES = ['ann', 'ben', 'cas', 'dan', 'eve'];

/** Uniform "everything on" hides what needs one fault alone: each family is on for about a third of the seeds. */
export function drawSwarm(random: SeededRandom): Swarm {
  const users = NAMES.slice(0, 3 + random.below(3));
  const relations = random.pick(['calm', 'calm', 'calm', 'busy', 'strict'] as const);
  const swarm = {
    relations,
    nodes: 1 + random.below(3),
    users,
    devices: drawDevices(random, users),
    policy: drawPolicy(random),
    chaosMs: 8_000 + random.below(24_000),
    thinkMs: logUniform(random, 300, 3_000),
    latencyMs: logUniform(random, 1, 150),
    faults: drawFaults(random),
    limits: drawLimits(random),
    weights: drawWeights(random, relations),
  };
  const changing = { ...swarm, ...drawChanges(random, swarm.weights) };
  const reading = random.pick(['silent', 'told'] as const);
  const groups = random.pick(['left', 'left', 'kept'] as const);
  const more = { ...(reading === 'told' && RECEIPTS), ...(groups === 'kept' && CARE) };
  const blocks = random.pick(['told', 'told', 'hidden'] as const);
  return { ...changing, reading, groups, blocks, weights: { ...changing.weights, ...more } };
}

function drawDevices(random: SeededRandom, users: readonly string[]): DevicePlan[] {
  const count = users.length + random.below(Math.min(4, 9 - users.length));
  return Array.from({ length: count }, (_, index) => {
    const user = users[index < users.length ? index : random.below(users.length)] ?? 'ann';
    // What runs this SDK is web or a mini program; the others are spoken for by their platform's name alone.
    const platform = random.chance(0.6) ? 'web' : random.pick(OTHER_PLATFORMS);
    return { name: `${user}${index + 1}`, user, platform };
  });
}

function drawPolicy(random: SeededRandom): LoginPolicy {
  return {
    mode: random.pick(['multi', 'single', 'dual', 'triple']),
    instances: { web: random.pick([3, 1, 2, 0]), other: random.pick([1, 1, 2]) },
  };
}

function drawFaults(random: SeededRandom): Faults {
  const rate = (low: number, high: number) => (random.chance(0.35) ? logUniform(random, low, high) : 0);
  return {
    cut: rate(0.01, 0.3),
    stall: rate(0.005, 0.1),
    slow: rate(0.005, 0.1),
    offline: rate(0.005, 0.1),
    sleep: rate(0.005, 0.05),
    nodeCrash: rate(0.005, 0.08),
    nodeFreeze: rate(0.005, 0.08),
    busDrop: rate(0.01, 0.9),
    busDouble: rate(0.01, 0.3),
    busLate: rate(0.01, 0.5),
    busSplit: rate(0.01, 0.1),
    busStop: rate(0.01, 0.1),
    commitFails: rate(0.005, 0.1),
    commitUnknown: rate(0.005, 0.15),
    storeLost: rate(0.005, 0.1),
    storeSlow: rate(0.01, 0.3),
    storeRenewed: random.chance(0.15) ? logUniform(random, 0.02, 0.1) : 0,
    serverClock: rate(0.005, 0.1),
    clientClock: rate(0.005, 0.1),
  };
}

function drawLimits(random: SeededRandom): Record<string, number> {
  const limits: Record<string, number> = {};
  if (random.chance(0.4)) limits['syncPage'] = random.pick([1, 2, 3, 5]);
  if (random.chance(0.3)) limits['backlogPerConversation'] = random.pick([1, 2, 5]);
  if (random.chance(0.2)) limits['socketQueueBytes'] = random.pick([2_000, 5_000]);
  if (random.chance(0.2)) limits['requestsInFlight'] = random.pick([2, 5]);
  return limits;
}

function drawWeights(random: SeededRandom, relations: Swarm['relations']): Record<string, number> {
  const drawn: Record<string, number> = {};
  for (const [name, weight] of Object.entries(WEIGHTS)) {
    drawn[name] = random.chance(0.15) ? 0 : weight * (random.chance(0.2) ? 4 : 1);
  }
  drawn['send'] = Math.max(drawn['send'] ?? 0, 20);
  if (relations !== 'calm') for (const [name, weight] of Object.entries(RELATIONS)) drawn[name] = weight;
  return drawn;
}

function drawChanges(random: SeededRandom, weights: Swarm['weights']): Pick<Swarm, 'messages' | 'weights'> {
  const messages = random.pick(['stay', 'change'] as const);
  return { messages, weights: messages === 'change' ? { ...weights, ...CHANGES } : weights };
}

/** How often each call is made, as in `reliability.md` 3.5, of those that exist. */
const WEIGHTS = {
  send: 40,
  burst: 2,
  resend: 4,
  markRead: 10,
  history: 8,
  list: 5,
  createGroup: 2,
  joinGroup: 2,
  quitGroup: 2,
  addMembers: 4,
  deleteMembers: 2,
  dismissGroup: 0.5,
  members: 1,
  logout: 2,
  login: 6,
  rivalLogin: 2,
  updateProfile: 1,
  profile: 1,
  deleteConversation: 1,
  background: 3,
  block: 1,
  unblock: 2,
  befriend: 2,
  unfriend: 1,
  allow: 1,
  answerFriend: 2,
  invite: 3,
  answer: 4,
  cancel: 1.5,
  enterRoom: 3,
  leaveRoom: 1,
  say: 8,
  createCommunity: 1,
  createTopic: 4,
  updateTopic: 1,
  deleteTopic: 0.7,
  topics: 2,
} as const;

/** The same of what people are to one another, where that changes all the time. */
const RELATIONS = { block: 6, unblock: 8, befriend: 14, unfriend: 5, allow: 4, answerFriend: 12 } as const;

/** The same of what becomes of messages. */
const CHANGES = { recall: 6, edit: 8, deleteMessages: 4, clearHistory: 1 } as const;

/** The same of who has read what. */
const RECEIPTS = { sendReceipts: 20, receipts: 5, readers: 5 } as const;

/** The same of who may speak. */
const CARE = { muteAll: 3, muteMember: 6, setRole: 4 } as const;

/** Every order of magnitude is as likely as the next. */
export function logUniform(random: SeededRandom, low: number, high: number): number {
  return low * (high / low) ** random.fraction();
}

/** The swarm less what is left out. */
export function reduced(swarm: Swarm, { faultsOff, devicesOff, chaosMs = swarm.chaosMs }: Reduction): Swarm {
  const faults = { ...swarm.faults };
  for (const fault of faultsOff) faults[fault] = 0;
  return {
    ...swarm,
    faults,
    chaosMs,
    devices: swarm.devices.filter(({ name }) => !devicesOff.includes(name)),
  };
}
