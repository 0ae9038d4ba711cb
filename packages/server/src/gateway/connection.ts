import { type Actor, type CoreDeps, ImError, runCommand } from '@sterna/core';
import {
  CLOSE,
  ERRORS,
  isFinalClose,
  JsonRefusal,
  LIMITS,
  parseJson,
  type RequestOf,
} from '@sterna/protocol';
import {
  acceptCommand,
  type AcceptedCommand,
  guestCommand,
  runGuestCommand,
  runUseCase,
} from './accepted-command.ts';
import type { GatewayDeps } from './deps.ts';
import type { Hubs } from './hubs.ts';
import { pushItem, refusalItem, replyItem } from './items.ts';
import { type LoggedIn, logIn } from './login.ts';
import { withOutgoingLinks } from './outgoing-links.ts';
import { createCallRates } from './rate-limit.ts';
import type { LiveSession } from './session.ts';
import type { GatewaySocket, SocketHandlers } from './socket.ts';
import { createTimers } from './timers.ts';

/** Unreadable frames of one socket before it is closed: a client in order sends none. */
const BAD_FRAMES_MAX = 10;

/** A socket's life. A second login, or a command before the first, is refused and changes nothing. */
type State =
  | { name: 'new' }
  | { name: 'loggingIn' }
  | { name: 'live'; login: LoggedIn }
  | { name: 'guest'; session: LiveSession }
  | { name: 'closed' };

/** One socket: reads frames, answers requests, ends its session's hold when it goes. */
export interface Connection extends SocketHandlers {
  /** Milliseconds, monotonic, when the client last said anything. */
  readonly heardMs: number;
  /** Asks a silent client for a sign of life. */
  ping(): void;
  close(code: number, reason: string): void;
  /** Takes no more requests, and closes once those that it took are answered: the client asks again elsewhere. */
  drain(): void;
}

export function createConnection(
  deps: GatewayDeps & CoreDeps,
  hubs: Hubs,
  plain: GatewaySocket,
  gone: () => void,
): Connection {
  const { clock, events } = deps;
  let state: State = { name: 'new' };
  const socket = withOutgoingLinks(plain, deps.objects, () => liveActor(state));
  let heardMs = clock.monotonicMs();
  let badFrames = 0;
  /** Requests not answered yet. */
  let open = 0;
  let isDraining = false;
  const mayCall = createCallRates(deps.limits, heardMs);
  const timers = createTimers(clock);

  timers.after(LIMITS.loginDeadlineMs, () => {
    if (state.name === 'new' || state.name === 'loggingIn')
      socket.close(CLOSE.loginTimeout, 'no login in time');
  });

  function onMessage(text: string): void {
    if (state.name === 'closed' || isDraining) return;
    heardMs = clock.monotonicMs();
    const frame = readFrame(text);
    if (frame === undefined) return;
    const [id, name, body] = frame;
    const command = acceptCommand(name, body);
    if (command instanceof ImError) refuse(id, name, command);
    else request(id, command);
  }

  function readFrame(text: string): [number, string, unknown] | undefined {
    try {
      const frame = parseJson(text);
      if (isFrame(frame)) return frame;
      badFrame(new ImError('badFrame', 'expected [id, command, body]'));
    } catch (error) {
      if (!(error instanceof JsonRefusal)) throw error;
      badFrame(error);
    }
    return undefined;
  }

  function badFrame(error: { code: number; message: string; requestID?: number }): void {
    badFrames += 1;
    events.refused('', 'badFrame');
    socket.send(refusalItem(error.requestID ?? 0, error.code, error.message));
    if (state.name === 'new' || badFrames >= BAD_FRAMES_MAX)
      close(CLOSE.badFrame, 'not a frame of this protocol');
  }

  function request(id: number, command: AcceptedCommand): void {
    const { name } = command;
    if (command.name === 'session.login') return beginLogin(id, command.body);
    if (command.name === 'session.guest') return beGuest(id, command.body);
    if (name === 'session.ping') return answer(id, { timeMs: clock.nowMs() });
    const run = runnerOf(deps, state, command, id);
    if (run === undefined) return refuse(id, name, new ImError('notLoggedIn'));
    if (!mayCall(name, heardMs) || open >= LIMITS.requestsInFlight)
      return refuse(id, name, new ImError('tooFrequent'));
    open += 1;
    const startedMs = heardMs;
    run().then(
      (reply) => {
        answer(id, reply);
        events.answered(name, clock.monotonicMs() - startedMs);
        if (name === 'session.logout') close(CLOSE.loggedOut, 'logged out');
        settle(1);
      },
      (error: unknown) => {
        failed(id, name, error);
        settle(1);
      },
    );
  }

  function beGuest(id: number, body: RequestOf<'session.guest'>): void {
    if (state.name !== 'new') return refuse(id, 'session.guest', new ImError('alreadyLoggedIn'));
    try {
      state = { name: 'guest', session: hubs.guests.enter(socket, body) };
      answer(id, { timeMs: clock.nowMs(), idleMs: LIMITS.idleMs });
    } catch (error) {
      failed(id, 'session.guest', error);
      close(CLOSE.loginRefused, 'no guests');
    }
  }

  function beginLogin(id: number, body: RequestOf<'session.login'>): void {
    if (state.name !== 'new') return refuse(id, 'session.login', new ImError('alreadyLoggedIn'));
    state = { name: 'loggingIn' };
    logIn(deps, hubs, socket, body).then(
      (login) => live(id, login),
      (error: unknown) => {
        if (error instanceof ImError) events.loginRefused(body.SDKAppID, body.userID, error.reason);
        failed(id, 'session.login', error);
        const later = !(error instanceof ImError) || ERRORS[error.reason].retry === 'later';
        close(later ? CLOSE.internal : CLOSE.loginRefused, 'login refused');
      },
    );
  }

  function live(id: number, login: LoggedIn): void {
    if (state.name === 'closed') return letGo(login, false);
    state = { name: 'live', login };
    socket.loggedIn?.();
    answer(id, login.reply);
    for (const face of login.faces) socket.send(face);
    login.session.open();
    expireAt(login);
  }

  /** Timers take at most 2^31 ms; a UserSig of half a year is waited for in stages. */
  function expireAt(login: LoggedIn): void {
    const leftMs = login.expiresMs - clock.nowMs();
    if (leftMs > 0) return timers.after(Math.min(leftMs, 2 ** 31 - 1), () => expireAt(login));
    socket.send(pushItem('kicked', { type: 'userSigExpired' }));
    events.kicked('userSigExpired');
    const { actor } = login.session;
    runCommand(deps, { type: 'session.logout', body: { actor } }).catch((error: unknown) =>
      events.failed('expiry', error),
    );
    close(CLOSE.userSigExpired, 'the UserSig has expired');
  }

  function answer(id: number, reply: unknown): void {
    if (state.name !== 'closed') socket.send(replyItem(id, reply));
  }

  function failed(id: number, name: string, error: unknown): void {
    if (error instanceof ImError) return refuse(id, name, error);
    events.failed(name, error);
    refuse(id, name, new ImError('internal'));
  }

  function refuse(id: number, name: string, error: ImError): void {
    events.refused(name, error.reason);
    if (state.name === 'closed') return;
    socket.send(refusalItem(id, codeOf(error), error.message, error.data));
    if (state.name !== 'live') return;
    if (error.reason === 'sessionEvicted') {
      // The fence told us before the inbox did: the session is over.
      const type = kickTypeOf(error);
      socket.send(pushItem('kicked', { type }));
      close(CLOSE.kicked, type);
    }
    // Its client is on a newer connection: this one serves nobody.
    if (error.reason === 'alreadyLoggedIn' && name !== 'session.login') close(CLOSE.replaced, error.message);
  }

  function close(code: number, reason: string): void {
    socket.close(code, reason);
    end(isFinalClose(code));
  }

  function settle(requests: number): void {
    open -= requests;
    if (isDraining && open === 0 && state.name !== 'closed') close(CLOSE.goingAway, 'the server is stopping');
  }

  /** `isOver`: the session ends with the socket, nobody comes back to it. */
  function end(isOver: boolean): void {
    if (state.name === 'closed') return;
    if (state.name === 'live') letGo(state.login, isOver);
    if (state.name === 'guest') hubs.guests.leave(state.session);
    state = { name: 'closed' };
    timers.clear();
    gone();
  }

  function letGo({ hub, session }: LoggedIn, isOver: boolean): void {
    // Who was taken out before has been kicked, or is here with a newer socket.
    const wasHere = hub.sessions.delete(session);
    hubs.statuses.leave(session, isOver || !wasHere);
    hubs.rooms.detach(session, isOver || !wasHere);
    hubs.release(hub);
  }

  return {
    onMessage,
    onClose: () => end(false),
    close,
    drain() {
      isDraining = true;
      settle(0);
    },
    ping: () => socket.send(pushItem('ping', {})),
    get heardMs() {
      return heardMs;
    },
  };
}

function isFrame(frame: unknown): frame is [number, string, unknown] {
  return (
    Array.isArray(frame) &&
    frame.length === 3 &&
    Number.isSafeInteger(frame[0]) &&
    frame[0] > 0 &&
    typeof frame[1] === 'string' &&
    frame[1].length <= 64
  );
}

/** A hook's veto carries the app's own code. */
function codeOf(error: ImError): number {
  const { data } = error;
  if (
    error.reason === 'vetoed' &&
    typeof data === 'object' &&
    data !== null &&
    'code' in data &&
    typeof data.code === 'number'
  ) {
    return data.code;
  }
  return error.code;
}

function kickTypeOf({ data }: ImError): 'multipleAccount' | 'multipleDevice' {
  const type = typeof data === 'object' && data !== null && 'type' in data ? data.type : undefined;
  return type === 'multipleAccount' ? type : 'multipleDevice';
}

function liveActor(state: State): Actor | undefined {
  return state.name === 'live' ? state.login.session.actor : undefined;
}

/** What a connection may ask for in its state, as whom. */
function runnerOf(
  deps: CoreDeps,
  state: State,
  command: AcceptedCommand,
  id: number,
): (() => Promise<unknown>) | undefined {
  if (state.name === 'live') {
    const { actor } = state.login.session;
    return () => runUseCase(deps, actor, command, id);
  }
  const asked = state.name === 'guest' ? guestCommand(command) : undefined;
  if (state.name !== 'guest' || asked === undefined) return undefined;
  const { actor } = state.session;
  return () => runGuestCommand(deps, actor, asked);
}
