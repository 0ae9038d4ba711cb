import type { ChatSDK, Message, TIMStatic } from '@sterna/sdk';
import { createSeededRandom } from '@sterna/core/testing';
import type { TestServer } from '@sterna/server/testing';
import { expect } from 'vitest';
import { createWxShim } from '../../e2e/objects/wx-shim.ts';
import { createHost, type Host } from '../host/host.ts';
import { KIND_HOST, type HostHabits } from '../host/limits.ts';
import { realTime } from '../host/ports.ts';
import type { Disk } from '../host/storage.ts';
import { startProgram, type Program } from '../host/runtime.ts';
import { createRealNetwork, type RealNetwork } from './real-network.ts';

interface StartedProgram {
  TIM: TIMStatic;
  tim: ChatSDK;
  COS: unknown;
  seen: { name: string; data: unknown }[];
}

/** A phone with the program on it, connected to a real server by real sockets in real time. */
export interface Phone extends StartedProgram {
  readonly host: Host;
  readonly network: RealNetwork;
  login(userID: string, expireS?: number): Promise<unknown>;
  text(to: string, text: string): Promise<unknown>;
  /** The data of the first event of that name, waiting for it. */
  event(name: string): Promise<unknown>;
  count(name: string): number;
  /** The texts of all messages received so far. */
  received(): string[];
  [Symbol.dispose](): void;
}

type Hostly = Parameters<Host['requests']['interruptible']>[1];

export function openPhone(
  program: Program,
  server: TestServer,
  { seed = 1, habits = {}, hostName = 'wx', disk }: PhoneOptions = {},
): Phone {
  const network = createRealNetwork();
  const random = createSeededRandom(seed);
  const host = createHost({
    time: realTime,
    random,
    network,
    habits: { ...KIND_HOST, ...habits },
    ...(disk && { disk }),
  });
  const shim = createWxShim();
  const wx = {
    ...shim,
    request: host.requests.interruptible('request', shim['request'] as Hostly),
    uploadFile: host.requests.interruptible('uploadFile', shim['uploadFile'] as Hostly),
  };
  const { require } = startProgram(program, {
    host,
    hostName,
    nowMs: () => Date.now(),
    random: random.fork().fraction,
    more: { wx, globals: { STERNA_SERVER: server.wsURL } },
  });
  const started = require('app') as StartedProgram;
  const { TIM, tim, seen } = started;
  const all = (name: string): unknown[] =>
    seen.filter((event) => event.name === name).map(({ data }) => data);
  return {
    ...started,
    host,
    network,
    login: (userID, expireS) => tim.login({ userID, userSig: server.userSig(userID, expireS) }),
    text: (to, text) =>
      tim.sendMessage(tim.createTextMessage({ to, conversationType: TIM.TYPES.CONV_C2C, payload: { text } })),
    async event(name) {
      await expect
        .poll(() => all(name), { timeout: 15_000, message: `${name} did not come` })
        .not.toEqual([]);
      return all(name)[0];
    },
    count: (name) => all(name).length,
    received: () =>
      (all(TIM.EVENT.MESSAGE_RECEIVED) as Message[][])
        .flat()
        .map(({ payload }) => ('text' in payload ? String(payload.text) : '')),
    [Symbol.dispose]() {
      network[Symbol.dispose]();
      host.thread.freeze();
    },
  };
}

export interface PhoneOptions {
  seed?: number;
  habits?: Partial<HostHabits>;
  /** The storage of a phone on which the program ran before. */
  disk?: Disk;
  hostName?: 'wx' | 'uni' | 'qq' | 'tt' | 'swan' | 'my';
}
