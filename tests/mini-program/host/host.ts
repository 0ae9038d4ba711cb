import type { SeededRandom } from '@sterna/core/testing';
import type { HostHabits } from './limits.ts';
import type { HostNetwork, HostTime } from './ports.ts';
import { createRequests, type RequestModel } from './requests.ts';
import { createSockets, type SocketModel } from './sockets.ts';
import { createStorage, type Disk, type StorageModel } from './storage.ts';
import { createThread, type Thread } from './thread.ts';

/** The part of `wx` that is modelled, with the types of the host's own typings. */
export type ModelledWx = SocketCalls & StorageModel['calls'] & EventCalls;
type SocketCalls = Pick<WechatMiniprogram.Wx, 'connectSocket'>;
type EventCalls = Pick<
  WechatMiniprogram.Wx,
  'onNetworkStatusChange' | 'offNetworkStatusChange' | 'onAppShow' | 'offAppShow' | 'onAppHide' | 'offAppHide'
>;

/** One device with one mini program in it, and the hand of its user. */
export interface Host {
  readonly wx: ModelledWx;
  readonly thread: Thread;
  readonly sockets: SocketModel;
  readonly storage: StorageModel;
  readonly requests: RequestModel;
  readonly isHidden: boolean;
  hide(): void;
  show(): void;
  /** What the device says of its network, which need not be true. */
  tellNetwork(isConnected: boolean): void;
  /** Listeners of the program for what the device tells. */
  listeners(): number;
}

export interface HostParts {
  time: HostTime;
  random: SeededRandom;
  network: HostNetwork;
  habits: HostHabits;
  /** What an earlier life of the program left behind. */
  disk?: Disk;
}

export function createHost({ time, random, network, habits, disk }: HostParts): Host {
  const thread = createThread(time, habits);
  const storage = createStorage(thread.post, disk);
  let isHidden = false;
  let pending: (() => void)[] = [];
  const sockets = createSockets({ time, random, thread, network, habits, isHidden: () => isHidden });
  const requests = createRequests(thread, () => isHidden);
  const onShow = new Set<WechatMiniprogram.OnAppShowCallback>();
  const onHide = new Set<WechatMiniprogram.OnAppHideCallback>();
  const onNetwork = new Set<WechatMiniprogram.OnNetworkStatusChangeCallback>();

  /** Without a listener the host takes all of them away. */
  const off = <Listener>(all: Set<Listener>, listener: unknown): void => {
    if (listener === undefined) all.clear();
    else all.delete(listener as Listener);
  };

  return {
    thread,
    storage,
    sockets,
    requests,
    get isHidden() {
      return isHidden;
    },
    hide() {
      if (isHidden) return;
      isHidden = true;
      for (const listener of [...onHide]) listener({ reason: 0 } as never);
      pending = [
        time.after(habits.killAfterMs, () => {
          sockets.killAll(habits.killTells);
          requests.interruptAll();
        }),
      ];
      if (habits.freezeAfterMs < Infinity) pending.push(time.after(habits.freezeAfterMs, thread.freeze));
    },
    show() {
      if (!isHidden) return;
      isHidden = false;
      for (const cancel of pending) cancel();
      const shown = (): void =>
        [...onShow].forEach((listener) => listener({ path: 'pages/index/index' } as never));
      if (!habits.timersBeforeShow) shown();
      thread.thaw();
      // The overdue timers' turn comes first.
      if (habits.timersBeforeShow) time.after(0, shown);
    },
    tellNetwork(isConnected) {
      const status = { isConnected, networkType: isConnected ? ('wifi' as const) : ('none' as const) };
      thread.post(() => [...onNetwork].forEach((listener) => listener(status)));
    },
    listeners: () => onShow.size + onHide.size + onNetwork.size,
    wx: {
      connectSocket: sockets.connectSocket,
      ...storage.calls,
      onAppShow: (listener) => void onShow.add(listener),
      offAppShow: (listener) => off(onShow, listener),
      onAppHide: (listener) => void onHide.add(listener),
      offAppHide: (listener) => off(onHide, listener),
      onNetworkStatusChange: (listener) => void onNetwork.add(listener),
      offNetworkStatusChange: (listener) => off(onNetwork, listener),
    },
  };
}
