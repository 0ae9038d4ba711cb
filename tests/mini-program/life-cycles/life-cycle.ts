import { createSeededRandom, type SeededRandom } from '@sterna/core/testing';
import { LIMITS, type HostHabits } from '../host/limits.ts';
import type { Program } from '../host/runtime.ts';
import { createDevice, type Device } from './device.ts';
import { createWorld } from './world.ts';

/** A dead socket is replaced by then, counted from when the program is seen again. */
export const REPLACED_WITHIN_MS = 3_000;
/** Longer than any deadline of the SDK. */
const HEALING_MS = 90_000;
const ACTIONS = 16;

/** What one life cycle showed; `problems` is empty when all promises were kept. */
export interface LifeCycle {
  problems: string[];
  sent: number;
  delivered: number;
  failedSends: number;
  hides: number;
  replacedMs: number[];
  sockets: number;
}

/** Two users whose programs are hidden, shown, cut off and frozen while they write to each other; then everything heals. */
export async function runLifeCycle(seed: number, program: Program): Promise<LifeCycle> {
  const world = createWorld(seed);
  const random = createSeededRandom(seed);
  const [alice, bob] = ['alice', 'bob'].map((userID) =>
    createDevice({ world, program, userID, habits: habitsOf(random.fork()), random: random.fork() }),
  ) as [Device, Device];
  const devices = [alice, bob] as const;
  let hides = 0;

  for (const device of devices) device.login();
  await world.pass(random.below(3_000));
  for (let action = 0; action < ACTIONS; action++) {
    const [device, other] = random.chance(0.5) ? [alice, bob] : [bob, alice];
    hides += act(device, other.userID, random);
    await world.pass(pauseMs(random));
  }

  for (const { network } of devices) network.set('up');
  for (const { host } of devices) host.tellNetwork(true);
  for (const device of devices) device.show();
  await world.pass(HEALING_MS);
  const problems = judge(alice, bob);
  for (const device of devices) device.logout();
  await world.pass(10_000);
  problems.push(...devices.flatMap(leftovers));
  return {
    problems,
    sent: alice.sent.length + bob.sent.length,
    delivered: alice.received.length + bob.received.length,
    failedSends: devices.flatMap(({ sent }) => sent).filter(({ call }) => call.state === 'failed').length,
    hides,
    replacedMs: devices.flatMap(({ replacedMs }) => replacedMs),
    sockets: devices.reduce((sum, { host }) => sum + host.sockets.connects, 0),
  };
}

function habitsOf(random: SeededRandom): HostHabits {
  return {
    sockets: random.pick([LIMITS.sockets, LIMITS.socketsOnOldHosts]),
    killAfterMs: random.below(LIMITS.hiddenSocketMs + 1),
    killTells: random.chance(0.5),
    freezeAfterMs: random.pick([0, random.below(5_000), 5_000, Infinity]),
    thaw: random.pick(['overdue', 'goOn']),
    timersBeforeShow: random.chance(0.5),
    deadSend: random.pick(['fail', 'succeed', 'silence']),
    closeWhileConnecting: random.pick(['closes', 'ignored']),
    closeMs: random.below(400),
    closeTells: random.chance(0.7),
    bridgeMs: random.below(20),
  };
}

/** Mostly moments, sometimes long enough for every deadline and heartbeat. */
function pauseMs(random: SeededRandom): number {
  return random.pick([random.below(300), random.below(3_000), random.below(8_000), random.below(60_000)]);
}

/** One thing that happens to a device; returns how often it went out of sight. */
function act(device: Device, peer: string, random: SeededRandom): number {
  const { network, host, sent, userID } = device;
  const kind = random.below(10);
  if (kind < 4) {
    const burst = random.chance(0.2) ? 5 : 1;
    for (let n = 0; n < burst; n++) device.send(peer, `${userID} ${sent.length + 1}`);
  } else if (kind === 4) device.read(peer);
  else if (kind < 8) {
    if (host.isHidden) device.show();
    else {
      device.hide();
      return 1;
    }
  } else if (network.mode === 'up') {
    network.set(random.pick(['lost', 'hole']));
    if (random.chance(0.5)) host.tellNetwork(false);
  } else {
    network.set('up');
    if (random.chance(0.5)) host.tellNetwork(true);
  }
  return 0;
}

function judge(alice: Device, bob: Device): string[] {
  return [
    ...settledAndBounded(alice),
    ...settledAndBounded(bob),
    ...delivered(alice, bob),
    ...delivered(bob, alice),
  ];
}

function settledAndBounded({ userID, calls, host, replacedMs, errors, tim }: Device): string[] {
  const problems = calls
    .filter(({ state }) => state === 'pending')
    .map(({ what }) => `${userID}: ${what} never settled`);
  if (host.sockets.mostOpen > 1)
    problems.push(`${userID}: ${host.sockets.mostOpen} sockets were open at once`);
  for (const refusal of host.sockets.refused) problems.push(`${userID}: ${refusal}`);
  for (const ms of replacedMs) {
    if (ms > REPLACED_WITHIN_MS) problems.push(`${userID}: a dead socket was replaced after ${ms} ms`);
  }
  const login = calls[0];
  if (login?.state === 'done' && !tim.isReady()) problems.push(`${userID}: is not ready after all healed`);
  if (host.sockets.open !== (tim.getLoginUser() ? 1 : 0))
    problems.push(`${userID}: ${host.sockets.open} sockets are open`);
  return [...problems, ...errors.map((text) => `${userID}: ${text}`)];
}

/** What was acknowledged came once, what failed at most once, and all of it in order. */
function delivered(from: Device, to: Device): string[] {
  const problems: string[] = [];
  for (const { text, call } of from.sent) {
    const times = to.received.filter((message) => message.text === text).length;
    const isFine = call.state === 'done' ? times === 1 || !to.tim.getLoginUser() : times <= 1;
    if (!isFine) problems.push(`${text}: ${call.state}, received ${times} times`);
  }
  const numbers = to.received.map(({ sequence }) => sequence);
  if (numbers.some((number, index) => index > 0 && number <= (numbers[index - 1] ?? 0))) {
    problems.push(`${to.userID}: out of order: ${numbers.join(' ')}`);
  }
  return problems;
}

/** What a logged-out program leaves behind at its host. */
function leftovers({ userID, host, calls }: Device): string[] {
  const problems: string[] = [];
  if (calls.at(-1)?.state === 'pending') problems.push(`${userID}: logout never settled`);
  if (host.sockets.held > 0) problems.push(`${userID}: ${host.sockets.held} sockets are left`);
  if (host.listeners() > 0) problems.push(`${userID}: ${host.listeners()} listeners are left`);
  if (host.thread.timers > 0) problems.push(`${userID}: ${host.thread.timers} timers are left`);
  return problems;
}
