import type { Bus, Notice } from '@sterna/core';
import { createFakeClock, createSeededRandom } from '@sterna/core/testing';
import { LIMITS, type Platform } from '@sterna/protocol';
import { describe, expect, test } from 'vitest';
import { pushItem } from './items.ts';
import type { LiveSession } from './session.ts';
import { createStatuses, type Statuses } from './statuses.ts';

const AT_SEA = { text: 'at sea', setMs: 7 };

type Receive = (notice: Notice) => void;

/** Nodes on one bus, and sessions that remember what they were told. */
function createTown() {
  const clock = createFakeClock();
  const random = createSeededRandom(1);
  const receivers = new Map<string, Set<Receive>>();
  const failures: unknown[] = [];
  const forgotten: string[] = [];
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
      forget: async (app, userID, setMs) => void forgotten.push(`${app}/${userID} ${setMs}`),
    });
    return statuses;
  }

  /** A session of a user: what its hub would hear, it hears. */
  function session(
    at: Statuses,
    userID: string,
    platform: Platform = 'web',
    login: Parameters<Statuses['enter']>[1] = { resumed: false },
  ) {
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
      if (notice.kind !== 'presence' && notice.kind !== 'presenceAsked') return;
      const news = at.hear(notice);
      const origin = notice.kind === 'presence' ? notice.origin : undefined;
      if (news !== undefined && origin !== live.key) live.push(pushItem('status', { statuses: [news] }));
    };
    receivers.set(subject, (receivers.get(subject) ?? new Set()).add(hear));
    at.enter(live, login);
    return { live, told, actor: live.actor, leave: (isOver = false) => at.leave(live, isOver) };
  }

  return {
    node,
    session,
    failures,
    /** What is stored of nobody's status any more. */
    forgotten,
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
    there.setStatus(ann.actor, AT_SEA);
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
    there.setStatus(ann.actor, AT_SEA);
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
    one.setStatus(ann.actor, AT_SEA);
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

describe('what was said before', () => {
  const BACK = { resumed: true, status: AT_SEA };

  /** Ben had Ann among those whom he watched, and both were cut off by the start of the node. */
  async function restart() {
    const town = createTown();
    const node = town.node();
    const ben = town.session(node, 'ben', 'web', { resumed: true });
    const watched = node.watch(ben.actor, ['ann']);
    return { town, node, ben, watched };
  }

  test('is there again with the session that goes on, told once, and stays when it is set once more', async () => {
    const { town, node, ben } = await restart();
    const ann = town.session(node, 'ann', 'web', BACK);
    town.session(node, 'ann', 'ios', BACK);
    node.setStatus(ann.actor, AT_SEA);
    await town.pass(LIMITS.statusReturnMs * 2);
    expect(ben.told).toEqual(['ann: web "at sea"', 'ann: ios+web "at sea"']);
    expect(ann.told).toEqual([]);
    expect(town.forgotten).toEqual([]);
    expect(town.failures).toEqual([]);
  });

  test('is told to a device that came anew, and first', async () => {
    const { town, node, ben } = await restart();
    const phone = town.session(node, 'ann', 'ios', { resumed: false, status: AT_SEA });
    await town.pass(1000);
    const page = town.session(node, 'ann', 'web', BACK);
    await town.pass(LIMITS.statusReturnMs);
    expect(ben.told).toEqual(['ann: ios', 'ann: ios+web "at sea"']);
    expect([phone.told, page.told]).toEqual([['ann: ios+web "at sea"'], []]);
    expect(town.forgotten).toEqual([]);
  });

  test('is over for a new session, once all have had time to come back', async () => {
    const { town, node, ben } = await restart();
    town.session(node, 'ann', 'web', { resumed: false, status: AT_SEA });
    await town.pass(LIMITS.statusReturnMs - 1);
    expect(town.forgotten).toEqual([]);
    await town.pass(1 + LIMITS.statusAskMs);
    expect(town.forgotten).toEqual(['1/ann 7']);
    expect(ben.told).toEqual(['ann: web']);
  });

  test('is there again for a session that comes back in the last moment', async () => {
    const { town, node, ben } = await restart();
    await town.pass(LIMITS.statusReturnMs - 1);
    town.session(node, 'ann', 'web', BACK);
    await town.pass(LIMITS.statusAskMs * 2);
    expect(ben.told.at(-1)).toBe('ann: web "at sea"');
    expect(town.forgotten).toEqual([]);
  });

  test('is over for a session that comes back too late', async () => {
    const { town, node, ben } = await restart();
    await town.pass(LIMITS.statusReturnMs);
    town.session(node, 'ann', 'web', BACK);
    await town.pass(LIMITS.statusAskMs);
    expect(ben.told.at(-1)).toBe('ann: web');
    expect(town.forgotten).toEqual(['1/ann 7']);
  });

  test('is over when the user is offline, and not before', async () => {
    const town = createTown();
    const node = town.node();
    const ann = town.session(node, 'ann');
    node.setStatus(ann.actor, AT_SEA);
    ann.leave();
    await town.pass(LIMITS.statusGraceMs - 1);
    expect(town.forgotten).toEqual([]);
    await town.pass(1 + LIMITS.statusAskMs);
    expect(town.forgotten).toEqual(['1/ann 7']);
  });

  test('goes on at the node to which the user moves', async () => {
    const town = createTown();
    const [one, two] = [town.node(), town.node()];
    await town.pass(LIMITS.statusReturnMs);
    const ben = town.session(one, 'ben');
    const ann = town.session(one, 'ann');
    one.setStatus(ann.actor, AT_SEA);
    await town.answer(one.watch(ben.actor, ['ann']));
    ann.leave();
    town.session(two, 'ann', 'web', BACK);
    await town.pass(LIMITS.statusGraceMs * 2);
    expect(await town.answer(two.statusesOf(1, ['ann']))).toMatchObject([{ custom: 'at sea' }]);
    expect([ben.told, town.forgotten]).toEqual([[], []]);
  });

  test('is forgotten by no node that stops', async () => {
    const town = createTown();
    const node = town.node();
    const ann = town.session(node, 'ann');
    node.setStatus(ann.actor, AT_SEA);
    node.stop();
    ann.leave(true);
    await town.pass(LIMITS.statusGraceMs * 2);
    expect(town.forgotten).toEqual([]);
  });
});

describe('right after a start', () => {
  async function watch(resumed: boolean) {
    const town = createTown();
    const node = town.node();
    const ben = town.session(node, 'ben', 'web', { resumed });
    const answers: string[][] = [];
    void node.watch(ben.actor, ['ann']).then((statuses) => answers.push(platforms(statuses)));
    await town.pass(LIMITS.statusAskMs);
    return { town, node, answers };
  }

  test('whoever knew of others is not told that they are offline before they have had time to come back', async () => {
    const { town, node, answers } = await watch(true);
    await town.pass(LIMITS.statusGraceMs - 3 * LIMITS.statusAskMs);
    expect(answers).toEqual([]);
    town.session(node, 'ann');
    await town.pass(LIMITS.statusAskMs);
    expect(answers).toEqual([['ann: web']]);
  });

  test('who does not come is offline then', async () => {
    const { town, answers } = await watch(true);
    await town.pass(LIMITS.statusGraceMs);
    expect(answers).toEqual([['ann: offline']]);
  });

  test('who stops waits for nobody', async () => {
    const { town, node, answers } = await watch(true);
    node.stop();
    await town.pass(LIMITS.statusAskMs);
    expect(answers).toEqual([['ann: offline']]);
  });

  test('who comes anew is answered at once', async () => {
    const { answers } = await watch(false);
    expect(answers).toEqual([['ann: offline']]);
  });
});
