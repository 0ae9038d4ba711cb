import type { Logger } from '../logger.ts';
import { ANSWER_MS, HEARTBEAT_MS } from '../limits.ts';
import type { Cancel, Platform, Socket } from '../platform/platform.ts';
import { parsedJson } from '../messages/values.ts';
import { createTimer } from '../platform/timer.ts';
import type { NetState } from '../types/values.ts';
import { step, type ConnectionEffect, type ConnectionEvent, type ConnectionState } from './connection.ts';
import { judge } from './watchdog.ts';

/** What the link tells its owner. */
export interface LinkOwner {
  /** The socket is open: say who you are. */
  greet(): void;
  /** One frame of the server, as it was parsed. */
  frame(items: unknown): void;
  /** Something on the wire has no answer yet. */
  awaits(): boolean;
  /** Ask for any answer. */
  probe(): void;
  /** Nothing that was sent and not answered will be. */
  lost(): void;
  /** A socket was refused before it opened, as so many before it since there was a login. */
  unreached(failures: number): void;
  /** The server closed for good. */
  ended(code: number): void;
  netState(state: NetState): void;
}

export interface Link {
  start(url: string): void;
  stop(): void;
  /** The server knows us: the link is up. */
  accepted(): void;
  /** Drops the socket and connects again after a wait. */
  restart(): void;
  /** Whoever waits for the next attempt waits no longer. */
  wake(): void;
  /** Somebody has something to say: no long wait now. However much they say, it is tried once a second, more or less. */
  want(): void;
  send(text: string): void;
  /** The server knows us. */
  isUp(): boolean;
  /** There is a socket to talk on, though the server may not know us yet. */
  isOpen(): boolean;
}

/** The shell around `step`: holds the socket and the timers, and runs what the machine says. */
export function createLink(platform: Platform, logger: Logger, owner: LinkOwner): Link {
  let state: ConnectionState = { name: 'idle', socket: 0 };
  let url = '';
  let socket: Socket | undefined;
  let listening: Cancel[] = [];
  let reported: NetState | undefined;
  const events: ConnectionEvent[] = [];
  const stateTimer = createTimer(platform);
  const watchdog = createWatchdog(
    platform,
    () => owner.probe(),
    () => dispatch({ type: 'broken', backOff: false }),
  );

  /** What an effect causes waits until the step that caused it is done. */
  function dispatch(event: ConnectionEvent): void {
    events.push(event);
    if (events.length > 1) return;
    try {
      for (let next: ConnectionEvent | undefined = event; next; next = events[0]) {
        take(next);
        events.shift();
      }
    } finally {
      // A platform that threw: what comes next is not to wait behind it for ever.
      events.length = 0;
    }
  }

  function take(event: ConnectionEvent): void {
    const before = state.name;
    const next = step(state, event, platform.random());
    state = next.state;
    if (state.name !== before) logger.debug(`Connection: ${before} to ${state.name}`, { cause: event.type });
    for (const effect of next.effects) run(effect);
    if (state.name === 'open') watchdog.start();
    else watchdog.stop();
    report();
    if (before === 'connecting' && event.type === 'closed' && next.state.name === 'waiting')
      owner.unreached(next.state.attempt);
  }

  function run(effect: ConnectionEffect): void {
    switch (effect.do) {
      case 'open':
        return open(effect.socket);
      case 'close':
        if (socket) socket.close(1000);
        socket = undefined;
        return;
      case 'timer':
        return stateTimer.set(effect.ms, () => dispatch({ type: 'timer' }));
      case 'noTimer':
        return stateTimer.stop();
      case 'probe':
        return watchdog.probe(effect.ms);
      case 'greet':
        return owner.greet();
      case 'lost':
        return owner.lost();
      case 'end':
        return owner.ended(effect.code);
    }
  }

  function open(number: number): void {
    socket = platform.openSocket(url, {
      onOpen: () => dispatch({ type: 'opened', socket: number }),
      onText: (text) => hear(number, text),
      onClose: (code) => dispatch({ type: 'closed', socket: number, code }),
    });
  }

  function hear(number: number, text: string): void {
    if (number !== state.socket || (state.name !== 'open' && state.name !== 'greeting')) return;
    watchdog.heard();
    const items = parsedJson(text);
    if (items === undefined) dispatch({ type: 'broken', backOff: true });
    else owner.frame(items);
    // What came may have been on its way before the request was made: that one has waited for nothing yet.
    if (owner.awaits()) watchdog.sent();
  }

  /** Quiet about a first connection that succeeds, and about how often it is tried meanwhile. */
  function report(): void {
    const current = netStateOf(state, reported);
    if (current === reported) return;
    reported = current;
    if (current) owner.netState(current);
  }

  const unlisten = (): void => listening.forEach((off) => off());

  return {
    start(address) {
      url = address;
      unlisten();
      listening = [
        // The loss of a network is a reason to doubt a socket, none to open one.
        platform.onNetworkChange((online) => {
          if (online || state.name === 'open') dispatch({ type: 'woken' });
        }),
        platform.onForegroundChange((foreground) => {
          if (foreground) dispatch({ type: 'woken' });
        }),
      ];
      dispatch({ type: 'start' });
    },
    stop() {
      unlisten();
      dispatch({ type: 'stop' });
    },
    accepted: () => dispatch({ type: 'accepted' }),
    restart: () => dispatch({ type: 'broken', backOff: true }),
    wake: () => dispatch({ type: 'woken' }),
    want: () => dispatch({ type: 'wanted' }),
    send(text) {
      if (socket) socket.send(text);
      watchdog.sent();
    },
    isUp: () => state.name === 'open',
    isOpen: () => state.name === 'open' || state.name === 'greeting',
  };
}

/** `connecting` is a shake, `disconnected` lasts; from there only a connection that stands counts as better. */
export function netStateOf(state: ConnectionState, reported: NetState | undefined): NetState | undefined {
  if (state.name === 'open') return 'connected';
  if (!('attempt' in state)) return undefined;
  if (state.attempt >= 2 || reported === 'disconnected') return 'disconnected';
  return state.attempt === 1 || reported ? 'connecting' : undefined;
}

interface Watchdog {
  start(): void;
  stop(): void;
  heard(): void;
  sent(): void;
  probe(ms: number): void;
}

function createWatchdog(platform: Platform, ask: () => void, replace: () => void): Watchdog {
  const timer = createTimer(platform);
  let isOn = false;
  let heardMs = 0;
  let probes = 0;
  let isAwaited = false;

  function heard(): void {
    heardMs = platform.monotonicMs();
    probes = 0;
    isAwaited = false;
  }

  function arm(ms: number): void {
    const dueMs = platform.monotonicMs() + ms;
    timer.set(ms, () => {
      const nowMs = platform.monotonicMs();
      const verdict = judge({ silentMs: nowMs - heardMs, lateMs: nowMs - dueMs, probes, isAwaited });
      if (verdict.do === 'replace') replace();
      else if (verdict.do === 'rest') arm(verdict.ms);
      else probe(verdict.ms);
    });
  }

  function probe(ms: number): void {
    probes += 1;
    arm(ms);
    ask();
  }

  return {
    start() {
      if (isOn) return;
      isOn = true;
      heard();
      arm(HEARTBEAT_MS);
    },
    stop() {
      isOn = false;
      timer.stop();
    },
    heard,
    sent() {
      if (!isOn || isAwaited || probes > 0) return;
      isAwaited = true;
      arm(ANSWER_MS);
    },
    probe,
  };
}
