import { EVENT } from '../constants.ts';
import {
  createFakePlatform,
  createVirtualClock,
  type FakePlatform,
  type VirtualClock,
} from '../platform/fake.ts';
import type { Conversation } from '../types/conversation.ts';
import type { EventMap } from '../types/events.ts';
import type { Message } from '../types/message.ts';
import type { ChatSDK } from '../types/sdk.ts';
import type { EventName } from '../types/values.ts';
import { createFakeServer, type FakeNetwork, type FakeServer } from './fake-server.ts';
import { createInstance } from './instance.ts';

type Seen = { [Name in EventName]: { name: Name; data: EventMap[Name] } }[EventName];

/** One device with the real SDK, and all that its application was told. */
export interface Device {
  readonly tim: ChatSDK;
  readonly platform: FakePlatform;
  readonly network: FakeNetwork;
  /** Timers that the SDK has left running here: 0 after a logout. */
  timers(): number;
  /** Every event, in order, as it was when it came. */
  readonly seen: Seen[];
  names(): string[];
  /** The texts raised by MESSAGE_RECEIVED, in order. */
  received(conversationID?: string): string[];
  /** The list as the last CONVERSATION_LIST_UPDATED showed it. */
  list(): Conversation[];
  conversation(conversationID: string): Conversation | undefined;
  text(to: string, text: string): Message;
  /** Logs in and waits until the SDK is ready. */
  enter(userID: string): Promise<void>;
}

export interface Rig {
  readonly clock: VirtualClock;
  readonly server: FakeServer;
  device(name: string): Device;
  /** Lets time pass: runs what falls due, in order, each with the promises that hang on it. */
  pass(ms: number): Promise<void>;
}

/** A fake server, its clock and devices, all from one seed. */
export function createRig(seed = 1): Rig {
  const clock = createVirtualClock();
  const random = createSeeded(seed);
  const server = createFakeServer(clock, random);
  const failures: unknown[] = [];

  async function pass(ms: number): Promise<void> {
    const untilMs = clock.nowMs() + ms;
    do await drain();
    while (clock.runOne(untilMs));
    await drain();
    if (failures.length > 0) throw failures[0];
  }

  function device(name: string): Device {
    const network = server.network(name);
    const timers = new Set<object>();
    const platform = createFakePlatform({
      ...clock,
      random,
      openSocket: network.openSocket,
      setTimer(ms, run) {
        const timer = {};
        timers.add(timer);
        const cancel = clock.setTimer(ms, () => {
          timers.delete(timer);
          run();
        });
        return () => {
          timers.delete(timer);
          cancel();
        };
      },
    });
    const tim = createInstance(platform, 1400000001, (kind, text, fields) => {
      if (kind === 'error') failures.push(new Error(`${text} ${JSON.stringify(fields)}`));
    });
    const seen: Seen[] = [];
    for (const event of Object.values(EVENT)) {
      tim.on(event, ({ data }) => void seen.push(structuredClone({ name: event, data }) as Seen));
    }
    const list = (): Conversation[] => {
      const last = seen.findLast((it) => it.name === 'onConversationListUpdated');
      return last?.name === 'onConversationListUpdated' ? last.data : [];
    };
    return {
      tim,
      platform,
      network,
      timers: () => timers.size,
      seen,
      list,
      names: () => seen.map((it) => it.name),
      received: (conversationID) =>
        seen
          .flatMap((it) => (it.name === 'onMessageReceived' ? it.data : []))
          .filter((message) => !conversationID || message.conversationID === conversationID)
          .map(bodyOf),
      conversation: (conversationID) => list().find((it) => it.conversationID === conversationID),
      text: (to, text) => {
        const isGroup = to.startsWith('GROUP');
        return tim.createTextMessage({
          to: isGroup ? to.slice(5) : to,
          conversationType: isGroup ? 'GROUP' : 'C2C',
          payload: { text },
        });
      },
      async enter(userID) {
        const login = tim.login({ userID, userSig: 'good' });
        await pass(1_000);
        await login;
        await pass(1_000);
      },
    };
  }

  return { clock, server, device, pass };
}

export function bodyOf({ type, payload }: Message): string {
  return type === 'TIMTextElem' && 'text' in payload ? payload.text : type;
}

/** A promise's outcome, without waiting: what a test can look at after it let time pass. */
export function watch<Value>(promise: Promise<Value>): {
  state: 'pending' | 'done' | 'failed';
  value?: Value;
  error?: { code: number; message: string; data?: unknown };
} {
  const watched: ReturnType<typeof watch<Value>> = { state: 'pending' };
  promise.then(
    (value) => Object.assign(watched, { state: 'done', value }),
    (error: unknown) => Object.assign(watched, { state: 'failed', error }),
  );
  return watched;
}

/** One turn of the event loop runs every promise reaction that is waiting. */
function drain(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Mulberry32: small, quick and the same everywhere. */
export function createSeeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
