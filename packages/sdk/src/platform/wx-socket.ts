import type { Cancel, Socket, SocketHandlers } from './platform.ts';
import { reasonOf, type HostFailure, type MiniProgramHost, type SocketTask } from './wx-host.ts';

/** How long a socket that was open may take to go before the next is opened: some hosts lose the close event. */
export const CLOSE_WAIT_MS = 500;
/** The host gives up by itself by then, sooner than the engine: on some, closing a socket that connects does nothing. */
export const HOST_CONNECT_MS = 9_000;
/** A host that calls nothing back must not hold up what waits behind. */
export const SEND_WAIT_MS = 1_000;

type SetTimer = (ms: number, run: () => void) => Cancel;

export interface WxSockets {
  open(url: string, handlers: SocketHandlers): Socket;
  /** The host has cut the socket without saying so. */
  presumeDead(reason: string): void;
  /** The one that is not over, if there is one. */
  current(): Socket | undefined;
}

/**
 * Sockets one after the other. Hosts allow a handful, old ones two, and count a socket until it is really gone; so the
 * next is not asked for before the last has gone.
 */
export function createWxSockets(host: MiniProgramHost, setTimer: SetTimer): WxSockets {
  let last: Line | undefined;
  return {
    open(url, handlers) {
      const line = createLine(host, setTimer, handlers);
      const before = last;
      last = line;
      if (before) before.whenGone(() => line.connect(url));
      // A handler never runs inside `openSocket`, and a host may refuse at once.
      else setTimer(0, () => line.connect(url));
      return line;
    },
    presumeDead: (reason) => last?.fail(reason),
    current: () => (last?.isOver() ? undefined : last),
  };
}

interface Line extends Socket {
  connect(url: string): void;
  fail(reason: string): void;
  isOver(): boolean;
  whenGone(run: () => void): void;
}

function createLine(host: MiniProgramHost, setTimer: SetTimer, handlers: SocketHandlers): Line {
  let task: SocketTask | undefined;
  /** Nobody hears of this socket any more. */
  let isOver = false;
  /** The host holds nothing of it any more, as far as can be known. */
  let isGone = false;
  /** Its turn has come: the socket before it is gone. */
  let isTried = false;
  let isOpen = false;
  let onGone: (() => void) | undefined;
  let patience: Cancel | undefined;
  const outbox = createOutbox(setTimer, fail);

  function gone(): void {
    patience?.();
    isGone = true;
    const run = onGone;
    onGone = undefined;
    run?.();
  }

  function finish(code: number, reason: string): void {
    if (isOver) return;
    isOver = true;
    outbox.stop();
    handlers.onClose(code, reason);
  }

  /** Counts it as gone by then, whatever the host says. */
  function awaitGone(ms: number): void {
    patience?.();
    if (!isGone) patience = setTimer(ms, gone);
  }

  /** The host says that it has failed, which does not mean that it has let go. */
  function fail(reason: string): void {
    release(1000, '');
    finish(1006, reason);
  }

  function release(code: number, reason: string): void {
    // `fail` means that there was nothing to close; after `success` the close event is still to come.
    if (isOpen) awaitGone(CLOSE_WAIT_MS);
    if (task) attempt(() => task?.close({ code, reason, fail: gone }), gone);
    else if (isTried) gone();
  }

  function connect(url: string): void {
    isTried = true;
    if (isOver) return gone();
    const options = {
      url,
      timeout: HOST_CONNECT_MS,
      multiple: true,
      fail: refused,
      complete: () => undefined,
    };
    attempt(
      () => void (task = host.connectSocket?.(options)),
      (error) => refused({ errMsg: String(error) }),
    );
    if (!task) return refused({ errMsg: 'connectSocket gave no socket' });
    awaitGone(HOST_CONNECT_MS + CLOSE_WAIT_MS);
    task.onOpen(() => {
      isOpen = true;
      patience?.();
      if (isOver) return release(1000, '');
      outbox.start(task);
      handlers.onOpen();
    });
    task.onMessage(({ data }) => {
      const text = textOf(data);
      if (!isOver && text !== undefined) handlers.onText(text);
    });
    task.onClose(({ code = 1006, reason = '' }) => {
      gone();
      finish(code, reason);
    });
    task.onError((result) => fail(reasonOf(result, 'the socket failed')));
  }

  function refused(result: HostFailure): void {
    gone();
    finish(1006, reasonOf(result, 'connectSocket failed'));
  }

  return {
    connect,
    fail,
    isOver: () => isOver,
    send(text) {
      if (!isOver) outbox.send(text);
    },
    close(code = 1000, reason = '') {
      isOver = true;
      outbox.stop();
      release(code, reason);
    },
    whenGone(run) {
      if (isGone) setTimer(0, run);
      else onGone = run;
    },
  };
}

/** One frame after the other: hosts keep no order among calls that overlap, and refuse too many at once. */
function createOutbox(
  setTimer: SetTimer,
  fail: (reason: string) => void,
): { start(task: SocketTask | undefined): void; send(text: string): void; stop(): void } {
  const waiting: string[] = [];
  let task: SocketTask | undefined;
  let number = 0;
  let isBusy = false;

  function pump(): void {
    const data = waiting[0];
    if (!task || isBusy || data === undefined) return;
    waiting.shift();
    isBusy = true;
    const mine = ++number;
    const done = (): void => {
      cancel();
      if (mine !== number) return;
      isBusy = false;
      pump();
    };
    const cancel = setTimer(SEND_WAIT_MS, done);
    const broken = (result: HostFailure): void => {
      cancel();
      // The frame is lost: whoever sent it has to hear that it will never be answered.
      if (mine === number) fail(reasonOf(result, 'send failed'));
    };
    attempt(
      () => task?.send({ data, success: done, fail: broken }),
      (error) => broken({ errMsg: String(error) }),
    );
  }

  return {
    start(opened) {
      task = opened;
      pump();
    },
    send(text) {
      waiting.push(text);
      pump();
    },
    stop() {
      task = undefined;
      number += 1;
      waiting.length = 0;
    },
  };
}

/** Text as the hosts hand it over; Alipay wraps it once more. */
function textOf(data: unknown): string | undefined {
  if (typeof data === 'string') return data;
  const inner: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'data') : undefined;
  return typeof inner === 'string' ? inner : undefined;
}

function attempt(run: () => void, failed: (error: unknown) => void): void {
  try {
    run();
  } catch (error) {
    failed(error);
  }
}
