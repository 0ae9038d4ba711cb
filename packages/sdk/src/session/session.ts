import type { ReplyOf, RequestOf } from '@sterna/protocol';
import { PROTOCOL_VERSION } from '@sterna/protocol/tables';
import { STERNA_VERSION } from '../constants.ts';
import type { Emitter } from '../emitter.ts';
import { sdkError, type ImError } from '../errors.ts';
import { LOGIN_DEADLINE_MS, LOGOUT_GRACE_MS } from '../limits.ts';
import type { Logger } from '../logger.ts';
import type { SessionInfo } from '../module.ts';
import type { Platform } from '../platform/platform.ts';
import { createTimer } from '../platform/timer.ts';
import * as SDK_ERRORS from '../sdk-errors.ts';
import type { Link } from '../transport/link.ts';
import type { Requests } from '../transport/requests.ts';
import type { LoginResult } from '../types/sdk.ts';
import type { KickedOutType } from '../types/values.ts';
import {
  isLoggedIn,
  step,
  type SessionEffect,
  type SessionEvent,
  type SessionState,
} from './session-state.ts';

type LoginReply = ReplyOf<'session.login'>;
type LoginRequest = RequestOf<'session.login'>;

export interface SessionParts {
  SDKAppID: number;
  instanceID: string;
  platform: Platform;
  logger: Logger;
  emitter: Emitter;
  link: Link;
  requests: Requests;
  /** Where to connect; throws where no server is named. */
  address(): string;
  cursor(): LoginRequest['cursor'];
  /** The server's answer is to be applied at once: pushes may stand behind it in the frame. */
  apply(reply: LoginReply): void;
  /** The server can be asked again. */
  connected(): void;
  /** Loads all that must be there before SDK_READY. */
  prepare(): Promise<unknown>;
  /** Shows the lists, right before SDK_READY. */
  present(): void;
  /** Forgets everything of the user. */
  wipe(): void;
  free(): void;
}

export interface Session {
  login(account: { userID: string; userSig: string }): Promise<LoginResult>;
  logout(): Promise<void>;
  destroy(): Promise<void>;
  /** Resolves at SDK_READY, rejects when the session ends before. */
  ready(): Promise<void>;
  info(): SessionInfo;
  /** The socket is open: introduces us to the server. */
  greet(): void;
  kicked(type: KickedOutType): void;
  ended(code: number): void;
}

interface LoginCaller {
  resolve(tinyID: string, repeat: boolean): void;
  reject(error: Error): void;
}

type AnyRunner = (effect: SessionEffect, caller: LoginCaller | undefined) => void;
type Runners = {
  [Do in SessionEffect['do']]: (
    effect: Extract<SessionEffect, { do: Do }>,
    caller: LoginCaller | undefined,
  ) => void;
};

/** The shell around `step`: runs the effects in their order and settles what callers wait for. */
export function createSession(parts: SessionParts): Session {
  const { SDKAppID, platform, logger, emitter, link, requests } = parts;
  let state: SessionState = { name: 'idle' };
  let waiting: LoginCaller | undefined;
  const deadline = createTimer(platform);
  /** Numbers the greetings, and the ends of sessions: what began before the last one means nothing any more. */
  let turn = 0;
  let ends = 0;
  let greeted = false;
  const goodbye = createGoodbye(parts);
  const readiness = createReadiness();

  function dispatch(event: SessionEvent, caller?: LoginCaller): void {
    const before = state.name;
    const { state: next, effects } = step(state, event);
    state = next;
    if (state.name !== before) logger.info(`Session: ${before} to ${state.name}`, { cause: event.type });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table has a runner of the effect's own kind
    for (const effect of effects) (run[effect.do] as AnyRunner)(effect, caller);
    if (state.name === 'destroyed' || (state.name === 'idle' && before !== 'idle')) readiness.fail();
  }

  const run: Runners = {
    hold: (_, caller) => void (waiting = caller),
    repeat: ({ tinyID }, caller) => caller?.resolve(tinyID, true),
    refuse: ({ error }, caller) => caller?.reject(error),
    connect,
    tryLater: () => link.restart('later'),
    disconnect: goodbye.now,
    sayGoodbye: goodbye.say,
    resolveLogin: ({ tinyID }) => stopWaiting()?.resolve(tinyID, false),
    rejectLogin: ({ error }) => stopWaiting()?.reject(error),
    wipe() {
      turn += 1;
      ends += 1;
      requests.clear(sdkError(SDK_ERRORS.notLoggedIn, 'the session ended before the answer came'));
      parts.wipe();
    },
    announceReady() {
      parts.present();
      // A handler may have logged out.
      if (!isReady()) return;
      readiness.succeed();
      emitter.emit('sdkStateReady', undefined);
    },
    announceKick: ({ kick }) => emitter.emit('kickedOut', { type: kick }),
    announceError: ({ error: { code, message } }) => emitter.emit('error', { code, message }),
    announceNotReady: () => emitter.emit('sdkStateNotReady', undefined),
    announceDestroy() {
      emitter.emit('sdkDestroy', undefined);
      emitter.clear();
      parts.free();
    },
  };

  const isReady = (): boolean => state.name === 'ready';

  function stopWaiting(): LoginCaller | undefined {
    deadline.stop();
    const found = waiting;
    waiting = undefined;
    return found;
  }

  function connect(): void {
    goodbye.now();
    greeted = false;
    deadline.set(LOGIN_DEADLINE_MS, () => dispatch({ type: 'deadline', reached: greeted }));
    try {
      link.start(parts.address());
    } catch (error) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `address` throws nothing else
      dispatch({ type: 'refused', error: error as ImError });
    }
  }

  function greet(): void {
    if (state.name === 'idle' || state.name === 'destroyed') return;
    greeted = true;
    const mine = ++turn;
    requests.call(
      'session.login',
      introduction(state),
      (answer) => {
        if (mine !== turn) return;
        if (answer.ok) accept(answer.body);
        // A connection that broke is the link's affair: it greets again.
        else if (link.isOpen()) dispatch({ type: 'refused', error: answer.error });
      },
      { ofTheSocket: true, deadlineMs: false },
    );
  }

  function introduction(who: Extract<SessionState, { userID: string }>): LoginRequest {
    const { userID, userSig } = who;
    const cursor = isLoggedIn(who) ? parts.cursor() : undefined;
    return {
      SDKAppID,
      userID,
      userSig,
      instanceID: parts.instanceID,
      platform: platform.name,
      protocol: PROTOCOL_VERSION,
      sdk: STERNA_VERSION,
      attempt: turn,
      ...(isLoggedIn(who) && { resume: who.number }),
      ...(cursor && { cursor }),
    };
  }

  function accept(reply: LoginReply): void {
    const isFirst = state.name === 'loggingIn';
    link.accepted();
    dispatch({ type: 'accepted', tinyID: reply.tinyID, number: reply.session });
    parts.apply(reply);
    requests.up();
    parts.connected();
    if (isFirst) prepare();
  }

  /** Ends a turn of the timers later at least, so that whoever awaits the login hears of it before SDK_READY. */
  function prepare(): void {
    const mine = ends;
    const done = (): void => {
      if (mine === ends) platform.setTimer(0, () => mine === ends && dispatch({ type: 'synced' }));
    };
    parts.prepare().then(done, (error: unknown) => {
      logger.warn('Not everything could be loaded at login', { cause: String(error) });
      done();
    });
  }

  return {
    login: ({ userID, userSig }) =>
      new Promise((resolve, reject) => {
        dispatch(
          { type: 'login', userID: asText(userID), userSig: asText(userSig) },
          { resolve: (tinyID, repeat) => resolve(loginResult(tinyID, repeat)), reject },
        );
      }),
    logout() {
      dispatch({ type: 'logout' });
      return goodbye.done();
    },
    destroy() {
      dispatch({ type: 'destroy' });
      return goodbye.done();
    },
    ready: () => (isReady() ? Promise.resolve() : readiness.wait(state.name === 'destroyed')),
    info: () => ({
      SDKAppID,
      userID: isLoggedIn(state) ? state.userID : '',
      tinyID: isLoggedIn(state) ? state.tinyID : '',
      isReady: isReady(),
    }),
    greet,
    kicked: (kick) => dispatch({ type: 'kicked', kick }),
    ended: (code) => dispatch({ type: 'ended', code }),
  };
}

/** Applications in plain JavaScript pass numbers as userIDs. */
function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function loginResult(tinyID: string, repeat: boolean): LoginResult {
  return { actionStatus: 'OK', errorCode: 0, errorInfo: '', tinyID, ...(repeat && { repeatLogin: true }) };
}

/** The end of a connection: the server hears of it if it can, but nothing waits for that for long. */
function createGoodbye({ link, requests, platform }: SessionParts): {
  say(): void;
  now(): void;
  done(): Promise<void>;
} {
  let finish: (() => void) | undefined;
  let over = Promise.resolve();

  return {
    say() {
      if (!link.isUp()) return link.stop();
      over = new Promise((resolve) => {
        const cancel = platform.setTimer(LOGOUT_GRACE_MS, () => finish?.());
        finish = () => {
          finish = undefined;
          cancel();
          link.stop();
          resolve();
        };
      });
      requests.call('session.logout', {}, () => finish?.(), { ofTheSocket: true, deadlineMs: false });
    },
    now() {
      if (finish) finish();
      else link.stop();
    },
    done: () => over,
  };
}

function createReadiness(): {
  wait(isDestroyed: boolean): Promise<void>;
  succeed(): void;
  fail(): void;
} {
  const waiters: { resolve(): void; reject(error: Error): void }[] = [];
  const taken = (): typeof waiters => waiters.splice(0);
  return {
    wait: (isDestroyed) =>
      isDestroyed
        ? Promise.reject(sdkError(SDK_ERRORS.notReady))
        : new Promise((resolve, reject) => waiters.push({ resolve, reject })),
    succeed: () => taken().forEach(({ resolve }) => resolve()),
    fail: () => taken().forEach(({ reject }) => reject(sdkError(SDK_ERRORS.notReady))),
  };
}
