import type { ReplyOf } from '@sterna/protocol';
import { PROTOCOL_VERSION } from '@sterna/protocol/tables';
import { STERNA_VERSION } from '../constants.ts';
import type { Domains, EngineParts } from '../domains.ts';
import { sdkError, type ImError } from '../errors.ts';
import { LOGOUT_GRACE_MS } from '../limits.ts';
import { property } from '../messages/values.ts';
import type { SessionInfo } from '../module.ts';
import type { Platform } from '../platform/platform.ts';
import * as SDK_ERRORS from '../sdk-errors.ts';
import { webSocketURL } from '../transport/server-address.ts';
import type { LoginResult } from '../types/sdk.ts';
import type { KickedOutType } from '../types/values.ts';
import { createPatience } from './patience.ts';
import { makeInstanceID } from './server-clock.ts';
import {
  isLoggedIn,
  step,
  type SessionEffect,
  type SessionEvent,
  type SessionState,
} from './session-state.ts';

type LoginReply = ReplyOf<'session.login'>;

export interface Session {
  login(account: { userID: string; userSig: string }): Promise<LoginResult>;
  logout(): Promise<void>;
  destroy(): Promise<void>;
  /** Resolves at SDK_READY, rejects when the session ends before. */
  ready(): Promise<void>;
  info(): SessionInfo;
  /** The socket is open: introduces us to the server. */
  greet(): void;
  /** The last sockets, so many, were refused before they opened: a login need not wait for its deadline. */
  unreached(failures: number): void;
  kicked(type: KickedOutType): void;
  ended(code: number): void;
}

/** Settled more than once it keeps its first answer, as promises do. */
interface LoginCaller {
  resolve(result: LoginResult): void;
  reject(error: Error): void;
}

type AnyRunner = (effect: SessionEffect) => void;
type Runners = { [Do in SessionEffect['do']]: (effect: Extract<SessionEffect, { do: Do }>) => void };

const NOBODY = { userID: '', tinyID: '' };
const OK = { actionStatus: 'OK', errorCode: 0, errorInfo: '' } as const;

/** The shell around `step`: runs the effects in their order and settles what callers wait for. */
export function createSession(parts: EngineParts, domains: Domains): Session {
  const { platform, clock, link, requests } = parts;
  const { emitter, logger, options, free } = parts.shell;
  const SDKAppID = Number(options.SDKAppID) || 0;
  const instanceID = makeInstanceID(platform);
  let state: SessionState = { name: 'idle' };
  /** Who asked for the last login, and who waits for the one under way. */
  let caller: LoginCaller | undefined;
  let waiting: LoginCaller | undefined;
  const patience = createPatience(platform, link.wake, (end) => dispatch({ type: 'deadline', ...end }));
  /** Numbers the greetings, and the ends of sessions: what began before the last one means nothing any more. */
  let turn = 0;
  let ends = 0;
  const goodbye = createGoodbye(parts);
  const readiness = createReadiness();

  function dispatch(event: SessionEvent): void {
    const before = state.name;
    const { state: next, effects } = step(state, event);
    state = next;
    if (state.name !== before) logger.info(`Session: ${before} to ${state.name}`, { cause: event.type });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table has a runner of the effect's own kind
    for (const effect of effects) (run[effect.do] as AnyRunner)(effect);
    if (state.name === 'destroyed' || (state.name === 'idle' && before !== 'idle'))
      readiness.settle(sdkError(SDK_ERRORS.notReady));
  }

  const run: Runners = {
    hold: () => void (waiting = caller),
    repeat({ tinyID }) {
      link.want();
      if (caller) caller.resolve({ ...OK, tinyID, repeatLogin: true });
    },
    refuse: ({ error }) => caller && caller.reject(error),
    connect,
    tryLater: link.restart,
    disconnect: goodbye.part,
    sayGoodbye: goodbye.say,
    resolveLogin({ tinyID }) {
      patience.end();
      if (waiting) waiting.resolve({ ...OK, tinyID });
    },
    rejectLogin({ error }) {
      patience.end();
      if (waiting) waiting.reject(error);
    },
    wipe() {
      turn += 1;
      ends += 1;
      requests.clear(sdkError(SDK_ERRORS.notLoggedIn, 'the session ended'));
      domains.wipe();
    },
    announceReady() {
      domains.present();
      // A handler may have logged out.
      if (!isReady()) return;
      readiness.settle();
      emitter.emit('sdkStateReady', undefined);
    },
    announceKick: ({ kick }) => emitter.emit('kickedOut', { type: kick }),
    announceError: ({ error: { code, message } }) => emitter.emit('error', { code, message }),
    announceNotReady: () => emitter.emit('sdkStateNotReady', undefined),
    announceDestroy() {
      // There may be somebody who has not logged in.
      domains.wipe();
      emitter.emit('sdkDestroy', undefined);
      emitter.clear();
      free();
    },
  };

  const isReady = (): boolean => state.name === 'ready';

  function connect(): void {
    goodbye.part();
    domains.tell('onConnect', []);
    try {
      const url = addressOf(platform, options.proxyServer);
      patience.begin(url);
      link.start(url);
    } catch (error) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing else is thrown
      dispatch({ type: 'refused', error: error as ImError });
    }
  }

  function greet(): void {
    if (state.name === 'idle' || state.name === 'destroyed') return;
    patience.reached();
    const mine = ++turn;
    requests.call(
      'session.login',
      {
        SDKAppID,
        ...introduction(state),
        instanceID,
        platform: platform.name,
        attempt: turn,
        cursor: domains.sync.cursor(),
        heardMs: clock.lastSaid(),
      },
      (answer) => {
        if (mine !== turn) return;
        if (answer.isOk) accept(answer.reply);
        // A connection that broke is the link's affair: it greets again.
        else if (link.isOpen()) dispatch({ type: 'refused', error: answer.error });
      },
      { ofTheSocket: true, deadlineMs: false },
    );
  }

  function accept(reply: LoginReply): void {
    const isFirst = state.name === 'loggingIn';
    link.accepted();
    dispatch({ type: 'accepted', tinyID: reply.tinyID, number: reply.session });
    domains.apply(reply);
    requests.up();
    domains.retry();
    if (isFirst) prepare();
  }

  /** Ends a turn of the timers later at least, so that whoever awaits the login hears of it before SDK_READY. */
  function prepare(): void {
    const mine = ends;
    const done = (): void => {
      if (mine === ends) platform.setTimer(0, () => mine === ends && dispatch({ type: 'synced' }));
    };
    domains.prepare().then(done, (error: unknown) => {
      logger.warn('Not everything could be read', { cause: String(error) });
      done();
    });
  }

  return {
    login: (account) =>
      new Promise((resolve, reject) => {
        caller = { resolve, reject };
        dispatch({ type: 'login', ...accountOf(account) });
      }),
    logout() {
      dispatch({ type: 'logout' });
      return goodbye.done();
    },
    destroy() {
      dispatch({ type: 'destroy' });
      return goodbye.done();
    },
    ready() {
      const ready = readiness.wait();
      if (isReady()) readiness.settle();
      if (state.name === 'destroyed') readiness.settle(sdkError(SDK_ERRORS.notReady));
      return ready;
    },
    info() {
      const { userID, tinyID } = isLoggedIn(state) ? state : NOBODY;
      return { SDKAppID, userID, tinyID, isReady: isReady() };
    },
    greet,
    kicked: (kick) => dispatch({ type: 'kicked', kick }),
    unreached: patience.refused,
    ended: (code) => dispatch({ type: 'ended', code }),
  };
}

/** Throws where there is none, or no way to it. */
function addressOf(platform: Platform, named: string | undefined): string {
  const lack = platform.lacksSockets && platform.lacksSockets();
  if (lack) throw sdkError(SDK_ERRORS.network, lack);
  return webSocketURL(named || platform.defaultServerURL());
}

/** Who wants to be known, or to go on. */
function introduction(who: Extract<SessionState, { userID: string }>) {
  const { userID, userSig } = who;
  const resume = isLoggedIn(who) ? who.number : undefined;
  return { userID, userSig, resume, protocol: PROTOCOL_VERSION, sdk: STERNA_VERSION };
}

/** Whatever was passed: what is missing, or of no use, is empty. */
function accountOf(account: unknown): { userID: string; userSig: string } {
  return { userID: asText(property(account, 'userID')), userSig: asText(property(account, 'userSig')) };
}

/** Applications in plain JavaScript pass numbers as userIDs. */
function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The end of a connection: the server hears of it if it can, but nothing waits for that for long. */
function createGoodbye({ link, requests, platform }: EngineParts): {
  say(): void;
  part(): void;
  done(): Promise<void>;
} {
  let finish: (() => void) | undefined;
  let over = Promise.resolve();

  return {
    say() {
      if (!link.isUp()) return link.stop();
      over = new Promise((resolve) => {
        const cancel = platform.setTimer(LOGOUT_GRACE_MS, () => finish && finish());
        finish = () => {
          finish = undefined;
          cancel();
          link.stop();
          resolve();
        };
      });
      requests.call('session.logout', {}, () => finish && finish(), { ofTheSocket: true, deadlineMs: false });
    },
    part() {
      if (finish) finish();
      else link.stop();
    },
    done: () => over,
  };
}

/** Who waits for SDK_READY. */
function createReadiness(): {
  wait(): Promise<void>;
  settle(error?: Error): void;
} {
  let waiters: ((error?: Error) => void)[] = [];
  return {
    wait: () =>
      new Promise((resolve, reject) => waiters.push((error) => (error ? reject(error) : resolve()))),
    settle(error) {
      const told = waiters;
      waiters = [];
      told.forEach((tell) => tell(error));
    },
  };
}
