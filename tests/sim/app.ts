import type { ChatSDK } from '@sterna/sdk';
import {
  allModules,
  createFakePlatform,
  createInstance,
  type FakePlatform,
  friends,
  signaling,
  liveRooms,
  topics,
} from '@sterna/sdk/testing';
import type { SeededRandom } from '@sterna/core/testing';
import type { Platform } from '@sterna/protocol';
import type { SteppingClock } from './clocks.ts';
import type { ClientHandlers } from './connection.ts';
import { APP } from './node.ts';

export interface AppParts {
  platform: Platform;
  clock: SteppingClock;
  random: SeededRandom;
  openSocket(handlers: ClientHandlers): { send(text: string): void; close(): void };
  log(kind: 'debug' | 'info' | 'warn' | 'error', text: string): void;
}

/** An SDK instance with the device that it runs on. */
export interface App {
  tim: ChatSDK;
  platform: FakePlatform;
}

export function createApp({ platform: name, clock, random, openSocket, log }: AppParts): App {
  const fake = createFakePlatform({
    nowMs: clock.nowMs,
    monotonicMs: clock.monotonicMs,
    setTimer: clock.after,
    random: random.fraction,
    openSocket: (_url, handlers) => openSocket(handlers),
  });
  // Only web and mini programs run this SDK; a phone is spoken for by its name in the login.
  const platform = Object.assign(fake, { name }) as FakePlatform;
  const sink = (kind: Parameters<AppParts['log']>[0], text: string, fields: object) =>
    log(kind, `${text} ${JSON.stringify(fields)}`);
  const domains = [...new Set([...allModules, friends, signaling, liveRooms, topics])];
  return { tim: createInstance(platform, APP, sink, { domains }), platform };
}
