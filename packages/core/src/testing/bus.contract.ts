import { describe, expect, test, vi } from 'vitest';
import type { Bus, Notice } from '../ports/bus.ts';
import { createSeededRandom } from './seeded-random.ts';

/** Buses of their own for one test. */
export interface BusGround {
  /** A node's end of the bus: all ends of one ground reach one another. Where there is only one node, the same again. */
  connect(): Promise<Bus>;
  /** Closes every end. */
  dispose(): Promise<void>;
}

/** Grows with the suite, so that a promise cannot get lost unseen. */
const LEAST_CASES = 9;

function notice(text: string): Notice {
  const event = { t: 'group', by: text, timeMs: 1, changes: {} } as const;
  return {
    kind: 'entry',
    ref: { kind: 'group', app: 1, groupID: 'team' },
    log: 'c/1/g:team',
    pos: 1,
    event,
    origin: 'session',
  };
}

/** A receiver that remembers. */
function inbox() {
  const texts: string[] = [];
  const receive = (received: Notice) => {
    texts.push(received.kind === 'entry' && received.event.t === 'group' ? received.event.by : received.kind);
  };
  return { texts, receive };
}

/** Waits for what must come; the runner's own deadline ends a wait in vain. */
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 5 });

type BusCase = { name: string; run: (ground: BusGround) => Promise<void> };

const cases: BusCase[] = [
  {
    name: 'a notice reaches every receiver of its subject on every node, as it was, and nobody else',
    async run(ground) {
      const [one, other] = [await ground.connect(), await ground.connect()];
      const received: Notice[] = [];
      const [here, there, elsewhere] = [inbox(), inbox(), inbox()];
      await one.subscribe('1/user:ann', here.receive);
      await other.subscribe('1/user:ann', there.receive);
      await other.subscribe('1/user:ann', (sent) => received.push(sent));
      await other.subscribe('1/user:anna', elsewhere.receive);
      await one.subscribe('2/user:ann', elsewhere.receive);
      one.publish('1/user:ann', notice('hello 👋 \ud800'));
      one.publish('1/user:anna', notice('end'));
      await eventually(() =>
        expect([here.texts.length, there.texts.length, elsewhere.texts.length]).toEqual([1, 1, 1]),
      );
      expect(received).toEqual([notice('hello 👋 \ud800')]);
      expect(elsewhere.texts).toEqual(['end']);
    },
  },
  {
    name: 'whatever a subject holds, it means nothing but itself',
    async run(ground) {
      const [one, other] = [await ground.connect(), await ground.connect()];
      const ids = [
        'a.b',
        'a',
        'a.*',
        '*',
        '>',
        'a b',
        'a\tb',
        'a%2Eb',
        'a=2eb',
        'A.B',
        'a..b',
        '.',
        '界',
        '👋',
        'a:b',
        'a/b',
        '$SYS',
      ];
      const inboxes = ids.map(() => inbox());
      await Promise.all(
        ids.map((id, index) => other.subscribe(`1/user:${id}`, (inboxes[index] ?? inbox()).receive)),
      );
      for (const id of ids) one.publish(`1/user:${id}`, notice(id));
      await eventually(() => expect(inboxes.map(({ texts }) => texts.length)).toEqual(ids.map(() => 1)));
      expect(inboxes.map(({ texts }) => texts[0])).toEqual(ids);
    },
  },
  {
    name: 'what is published after a subscription resolved arrives',
    async run(ground) {
      const [one, other] = [await ground.connect(), await ground.connect()];
      for (let round = 0; round < 50; round++) {
        const { texts, receive } = inbox();
        const end = await other.subscribe(`1/group:${round}`, receive);
        one.publish(`1/group:${round}`, notice(`${round}`));
        await eventually(() => expect(texts).toEqual([`${round}`]));
        end();
      }
    },
  },
  {
    name: 'many notices arrive in the order in which one node published them',
    async run(ground) {
      const [one, other] = [await ground.connect(), await ground.connect()];
      const { texts, receive } = inbox();
      await other.subscribe('1/user:ann', receive);
      const sent = Array.from({ length: 2_000 }, (_, index) => `${index}`);
      for (const text of sent) one.publish('1/user:ann', notice(text));
      await eventually(() => expect(texts.length).toBe(sent.length));
      expect(texts).toEqual(sent);
    },
  },
  {
    name: 'a receiver that has ended hears nothing more; the others do',
    async run(ground) {
      const [one, other] = [await ground.connect(), await ground.connect()];
      const [ended, kept] = [inbox(), inbox()];
      const end = await other.subscribe('1/user:ann', ended.receive);
      await other.subscribe('1/user:ann', kept.receive);
      one.publish('1/user:ann', notice('1'));
      await eventually(() => expect(ended.texts).toEqual(['1']));
      end();
      end();
      one.publish('1/user:ann', notice('2'));
      await eventually(() => expect(kept.texts).toEqual(['1', '2']));
      expect(ended.texts).toEqual(['1']);
    },
  },
  {
    name: 'the same function may be subscribed twice, and each be ended alone',
    async run(ground) {
      const bus = await ground.connect();
      const { texts, receive } = inbox();
      const end = await bus.subscribe('1/user:ann', receive);
      const endOther = await bus.subscribe('1/user:ann', receive);
      end();
      bus.publish('1/user:ann', notice('1'));
      await eventually(() => expect(texts).toEqual(['1']));
      endOther();
      await bus.subscribe('1/user:ann', receive);
      bus.publish('1/user:ann', notice('2'));
      await eventually(() => expect(texts).toEqual(['1', '2']));
    },
  },
  {
    name: 'a receiver that throws spoils nothing for the others',
    async run(ground) {
      const [one, other] = [await ground.connect(), await ground.connect()];
      const { texts, receive } = inbox();
      await other.subscribe('1/user:ann', () => {
        throw new Error('a planted bug');
      });
      await other.subscribe('1/user:ann', receive);
      one.publish('1/user:ann', notice('1'));
      one.publish('1/user:ann', notice('2'));
      await eventually(() => expect(texts).toEqual(['1', '2']));
    },
  },
  {
    name: 'a publisher runs no receiver inside its own call, and a receiver may publish',
    async run(ground) {
      const bus = await ground.connect();
      const { texts, receive } = inbox();
      await bus.subscribe('1/user:ann', (received) => {
        receive(received);
        if (texts.length < 3) bus.publish('1/user:ann', notice(`${texts.length + 1}`));
      });
      bus.publish('1/user:ann', notice('1'));
      expect(texts).toEqual([]);
      await eventually(() => expect(texts).toEqual(['1', '2', '3']));
    },
  },
  {
    name: 'coming and going at random, everyone hears what is published while they are there',
    async run(ground) {
      const random = createSeededRandom(5);
      const nodes = [await ground.connect(), await ground.connect()] as const;
      const present: { subject: string; texts: string[]; expected: string[]; end: () => void }[] = [];
      const expectHeard = (one: { texts: string[]; expected: string[] }) =>
        eventually(() => expect(new Set(one.texts)).toEqual(new Set([...one.texts, ...one.expected])));
      const come = async (subject: string) => {
        const { texts, receive } = inbox();
        const end = await random.pick(nodes).subscribe(subject, receive);
        present.push({ subject, texts, expected: [], end });
      };
      const publish = (subject: string, text: string) => {
        random.pick(nodes).publish(subject, notice(text));
        const audience = present.filter((one) => one.subject === subject);
        for (const one of audience) one.expected.push(text);
      };
      for (let step = 0; step < 150; step++) {
        const subject = `1/user:${random.below(4)}`;
        if (random.chance(0.3)) await come(subject);
        else publish(subject, `${step}`);
        const [gone] = random.chance(0.15) ? present.splice(random.below(present.length), 1) : [];
        if (gone !== undefined) await expectHeard(gone);
        gone?.end();
      }
      expect(present.some((one) => one.expected.length > 0)).toBe(true);
      for (const one of present) await expectHeard(one);
    },
  },
  {
    name: 'after closing nothing is heard, publishing is harmless, subscribing is refused',
    async run(ground) {
      const bus = await ground.connect();
      const { texts, receive } = inbox();
      await bus.subscribe('1/user:ann', receive);
      await bus.close();
      await bus.close();
      bus.publish('1/user:ann', notice('1'));
      await expect(bus.subscribe('1/user:ann', receive)).rejects.toThrow();
      expect(texts).toEqual([]);
    },
  },
];

/** What a bus does at least while it is healthy. There is no way to skip a case. */
export function busContract(name: string, freshGround: () => Promise<BusGround>): void {
  describe(`bus contract: ${name}`, () => {
    test(`has its ${LEAST_CASES} cases`, () => {
      expect(new Set(cases.map((one) => one.name)).size).toBeGreaterThanOrEqual(LEAST_CASES);
    });
    for (const one of cases) {
      test(one.name, async () => {
        const ground = await freshGround();
        try {
          await one.run(ground);
        } finally {
          await ground.dispose();
        }
      });
    }
  });
}
