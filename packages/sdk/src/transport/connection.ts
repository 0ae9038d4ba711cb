import { isFinalClose } from '@sterna/protocol/tables';
import {
  ACCEPT_TIMEOUT_MS,
  BACKOFF_BASE_MS,
  BACKOFF_CAP_MS,
  CONNECT_TIMEOUT_MS,
  WAKE_PROBE_MS,
} from '../limits.ts';

/**
 * One connection, kept up. `socket` numbers the sockets: an event of an earlier one is of the dead and changes nothing.
 * `attempt` counts the failures since the server last accepted a login.
 */
export type ConnectionState =
  | { name: 'idle'; socket: number }
  | { name: 'connecting'; socket: number; attempt: number }
  /** The socket is open and the login on its way. */
  | { name: 'greeting'; socket: number; attempt: number }
  | { name: 'open'; socket: number }
  | { name: 'waiting'; socket: number; attempt: number }
  /** A final close: nothing connects again by itself. */
  | { name: 'ended'; socket: number; code: number };

export type ConnectionEvent =
  | { type: 'start' }
  | { type: 'opened'; socket: number }
  | { type: 'accepted' }
  | { type: 'closed'; socket: number; code: number }
  /** The one timer of the state: a connect or a greeting that took too long, or the end of a wait. */
  | { type: 'timer' }
  /** The network or the user came back: whoever waits stops waiting, whoever is open makes sure. */
  | { type: 'woken' }
  /** Somebody has something to say: the wait ends within a second, and those that follow grow anew. */
  | { type: 'wanted' }
  /** The socket is of no use: it did not answer, or the server must be asked anew from the start. */
  | { type: 'broken'; backOff: boolean }
  | { type: 'stop' };

export type ConnectionEffect =
  | { do: 'open'; socket: number }
  | { do: 'close' }
  | { do: 'timer'; ms: number }
  | { do: 'noTimer' }
  | { do: 'greet' }
  | { do: 'probe'; ms: number }
  /** What was on the wire is lost. */
  | { do: 'lost' }
  | { do: 'end'; code: number };

export interface ConnectionStep {
  state: ConnectionState;
  effects: ConnectionEffect[];
}

/** Full jitter: anywhere below the exponential ceiling, so that a server that restarts is not stampeded. */
export function retryDelayMs(attempt: number, random: number): number {
  return Math.floor(random * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** Math.min(attempt, 16)));
}

/** The whole policy: pure, so that rows of a table test it. */
export function step(state: ConnectionState, event: ConnectionEvent, random: number): ConnectionStep {
  switch (event.type) {
    case 'start':
      return state.name === 'idle' || state.name === 'ended' ? connect(state, 0, []) : stay(state);
    case 'opened':
      if (state.name !== 'connecting' || event.socket !== state.socket) return stay(state);
      return {
        state: { name: 'greeting', socket: state.socket, attempt: state.attempt },
        effects: [{ do: 'timer', ms: ACCEPT_TIMEOUT_MS }, { do: 'greet' }],
      };
    case 'accepted':
      if (state.name !== 'greeting') return stay(state);
      return { state: { name: 'open', socket: state.socket }, effects: [{ do: 'noTimer' }] };
    case 'closed':
      return closed(state, event, random);
    case 'timer':
      if (state.name === 'waiting') return connect(state, state.attempt, []);
      return 'attempt' in state ? wait(state, [{ do: 'close' }], random) : stay(state);
    case 'woken':
      return woken(state);
    case 'wanted':
      if (!('attempt' in state)) return stay(state);
      return {
        // Not from nothing: a network that was told as gone is still gone after the next failure.
        state: { ...state, attempt: Math.min(state.attempt, 1) },
        effects: state.name === 'waiting' ? [{ do: 'timer', ms: retryDelayMs(0, random) }] : [],
      };
    case 'broken':
      if (!hasSocket(state)) return stay(state);
      if (event.backOff) return wait(state, [{ do: 'close' }], random);
      return connect(state, 'attempt' in state ? state.attempt : 0, [{ do: 'close' }, ...lost(state)]);
    case 'stop':
      return {
        state: { name: 'idle', socket: state.socket },
        effects: [{ do: 'noTimer' }, ...(hasSocket(state) ? [{ do: 'close' } as const] : []), ...lost(state)],
      };
  }
}

function stay(state: ConnectionState): ConnectionStep {
  return { state, effects: [] };
}

function hasSocket(state: ConnectionState): boolean {
  return state.name === 'connecting' || state.name === 'greeting' || state.name === 'open';
}

function lost(state: ConnectionState): ConnectionEffect[] {
  return state.name === 'greeting' || state.name === 'open' ? [{ do: 'lost' }] : [];
}

/** Whoever calls this has closed the socket before: there are never two. */
function connect(state: ConnectionState, attempt: number, before: ConnectionEffect[]): ConnectionStep {
  const socket = state.socket + 1;
  return {
    state: { name: 'connecting', socket, attempt },
    effects: [...before, { do: 'timer', ms: CONNECT_TIMEOUT_MS }, { do: 'open', socket }],
  };
}

/** A connection that stood is tried again soon, one that never came to be later each time. */
function wait(state: ConnectionState, before: ConnectionEffect[], random: number): ConnectionStep {
  const attempt = 'attempt' in state ? state.attempt + 1 : 0;
  return {
    state: { name: 'waiting', socket: state.socket, attempt },
    effects: [...before, ...lost(state), { do: 'timer', ms: retryDelayMs(attempt, random) }],
  };
}

function closed(
  state: ConnectionState,
  event: { socket: number; code: number },
  random: number,
): ConnectionStep {
  if (!hasSocket(state) || event.socket !== state.socket) return stay(state);
  if (!isFinalClose(event.code)) return wait(state, [], random);
  return {
    state: { name: 'ended', socket: state.socket, code: event.code },
    effects: [{ do: 'noTimer' }, ...lost(state), { do: 'end', code: event.code }],
  };
}

function woken(state: ConnectionState): ConnectionStep {
  if (state.name === 'waiting') return connect(state, state.attempt, []);
  if (!hasSocket(state)) return stay(state);
  // What began before the network came back may hang: it gets a shorter time from here.
  return { state, effects: [{ do: state.name === 'open' ? 'probe' : 'timer', ms: WAKE_PROBE_MS }] };
}
