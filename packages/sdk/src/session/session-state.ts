import { sdkError, type ImError } from '../errors.ts';
import type { SdkError } from '../sdk-errors.ts';
import * as SDK_ERRORS from '../sdk-errors.ts';
import { CLOSED, CODE, isTransient } from '../transport/codes.ts';
import type { KickedOutType } from '../types/values.ts';

interface Account {
  userID: string;
  userSig: string;
}

/** `number` is the server's number of the session: with it a new socket goes on where the last one stopped. */
export type SessionState =
  | { name: 'idle' }
  | ({ name: 'loggingIn' } & Account)
  | ({ name: 'syncing' | 'ready'; tinyID: string; number: number } & Account)
  | { name: 'destroyed' };

export type SessionEvent =
  | ({ type: 'login' } & Account)
  | { type: 'accepted'; tinyID: string; number: number }
  | { type: 'refused'; error: ImError }
  /** The login has been tried for long enough. */
  | { type: 'deadline'; reached: boolean; url: string }
  | { type: 'synced' }
  | { type: 'kicked'; kick: KickedOutType }
  /** The server closed for good and gave no other reason than the code. */
  | { type: 'ended'; code: number }
  | { type: 'logout' }
  | { type: 'destroy' };

export type SessionEffect =
  /** The caller of this login waits for the outcome. */
  | { do: 'hold' }
  | { do: 'repeat'; tinyID: string }
  | { do: 'refuse'; error: ImError }
  | { do: 'connect' }
  | { do: 'tryLater' }
  | { do: 'disconnect' }
  /** Tells the server, then disconnects. */
  | { do: 'sayGoodbye' }
  | { do: 'resolveLogin'; tinyID: string }
  | { do: 'rejectLogin'; error: ImError }
  | { do: 'wipe' }
  | { do: 'announceReady' }
  | { do: 'announceKick'; kick: KickedOutType }
  | { do: 'announceError'; error: ImError }
  | { do: 'announceNotReady' }
  | { do: 'announceDestroy' };

export interface SessionStep {
  state: SessionState;
  effects: SessionEffect[];
}

const IDLE: SessionState = { name: 'idle' };

/**
 * Announcements come last: an application that calls back from a handler finds everything else done.
 * Who is logged in, and what each thing that happens does about it. Pure; the shell runs the effects in their order.
 */
export function step(state: SessionState, event: SessionEvent): SessionStep {
  if (state.name === 'destroyed') {
    return event.type === 'login' ? refuse(state, SDK_ERRORS.notReady, 'destroyed') : stay(state);
  }
  switch (event.type) {
    case 'login':
      return login(state, event);
    case 'accepted':
      return accepted(state, event);
    case 'refused':
      return refused(state, event.error);
    case 'deadline': {
      if (state.name !== 'loggingIn') return stay(state);
      // Reached and silent is another trouble than not reached: the code tells the two apart.
      const error = sdkError(event.reached ? SDK_ERRORS.timeout : SDK_ERRORS.network, event.url);
      return end({ do: 'rejectLogin', error });
    }
    case 'synced':
      return state.name === 'syncing'
        ? { state: { ...state, name: 'ready' }, effects: [{ do: 'announceReady' }] }
        : stay(state);
    case 'kicked':
      return isLoggedIn(state) ? kicked(event.kick) : stay(state);
    case 'ended':
      return ended(state, event.code);
    case 'logout':
      return leave(state);
    case 'destroy': {
      const left = state.name === 'idle' ? [] : leave(state).effects;
      return { state: { name: 'destroyed' }, effects: [...left, { do: 'announceDestroy' }] };
    }
  }
}

export function isLoggedIn(
  state: SessionState,
): state is Extract<SessionState, { name: 'syncing' | 'ready' }> {
  return state.name === 'syncing' || state.name === 'ready';
}

function stay(state: SessionState): SessionStep {
  return { state, effects: [] };
}

function refuse(state: SessionState, reason: SdkError, detail?: string): SessionStep {
  return { state, effects: [{ do: 'refuse', error: sdkError(reason, detail) }] };
}

function login(state: SessionState, { userID, userSig }: Account): SessionStep {
  if (!userID) return refuse(state, SDK_ERRORS.noUserID);
  if (!userSig) return refuse(state, SDK_ERRORS.noUserSig);
  if (state.name === 'loggingIn') return refuse(state, SDK_ERRORS.loginPending);
  if (isLoggedIn(state) && state.userID === userID) {
    // The next reconnection shows the newer signature.
    return { state: { ...state, userSig }, effects: [{ do: 'repeat', tinyID: state.tinyID }] };
  }
  const before = state.name === 'idle' ? [] : leave(state).effects;
  return {
    state: { name: 'loggingIn', userID, userSig },
    effects: [...before.slice(0, -1), { do: 'hold' }, { do: 'connect' }, ...before.slice(-1)],
  };
}

function accepted(state: SessionState, { tinyID, number }: { tinyID: string; number: number }): SessionStep {
  if (isLoggedIn(state)) return { state: { ...state, number }, effects: [] };
  if (state.name !== 'loggingIn') return stay(state);
  const { userID, userSig } = state;
  return {
    state: { name: 'syncing', userID, userSig, tinyID, number },
    effects: [{ do: 'resolveLogin', tinyID }],
  };
}

function refused(state: SessionState, error: ImError): SessionStep {
  if (state.name === 'idle') return stay(state);
  if (isTransient(error.code)) return { state, effects: [{ do: 'tryLater' }] };
  if (!isLoggedIn(state)) {
    return end({ do: 'rejectLogin', error });
  }
  const kick = kickOf(error);
  return kick ? kicked(kick) : lost(error);
}

/** What a refused reconnection says about the session that wanted to go on. */
function kickOf({ code, data }: ImError): KickedOutType | undefined {
  if (code === CODE.userSigExpired) return 'userSigExpired';
  if (code === CODE.userSigRevoked) return 'REST_API_Kick';
  if (code !== CODE.sessionEvicted) return undefined;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the decoder: this refusal names one of the published types
  return (data as { type?: KickedOutType } | undefined)?.type ?? 'multipleAccount';
}

function ended(state: SessionState, code: number): SessionStep {
  const error = sdkError(SDK_ERRORS.network, `closed for good (${code})`);
  if (state.name === 'loggingIn') return refused(state, error);
  if (!isLoggedIn(state)) return stay(state);
  if (code === CLOSED.kicked) return kicked('multipleAccount');
  return code === CLOSED.userSigExpired ? kicked('userSigExpired') : lost(error);
}

function kicked(kick: KickedOutType): SessionStep {
  return end({ do: 'announceKick', kick }, { do: 'announceNotReady' });
}

/** The session is gone and nobody asked for anything: the application hears why. */
function lost(error: ImError): SessionStep {
  return end({ do: 'announceError', error }, { do: 'announceNotReady' });
}

function end(...announcements: SessionEffect[]): SessionStep {
  return { state: IDLE, effects: [{ do: 'disconnect' }, { do: 'wipe' }, ...announcements] };
}

/** A login under way is given up, and whoever waits for it is told. */
function leave(state: SessionState): SessionStep {
  const pending: SessionEffect[] =
    state.name === 'loggingIn'
      ? [{ do: 'rejectLogin', error: sdkError(SDK_ERRORS.notLoggedIn, 'the session ended') }]
      : [];
  return {
    state: IDLE,
    effects: [
      { do: 'wipe' },
      { do: isLoggedIn(state) ? 'sayGoodbye' : 'disconnect' },
      ...pending,
      { do: 'announceNotReady' },
    ],
  };
}
