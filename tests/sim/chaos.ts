import type { SeededRandom } from '@sterna/core/testing';
import type { Connection } from './connection.ts';
import type { Device } from './device.ts';
import { KIND_BUS } from './sim-bus.ts';
import { logUniform } from './swarm.ts';
import type { World } from './world.ts';

/** Longer than the server and its clients wait for one another. */
const FREEZE_MS = { low: 3_000, high: 120_000 };

/** Makes things go wrong at the rates of the swarm, until it is told to stop; then it puts everything right. */
export class Chaos {
  readonly #world: World;
  readonly #random: SeededRandom;
  #isOver = false;

  constructor(world: World) {
    this.#world = world;
    this.#random = world.simulation.random.fork();
  }

  start(): void {
    const { faults } = this.#world.swarm;
    const { devices } = this.#world;
    this.#setBus();
    this.#each('cut', faults.cut * devices.length, () => this.#cut());
    this.#each('stall', faults.stall * devices.length, () => this.#stall());
    this.#each('slow', faults.slow * devices.length, () => this.#slow());
    this.#each('offline', faults.offline * devices.length, () => this.#offline());
    this.#each('sleep', faults.sleep * devices.length, () => this.#sleep());
    this.#each('node crash', faults.nodeCrash, () => this.#crash());
    this.#each('node freeze', faults.nodeFreeze, () => this.#freeze());
    this.#each('bus split', faults.busSplit, () => this.#split());
    this.#each('bus stop', faults.busStop, () => this.#stopBus());
    this.#each('store renewed', faults.storeRenewed, () => this.#world.store.renew());
    this.#each('server clock', faults.serverClock, () => this.#stepServer());
    this.#each('client clock', faults.clientClock * devices.length, () => this.#stepClient());
  }

  /** Everything is put right; what is broken beyond repair is told so. */
  heal(): void {
    this.#isOver = true;
    const { bus, store, devices, simulation } = this.#world;
    bus.conditions = KIND_BUS;
    bus.partition = new Map();
    if (bus.isDown) bus.start();
    store.conditions = {
      ...store.conditions,
      faults: { commitFails: 0, commitUnknown: 0, storeLost: 0, storeSlow: 0 },
    };
    this.#world.reviveNodes();
    for (const device of devices) {
      device.wake();
      device.setForeground(true);
      this.#backOnline(device);
      for (const connection of this.#open(device)) {
        connection.conditions = this.#world.conditions;
        // A connection whose way was lost is found dead at its next packet, or goes on where it was.
        if (connection.isCut || this.#random.chance(0.3)) connection.cut({ client: true, server: true });
        else connection.unblock();
      }
    }
    simulation.trace.note('healed');
  }

  /** A Poisson process: as many each second on average, without a memory. */
  #each(what: string, perSecond: number, run: () => void): void {
    if (perSecond === 0) return;
    const waitMs = (-Math.log(1 - this.#random.fraction()) / perSecond) * 1_000;
    this.#world.simulation.after(waitMs, `chaos: ${what}`, () => {
      if (this.#isOver) return;
      run();
      this.#each(what, perSecond, run);
    });
  }

  #later(ms: number, what: string, run: () => void): void {
    this.#world.simulation.after(ms, `chaos: ${what}`, () => {
      if (!this.#isOver) run();
    });
  }

  #setBus(): void {
    const { busDrop, busDouble, busLate } = this.#world.swarm.faults;
    const lateMs = logUniform(this.#random, 50, 20_000);
    this.#world.bus.conditions = { drop: busDrop, double: busDouble, delayMs: 5, late: busLate, lateMs };
  }

  #device(): Device {
    const { devices } = this.#world;
    const device = devices[this.#random.below(devices.length)];
    if (device === undefined) throw new Error('a world without devices');
    return device;
  }

  #open(device: Device): Connection[] {
    return [...device.connections].filter((connection) => !connection.isOver);
  }

  #newest(): Connection | undefined {
    return this.#open(this.#device()).at(-1);
  }

  #cut(): void {
    const client = this.#random.chance(0.7);
    this.#newest()?.cut({ client, server: !client || this.#random.chance(0.5) });
  }

  #stall(): void {
    const connection = this.#newest();
    connection?.block(this.#random.pick(['both', 'up', 'down']));
    // Some come back to life, with all that was written meanwhile; the others are dead for good.
    if (this.#random.chance(0.5))
      this.#later(logUniform(this.#random, 200, 60_000), 'stall ends', () => connection?.unblock());
  }

  #slow(): void {
    const connection = this.#newest();
    if (connection === undefined) return;
    connection.conditions = {
      latencyMs: logUniform(this.#random, 100, 5_000),
      jitterMs: logUniform(this.#random, 10, 2_000),
      bytesPerMs: logUniform(this.#random, 0.1, 50),
    };
    this.#later(logUniform(this.#random, 1_000, 30_000), 'slow ends', () => {
      connection.conditions = this.#world.conditions;
    });
  }

  #offline(): void {
    const device = this.#device();
    if (device.network !== 'up') return;
    device.network = this.#random.pick(['refused', 'dead']);
    for (const connection of this.#open(device)) {
      if (device.network === 'refused' && this.#random.chance(0.5))
        connection.cut({ client: true, server: false });
      else connection.block('both');
    }
    // What a device says of its network may be true, late or wrong.
    if (this.#random.chance(0.5)) device.setOnline(false);
    this.#later(logUniform(this.#random, 500, 40_000), 'online', () => this.#backOnline(device));
  }

  #backOnline(device: Device): void {
    if (device.network === 'up') return;
    device.network = 'up';
    for (const connection of this.#open(device)) connection.unblock();
    if (this.#random.chance(0.5)) device.setOnline(true);
  }

  #sleep(): void {
    const device = this.#device();
    if (!device.host.isRunning) return;
    device.sleep();
    this.#later(logUniform(this.#random, 1_000, 60_000), 'wakes', () => device.wake());
  }

  #crash(): void {
    this.#world.crashNode(this.#random.below(this.#world.nodes.length), this.#random);
  }

  #freeze(): void {
    const node = this.#world.nodes[this.#random.below(this.#world.nodes.length)];
    if (node === undefined || !node.host.isRunning) return;
    node.host.freeze();
    this.#world.mark('nodeFrozen');
    this.#later(logUniform(this.#random, FREEZE_MS.low, FREEZE_MS.high), 'node wakes', () =>
      node.host.wake(),
    );
  }

  #split(): void {
    const { bus, nodes } = this.#world;
    bus.partition = new Map(nodes.map(({ host }) => [host.name, this.#random.below(2)]));
    this.#later(logUniform(this.#random, 500, 20_000), 'bus joins', () => {
      bus.partition = new Map();
    });
  }

  #stopBus(): void {
    const { bus } = this.#world;
    if (bus.isDown) return;
    bus.stop();
    this.#later(logUniform(this.#random, 500, 20_000), 'bus starts', () => bus.start());
  }

  #stepMs(): number {
    return (this.#random.chance(0.5) ? 1 : -1) * logUniform(this.#random, 500, 2 * 24 * 3600 * 1000);
  }

  #stepServer(): void {
    this.#world.nodes[this.#random.below(this.#world.nodes.length)]?.clock.step(this.#stepMs());
  }

  #stepClient(): void {
    this.#device().clock.step(this.#stepMs());
  }
}
