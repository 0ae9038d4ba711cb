import type { SeededRandom } from '@sterna/core/testing';
import { LIMITS, type HostHabits } from './limits.ts';
import type { HostNetwork, HostTime, Line } from './ports.ts';
import type { Thread } from './thread.ts';

type SocketTask = WechatMiniprogram.SocketTask;
type ConnectOption = WechatMiniprogram.ConnectSocketOption;
type State = 'connecting' | 'open' | 'closing' | 'closed';

export interface SocketModel {
  connectSocket(option: ConnectOption): SocketTask;
  /** Cuts all of them, as the host does with a program that is out of sight. */
  killAll(tells: boolean): void;
  /** Neither closed nor closing. */
  readonly open: number;
  /** What counts against the host's limit: until it is gone. */
  readonly held: number;
  readonly mostOpen: number;
  readonly mostHeld: number;
  /** Calls that the limits refused. */
  readonly refused: string[];
  readonly connects: number;
}

export interface SocketParts {
  time: HostTime;
  random: SeededRandom;
  thread: Thread;
  network: HostNetwork;
  habits: HostHabits;
  isHidden(): boolean;
}

/** Sockets as a strict host gives them out. */
export function createSockets(parts: SocketParts): SocketModel {
  const { habits, thread, time } = parts;
  const held = new Set<HostSocket>();
  const refused: string[] = [];
  const sends: number[] = [];
  const most = { open: 0, held: 0 };
  let connects = 0;
  const openOnes = (): number => [...held].filter((socket) => !socket.isClosing()).length;

  /** Above the rate a call fails; what the rate is, is the host's secret. */
  function mayNotSend(): string | undefined {
    const nowMs = time.nowMs();
    while (sends[0] !== undefined && sends[0] <= nowMs - 1_000) sends.shift();
    if (sends.length >= LIMITS.sendsPerSecond) {
      refused.push('send: too many in a second');
      return 'too many messages in a second';
    }
    sends.push(nowMs);
    return undefined;
  }

  function whyNot({ url }: ConnectOption): string | undefined {
    if (!/^wss?:\/\/[^/]+/.test(url)) return 'url not in domain list';
    if (parts.isHidden()) return 'interrupted';
    if (held.size < habits.sockets) return undefined;
    refused.push(`connectSocket: ${held.size} are held already`);
    return `exceed max task count (${habits.sockets})`;
  }

  return {
    connectSocket(option) {
      connects += 1;
      const reason = whyNot(option);
      const socket = createSocket(parts, mayNotSend, () => held.delete(socket));
      if (reason !== undefined) {
        const result = { errMsg: `connectSocket:fail ${reason}`, errno: 1 };
        time.after(1, () =>
          thread.post(() => {
            option.fail?.(result);
            option.complete?.(result);
          }),
        );
        return socket.task;
      }
      held.add(socket);
      most.held = Math.max(most.held, held.size);
      most.open = Math.max(most.open, openOnes());
      socket.connect(option);
      const result = { errMsg: 'connectSocket:ok', errno: 0 };
      time.after(1, () =>
        thread.post(() => {
          option.success?.(result);
          option.complete?.(result);
        }),
      );
      return socket.task;
    },
    killAll(tells) {
      for (const socket of [...held]) socket.kill(tells);
    },
    get open() {
      return openOnes();
    },
    get held() {
      return held.size;
    },
    get mostOpen() {
      return most.open;
    },
    get mostHeld() {
      return most.held;
    },
    get connects() {
      return connects;
    },
    refused,
  };
}

interface HostSocket {
  task: SocketTask;
  connect(option: ConnectOption): void;
  kill(tells: boolean): void;
  isClosing(): boolean;
}

/** A list of listeners that the program added, called on its thread. */
function createListeners<Event>(thread: Thread): {
  add(listener: (event: Event) => void): void;
  tell(event: Event): void;
} {
  const all: ((event: Event) => void)[] = [];
  return {
    add: (listener) => void all.push(listener),
    tell: (event) => thread.post(() => all.forEach((listener) => listener(event))),
  };
}

function createSocket(
  { time, random, thread, network, habits }: SocketParts,
  mayNotSend: () => string | undefined,
  gone: () => void,
): HostSocket {
  let state: State = 'closed';
  let line: Line | undefined;
  const onOpen = createListeners<WechatMiniprogram.OnOpenListenerResult>(thread);
  const onMessage = createListeners<WechatMiniprogram.SocketTaskOnMessageListenerResult>(thread);
  const onClose = createListeners<WechatMiniprogram.SocketTaskOnCloseListenerResult>(thread);
  const onError = createListeners<WechatMiniprogram.GeneralCallbackResult>(thread);
  /** Cut without a word: the program still believes in it. */
  let isDead = false;

  function end(): void {
    state = 'closed';
    line = undefined;
    gone();
  }

  function answer(run: (() => void) | undefined): void {
    time.after(random.below(habits.bridgeMs + 1), () => thread.post(() => run?.()));
  }

  const task: SocketTask = {
    onOpen: (listener) => onOpen.add(listener),
    onMessage: (listener) => onMessage.add(listener),
    onClose: (listener) => onClose.add(listener),
    onError: (listener) => onError.add(listener),
    send({ data, success, fail, complete }) {
      if (typeof data !== 'string') throw new Error('the model takes text frames only');
      // Each call crosses the bridge by itself, so that two at once may change places.
      time.after(random.below(habits.bridgeMs + 1), () => {
        const silent = isDead && habits.deadSend !== 'fail';
        if (silent && habits.deadSend === 'silence') return;
        const refusal =
          state === 'open' ? mayNotSend() : silent ? undefined : 'SocketTask.readyState is not OPEN';
        if (refusal === undefined) line?.send(data);
        const result = { errMsg: `sendSocketMessage:${refusal === undefined ? 'ok' : `fail ${refusal}`}` };
        thread.post(() => {
          if (refusal === undefined) success?.(result);
          else fail?.(result);
          complete?.(result);
        });
      });
    },
    close({ code = 1000, reason = '', success, fail }) {
      if (state === 'closing' || state === 'closed') {
        return answer(() => fail?.({ errMsg: 'closeSocket:fail SocketTask.readyState is not OPEN' }));
      }
      if (state === 'connecting' && habits.closeWhileConnecting === 'ignored')
        return answer(() => success?.({ errMsg: 'closeSocket:ok' }));
      state = 'closing';
      line?.close(code, reason);
      answer(() => success?.({ errMsg: 'closeSocket:ok' }));
      time.after(habits.closeMs, () => {
        end();
        if (habits.closeTells) onClose.tell({ code, reason });
      });
    },
  };

  return {
    task,
    isClosing: () => state === 'closing',
    connect({ url, timeout = LIMITS.connectMs }) {
      state = 'connecting';
      time.after(timeout, () => {
        if (state !== 'connecting') return;
        line?.cut();
        end();
        onError.tell({ errMsg: 'connect fail: timeout' });
        onClose.tell({ code: 1006, reason: 'timeout' });
      });
      line = network.connect(url, {
        opened() {
          if (state !== 'connecting') return;
          state = 'open';
          onOpen.tell({ header: {}, profile: {} as WechatMiniprogram.SocketProfile });
        },
        text(data) {
          if (state === 'open') onMessage.tell({ data });
        },
        closed(code, reason) {
          if (state === 'closed' || state === 'closing') return;
          const opened = state === 'open';
          end();
          if (!opened) onError.tell({ errMsg: `connect fail: ${reason}` });
          onClose.tell({ code, reason });
        },
      });
    },
    kill(tells) {
      if (state === 'closed') return;
      line?.cut();
      isDead = true;
      end();
      if (!tells) return;
      onError.tell({ errMsg: 'interrupted' });
      onClose.tell({ code: 1006, reason: 'interrupted' });
    },
  };
}
