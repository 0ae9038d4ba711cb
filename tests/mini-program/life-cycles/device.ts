import type { ChatSDK, IMError, Message, TIMStatic } from '@sterna/sdk';
import type { SeededRandom } from '@sterna/core/testing';
import { createHost, type Host } from '../host/host.ts';
import type { HostHabits } from '../host/limits.ts';
import { startProgram, type Program } from '../host/runtime.ts';
import type { ModelNetwork, World } from './world.ts';

/** What a call of the SDK came to. */
export interface Settled {
  what: string;
  state: 'pending' | 'done' | 'failed';
  code?: number;
}

/** One user with a mini program, and all that it was told. */
export interface Device {
  readonly userID: string;
  readonly host: Host;
  readonly network: ModelNetwork;
  readonly tim: ChatSDK;
  /** Texts and numbers of received messages, in the order of the events. */
  readonly received: { text: string; sequence: number }[];
  readonly calls: Settled[];
  readonly sent: { text: string; call: Settled }[];
  /** From coming back with a dead socket to asking for the next one. */
  readonly replacedMs: number[];
  readonly errors: string[];
  login(): void;
  logout(): void;
  send(to: string, text: string): void;
  read(from: string): void;
  hide(): void;
  show(): void;
}

export interface DeviceParts {
  world: World;
  program: Program;
  userID: string;
  habits: HostHabits;
  random: SeededRandom;
}

export function createDevice({ world, program, userID, habits, random }: DeviceParts): Device {
  const network = world.network();
  const { time } = world;
  let awaiting: { sinceMs: number; connects: number } | undefined;
  const replacedMs: number[] = [];
  const host = createHost({
    time,
    random: random.fork(),
    habits,
    network: {
      connect(url, events) {
        if (awaiting) replacedMs.push(time.nowMs() - awaiting.sinceMs);
        awaiting = undefined;
        return network.connect(url, events);
      },
    },
  });
  const errors: string[] = [];
  const { require } = startProgram(program, {
    host,
    nowMs: time.nowMs,
    random: random.fork().fraction,
    log: (kind, ...items) => {
      if (kind === 'error') errors.push(items.map((item) => JSON.stringify(item)).join(' '));
    },
  });
  const TIM = require('tim-wx-sdk') as TIMStatic;
  const tim = TIM.create({ SDKAppID: 1, proxyServer: 'wss://chat.example.org' });
  const received: Device['received'] = [];
  const calls: Settled[] = [];
  const sent: Device['sent'] = [];
  tim.on(TIM.EVENT.MESSAGE_RECEIVED, ({ data }) => {
    for (const message of data) received.push({ text: textOf(message), sequence: message.sequence });
  });

  function watch(what: string, promise: Promise<unknown>): Settled {
    const call: Settled = { what, state: 'pending' };
    calls.push(call);
    promise.then(
      () => (call.state = 'done'),
      (error: IMError) => Object.assign(call, { state: 'failed', code: error.code }),
    );
    return call;
  }

  /** A program that stands still calls nothing. */
  const awake = (run: () => void): void => {
    if (!host.thread.isFrozen) run();
  };

  return {
    userID,
    host,
    network,
    tim,
    received,
    calls,
    sent,
    replacedMs,
    errors,
    login: () => void watch('login', tim.login({ userID, userSig: 'good' })),
    logout: () => void watch('logout', tim.logout()),
    send: (to, text) =>
      awake(() => {
        const message = tim.createTextMessage({
          to,
          conversationType: TIM.TYPES.CONV_C2C,
          payload: { text },
        });
        sent.push({ text, call: watch(`send ${text}`, tim.sendMessage(message)) });
      }),
    read: (from) =>
      awake(() => void watch('getMessageList', tim.getMessageList({ conversationID: `C2C${from}` }))),
    hide() {
      awaiting = undefined;
      host.hide();
    },
    show() {
      if (!host.isHidden) return;
      const isLost = host.sockets.open === 0;
      // Whoever had no network cannot be held to any time.
      if (isLost && network.mode === 'up' && tim.getLoginUser()) {
        awaiting = { sinceMs: time.nowMs(), connects: host.sockets.connects };
      }
      host.show();
    },
  };
}

function textOf(message: Message): string {
  return message.type === 'TIMTextElem' && 'text' in message.payload ? message.payload.text : message.type;
}
