import type { Bus, Notice } from '@sterna/core';
import { createFakeClock, createSeededRandom } from '@sterna/core/testing';
import { LIMITS, type Platform } from '@sterna/protocol';
import { describe, expect, test } from 'vitest';
import type { LiveSession } from './session.ts';
import { createStatuses, type Statuses } from './statuses.ts';

type Receive = (notice: Notice) => void;

/** Nodes on one bus, and sessions that remember what they were told. */
function createTown() {
  const clock = createFakeClock();
  const random = createSeededRandom(1);
  const receivers = new Map<string, Set<Receive>>();
  const failures: unknown[] = [];
  const cut = new Set<Statuses>();

  function node(): Statuses {
    const bus: Bus = {
      publish(subject, notice) {
        if (cut.has(statuses)) return;
        for (const receive of receivers.get(subject) ?? []) receive(structuredClone(notice));
      },
      async subscribe(subject, receive) {
        const all = receivers.get(subject) ?? new Set();
        receivers.set(subject, all.add(receive));
        return () => void all.delete(receive);
      },
      close: async () => undefined,
    };
    const statuses: Statuses = createStatuses({
      bus,
      clock,
      random,
      failed: (error) => failures.push(error),
      isLoggedOut: async () => false,
    });
    return statuses;
  }

  /** A session of a user: what its hub would hear, it hears. */
  function session(at: Statuses, userID: string, platform: Platform = 'web') {
    const told: string[] = [];
    const live: LiveSession = {
      actor: { app: 1, userID, session: { instanceID: platform, epoch: 1, platform } },
      key: `1/${userID}/${platform}/1`,
      push: (item) => {
        for (const { userID: who, platforms, custom } of JSON.parse(item)[2].statuses)
          told.push(`${who}: ${platforms.join('+') || 'offline'}${custom && ` "${custom}"`}`);
      },
      spareBytes: () => Infinity,
      close: () => undefined,
    };
    const subject = `1/user:${userID}`;
    const hear: Receive = (notice) => {
      if (cut.has(at)) return;
      if (notice.kind === 'presence' || notice.kind === 'presenceAsked') at.hear(notice);
    };
    receivers.set(subject, (receivers.get(subject) ?? new Set()).add(hear));
    at.enter(live);
    return { live, told, actor: live.actor, leave: (isOver = false) => at.leave(live, isOver) };
  }

  return {
    node,
    session,
    failures,
    /** Takes a node from the bus, as its death would. */
    kill: (statuses: Statuses) => void cut.add(statuses),
    pass: (ms: number) => clock.advance(ms),
    /** What a question is answered with, after its time. */
    async answer<Value>(asked: Promise<Value>): Promise<Value> {
      await clock.advance(LIMITS.statusAskMs + 1);
      return asked;
    },
  };
}

const platforms = (statuses: { userID: string; platforms: Platform[] }[]) =>
  statuses.map(({ userID, platforms: on }) => `${userID}: ${on.join('+') || 'offline'}`);

describe.each([
  ['on one node', 1],
  ['across nodes', 2],
])('presence %s', (_, nodes) => {
  const open = () => {
    const town = createTown();
    const here = town.node();
    const there = nodes === 1 ? here : town.node();
    return { town, here, there };
  };

  test('who asks learns who is online, and where', async () => {
    const { town, here, there } = open();
    town.session(there, 'ann');
    town.session(there, 'ann', 'ios');
    const asked = await town.answer(here.statusesOf(1, ['ann', 'ben']));
    expect(platforms(asked)).toEqual(['ann: ios+web', 'ben: offline']);
  });

  test('who subscribed is told of each change, once, until they unsubscribe', async () => {
    const { town, here, there } = open();
    const ben = town.session(here, 'ben');
    expect(platforms(await town.answer(here.watch(ben.actor, ['ann'])))).toEqual(['ann: offline']);
    const ann = town.session(there, 'ann');
    there.setStatus(ann.actor, 'at sea');
    const phone = town.session(there, 'ann', 'ios');
    ann.leave(true);
    phone.leave(true);
    await town.pass(0);
    expect(ben.told).toEqual([
      'ann: web',
      'ann: web "at sea"',
      'ann: ios+web "at sea"',
      'ann: ios "at sea"',
      'ann: offline',
    ]);
    here.unwatch(ben.actor, ['ann']);
    town.session(there, 'ann');
    expect(ben.told).toHaveLength(5);
  });

  test('a break that is short enough is not told; a longer one is', async () => {
    const { town, here, there } = open();
    const ben = town.session(here, 'ben');
    const ann = town.session(there, 'ann');
    await town.answer(here.watch(ben.actor, ['ann']));
    ann.leave();
    await town.pass(LIMITS.statusGraceMs - 1);
    town.session(there, 'ann');
    await town.pass(LIMITS.statusGraceMs * 2);
    expect(ben.told.filter((line) => line.includes('offline'))).toEqual([]);
    ann.leave();
    await town.pass(LIMITS.statusGraceMs);
    expect(ben.told.at(-1)).toBe('ann: offline');
  });

  test('what was said is gone when everybody is offline', async () => {
    const { town, here, there } = open();
    const ann = town.session(there, 'ann');
    there.setStatus(ann.actor, 'at sea');
    ann.leave(true);
    town.session(there, 'ann');
    expect(await town.answer(here.statusesOf(1, ['ann']))).toEqual([
      { userID: 'ann', platforms: ['web'], custom: '' },
    ]);
  });
});

describe('presence', () => {
  test('a reconnect to another node does not flicker', async () => {
    const town = createTown();
    const [one, two] = [town.node(), town.node()];
    const ben = town.session(one, 'ben');
    const ann = town.session(one, 'ann');
    await town.answer(one.watch(ben.actor, ['ann']));
    const told = ben.told.length;
    ann.leave();
    await town.pass(500);
    town.session(two, 'ann');
    await town.pass(LIMITS.statusGraceMs * 2);
    expect(ben.told.slice(told)).toEqual([]);
  });

  test('what is said on one node is said on all that have the user', async () => {
    const town = createTown();
    const [one, two] = [town.node(), town.node()];
    const ben = town.session(one, 'ben');
    const ann = town.session(one, 'ann');
    town.session(two, 'ann', 'ios');
    await town.answer(one.watch(ben.actor, ['ann']));
    one.setStatus(ann.actor, 'at sea');
    ann.leave(true);
    expect(ben.told.at(-1)).toBe('ann: ios "at sea"');
  });

  test('a node that died is forgotten when it does not answer any more', async () => {
    const town = createTown();
    const [one, two] = [town.node(), town.node()];
    const ben = town.session(one, 'ben');
    town.session(two, 'ann');
    await town.answer(one.watch(ben.actor, ['ann']));
    await town.pass(LIMITS.statusRefreshMs * 2);
    expect(ben.told.at(-1)).toBe('ann: web');
    town.kill(two);
    await town.pass(LIMITS.statusRefreshMs + LIMITS.statusAskMs);
    expect(ben.told.at(-1)).toBe('ann: offline');
  });

  test('a session is told of so many; the oldest make room', async () => {
    const town = createTown();
    const one = town.node();
    const ben = town.session(one, 'ben');
    const many = Array.from({ length: LIMITS.statusesSubscribed }, (_, index) => `user ${index}`);
    await town.answer(one.watch(ben.actor, ['ann']));
    await town.answer(one.watch(ben.actor, many));
    ben.told.length = 0;
    town.session(one, 'ann');
    expect(ben.told).toEqual([]);
    town.session(one, 'user 0');
    expect(ben.told).toEqual(['user 0: web']);
    one.hide([ben.live], ['user 1']);
    town.session(one, 'user 1');
    expect(ben.told).toHaveLength(1);
  });

  test('a subscription ends with its connection', async () => {
    const town = createTown();
    const one = town.node();
    const ben = town.session(one, 'ben');
    await town.answer(one.watch(ben.actor, ['ann']));
    ben.leave();
    town.session(one, 'ann');
    expect(ben.told).toEqual([]);
    expect(town.failures).toEqual([]);
  });
});
