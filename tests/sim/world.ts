import type { AppSettings } from '@sterna/core';
import type { SeededRandom } from '@sterna/core/testing';
import { LIMITS } from '@sterna/protocol/tables';
import type { MetaLine } from '../history/history.ts';
import { Chaos } from './chaos.ts';
import { createClock } from './clocks.ts';
import { type ClientHandlers, Connection, DeadSocket } from './connection.ts';
import { Device } from './device.ts';
import { Host } from './host.ts';
import type { Mutant } from './mutant.ts';
import { type Node, startNode } from './node.ts';
import type { PipeConditions } from './pipe.ts';
import { Recorder } from './recorder.ts';
import { SimBus } from './sim-bus.ts';
import { type Commit, SimStore } from './sim-store.ts';
import { Simulation } from './simulation.ts';
import { type DevicePlan, drawSwarm, logUniform, reduced, type Reduction, type Swarm } from './swarm.ts';
import { Workload } from './workload.ts';

export interface WorldOptions {
  seed: number;
  keepTrace: boolean;
  mutant: Mutant | undefined;
  reduction: Reduction;
}

/** The whole service and everybody who uses it, in one process and one time. */
export class World {
  readonly simulation: Simulation;
  readonly recorder: Recorder;
  readonly swarm: Swarm;
  readonly store: SimStore;
  readonly bus: SimBus;
  readonly nodes: Node[] = [];
  readonly devices: Device[] = [];
  readonly workload: Workload;
  readonly chaos: Chaos;
  /** How often interesting states were met. */
  readonly markers = new Map<string, number>();
  readonly conditions: PipeConditions;
  readonly settings: AppSettings;
  readonly #random: SeededRandom;
  readonly #mutant: Mutant | undefined;

  constructor({ seed, keepTrace, mutant, reduction }: WorldOptions) {
    this.#mutant = mutant;
    this.simulation = new Simulation(seed, keepTrace);
    this.recorder = new Recorder(this.simulation);
    const swarm = drawSwarm(this.simulation.random.fork());
    const faults = { ...swarm.faults, ...mutant?.needs };
    const weights = { ...swarm.weights, ...mutant?.busy };
    this.swarm = reduced({ ...swarm, faults, weights }, reduction);
    this.#random = this.simulation.random.fork();
    const { latencyMs, policy, relations, blocks } = this.swarm;
    this.conditions = { latencyMs, jitterMs: latencyMs * this.#random.fraction(), bytesPerMs: 1_000 };
    this.settings = {
      loginPolicy: policy,
      profileCustomFields: [],
      recallWindowMs: LIMITS.recallWindowMs,
      friendsOnly: relations === 'strict',
      hidesBlocks: blocks === 'hidden',
    };
    this.store = this.#makeStore();
    this.bus = new SimBus(this.simulation);
    for (let index = 0; index < this.swarm.nodes; index++) this.nodes.push(this.#startNode(index));
    for (const plan of this.swarm.devices) this.devices.push(this.addDevice(plan));
    this.workload = new Workload({
      random: this.simulation.random.fork(),
      recorder: this.recorder,
      swarm: this.swarm,
      devices: this.devices,
      actsOff: new Set(reduction.actsOff),
      sawRivals: () => this.mark('rivalLogins'),
    });
    this.chaos = new Chaos(this);
    this.recorder.conclude(this.#meta(seed));
  }

  /** When faults and work end. */
  get chaosTo(): number {
    return this.swarm.chaosMs;
  }

  /** Everybody logs in and works while things go wrong. */
  async run(): Promise<void> {
    for (const device of this.devices) {
      this.simulation.after(
        this.#random.fraction() * 2_000,
        `${device.plan.name} starts`,
        () => void device.login(),
      );
      this.#work(device);
    }
    this.simulation.after(2_500, 'first group', () => this.workload.begin());
    this.chaos.start();
    await this.simulation.runUntil(this.chaosTo);
  }

  #work(device: Device): void {
    const waitMs = -Math.log(1 - this.#random.fraction()) * this.swarm.thinkMs;
    this.simulation.after(waitMs, `${device.plan.name} acts`, () => {
      if (this.simulation.nowMs >= this.chaosTo) return;
      this.workload.act(device);
      this.#work(device);
    });
  }

  mark(name: string): void {
    this.markers.set(name, (this.markers.get(name) ?? 0) + 1);
  }

  #clocksTrue(): boolean {
    // Another node that starts in the place of one that crashed has a clock of its own.
    const { serverClock, storeRenewed, nodeFreeze, nodeCrash } = this.swarm.faults;
    const isSkewed = this.nodes.some(({ clock }) => clock.offMs !== 0);
    return serverClock + storeRenewed + nodeFreeze + nodeCrash === 0 && !isSkewed;
  }

  #meta(seed: number): MetaLine {
    const devices = this.swarm.devices.map(({ name, user, platform }) => [name, { user, platform }] as const);
    return {
      op: 'meta',
      seed,
      devices: Object.fromEntries(devices),
      policy: this.swarm.policy,
      ...(this.#clocksTrue() && { clocksTrue: true }),
      ...(this.swarm.relations === 'strict' && { friendsOnly: true }),
      backlog: LIMITS.backlogPerConversation,
      // The SDK's own deadlines, of the up to three requests of a call, and a little for what happens at the deadline itself.
      deadlineMs: {
        any: 3 * LIMITS.requestDeadlineMs + 2_000,
        send: LIMITS.sendDeadlineMs + 2_000,
        login: 22_000,
        logout: 4_000,
      },
      convergeMs: 30_000,
    };
  }

  #makeStore(): SimStore {
    const { faults } = this.swarm;
    // The store runs on a machine of its own, with a clock that nothing depends on.
    const clock = createClock(this.simulation, new Host(this.simulation, 'store'), 0);
    const conditions = {
      delayMs: logUniform(this.#random, 0.5, 30),
      slowMs: logUniform(this.#random, 100, 8_000),
      faults,
    };
    return new SimStore({
      simulation: this.simulation,
      clock,
      conditions,
      remember: this.#mutant?.crashed !== undefined,
      committed: (commit) => this.#committed(commit),
      refused: (type, reason) => {
        if (type === 'message.send' && reason === 'sessionEvicted') this.mark('fencedSend');
      },
      ...(this.#mutant?.rules && { rules: this.#mutant.rules() }),
    });
  }

  /** Sessions begin and end in the order of the commits: that order is the judge of who was first. */
  #committed({ number, command, reply, friends }: Commit): void {
    for (const friend of friends) this.recorder.write({ op: 'friend', ...friend, commit: number });
    if (command.type === 'session.login') {
      const { userID: user, instanceID: instance, platform } = command.body;
      const { epoch, resumed } = reply as { epoch: number; resumed: boolean };
      if (resumed) return;
      this.recorder.write({
        op: 'session',
        user,
        instance,
        epoch,
        change: 'begin',
        platform,
        commit: number,
      });
    }
    if (command.type === 'session.logout') {
      const { userID: user, session } = command.body.actor;
      const { instanceID: instance, epoch } = session;
      this.recorder.write({ op: 'session', user, instance, epoch, change: 'end', commit: number });
    }
    if (command.type === 'blacklist.change') {
      const { actor, action } = command.body;
      const change = action === 'add' ? 'begin' : 'end';
      for (const other of (reply as { done: string[] }).done)
        this.recorder.write({ op: 'block', user: actor.userID, other, change, commit: number });
    }
    if ((reply as { duplicate?: true }).duplicate) this.mark('sentAgain');
  }

  #startNode(index: number): Node {
    const skewed = this.#random.chance(0.3);
    return startNode({
      simulation: this.simulation,
      name: `node${index + 1}`,
      store: (host) => this.#mutant?.store?.(this.store.for(host), host, this) ?? this.store.for(host),
      bus: (host) => this.#mutant?.bus?.(this.bus.for(host)) ?? this.bus.for(host),
      settings: this.settings,
      ...(this.#mutant?.item && { item: this.#mutant.item }),
      clockOffMs: skewed ? (this.#random.fraction() - 0.5) * 600_000 : 0,
      told: (event, detail) => {
        this.mark(event);
        this.simulation.trace.note(`node${index + 1} ${event} ${detail}`);
      },
    });
  }

  addDevice(plan: DevicePlan): Device {
    const skewed = this.#random.chance(0.3);
    return new Device({
      simulation: this.simulation,
      recorder: this.recorder,
      plan,
      clockOffMs: skewed ? (this.#random.fraction() - 0.5) * 10 * 365 * 24 * 3600 * 1000 : 0,
      connect: (device, handlers) => this.#connect(device, handlers),
    });
  }

  #connect(device: Device, handlers: ClientHandlers): Connection | DeadSocket {
    const alive = this.nodes.filter(({ host }) => !host.isDead);
    const node = alive[this.#random.below(alive.length)];
    if (device.network !== 'up' || node === undefined) {
      return new DeadSocket(device.host, handlers, device.network !== 'dead');
    }
    return new Connection(this.simulation, `${device.plan.name}-${node.host.name}`, this.conditions, {
      client: { host: device.host, handlers, tap: device.tap },
      server: { host: node.host, accept: (connection) => node.accept(connection) },
    });
  }

  /** The process is gone with all that it had in memory; its clients hear of it, or not. Another one starts in its place. */
  crashNode(index: number, random: SeededRandom): void {
    const node = this.nodes[index];
    if (node === undefined || node.host.isDead) return;
    this.mark('nodeCrashed');
    node.host.kill();
    this.#mutant?.crashed?.(this);
    for (const device of this.devices) {
      for (const connection of device.connections) {
        if (connection.server === node.host) connection.cut({ client: random.chance(0.8), server: false });
      }
    }
    this.simulation.after(logUniform(random, 100, 15_000), `node${index + 1} starts`, () => {
      if (this.nodes[index] === node) this.nodes[index] = this.#startNode(index);
    });
  }

  /** Every place has a running node again. */
  reviveNodes(): void {
    this.nodes.forEach((node, index) => {
      if (node.host.isDead) this.nodes[index] = this.#startNode(index);
      else node.host.wake();
    });
  }
}
