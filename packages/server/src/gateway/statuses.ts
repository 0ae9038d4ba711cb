import {
  type Actor,
  type Bus,
  type Clock,
  type CustomStatus,
  type Notice,
  type Presence,
  type PresenceNotice,
  presenceSubject,
  type Random,
  sessionKey,
  type UserStatus,
  userSubject,
} from '@sterna/core';
import { LIMITS } from '@sterna/protocol';
import { type Arrival, createAfterStart } from './after-start.ts';
import { pushItem } from './items.ts';
import { createPresentUsers, platformsOf } from './present-users.ts';
import type { LiveSession } from './session.ts';
import { createWatchedUsers, statusOf, type Watched } from './watched-users.ts';

/** Presence as this node knows it: its own sessions, and what other nodes say when they are asked, or when it changes. */
export interface Statuses extends Omit<Presence, 'onlineMembers'> {
  enter(session: LiveSession, arrival: Arrival): void;
  leave(session: LiveSession, isOver: boolean): void;
  /** The node goes: nobody is waited for, and no timer is left. */
  stop(): void;
  /** The user has blocked others: their sessions are told of them no more. */
  hide(sessions: Iterable<LiveSession>, userIDs: readonly string[]): void;
  /** What the bus brings for a user of this node; gives the word on the user that is news, to tell the user's devices. */
  hear(notice: Extract<Notice, { kind: 'presence' | 'presenceAsked' }>): UserStatus | undefined;
}

export function createStatuses(deps: {
  bus: Bus;
  clock: Clock;
  random: Random;
  failed: (error: unknown) => void;
  /** Whether a user who is on no platform has said goodbye. */
  isLoggedOut(app: number, userID: string): Promise<boolean>;
  /** What the user said is over, unless they have said something since. */
  forget(app: number, userID: string, setMs: number): Promise<void>;
}): Statuses {
  const { bus, clock, random } = deps;
  const node = random.id(12);
  const watched = createWatchedUsers({ ...deps, wordOn, changed: tell });
  const watching = new Map<LiveSession, Set<string>>();
  const present = createPresentUsers(
    clock,
    ({ app, userID }) => speak(app, userID),
    ({ app, userID }, said) => afterStart.settle(app, userID, said),
  );
  const afterStart = createAfterStart({ ...deps, ask: watched.customOf, goOn });
  let spoken = 0;
  let stopRefresh: (() => void) | undefined;

  function wordOn(app: number, userID: string): PresenceNotice {
    const user = present.find(app, userID);
    const { text: custom = '', setMs: customMs = 0 } = user?.said ?? {};
    const platforms = user === undefined ? [] : platformsOf(user);
    return { kind: 'presence', node, number: ++spoken, app, userID, platforms, custom, customMs };
  }

  function speak(app: number, userID: string): void {
    const word = wordOn(app, userID);
    watched.take(word);
    bus.publish(presenceSubject(app, userID), word);
  }

  /** To all devices of the user but the one that caused it. */
  const speakToDevices = (actor: Actor): void =>
    bus.publish(userSubject(actor.app, actor.userID), {
      ...wordOn(actor.app, actor.userID),
      origin: sessionKey(actor),
    });

  function tell(entry: Watched): void {
    const status = statusOf(entry);
    const told = JSON.stringify(status);
    if (told === entry.told) return;
    entry.told = told;
    // Whoever comes to watch while it is looked up has an answer of their own.
    const watchers = [...entry.watchers];
    if (status.platforms.length > 0) return push(watchers, status);
    if (watchers.length === 0) return;
    void ended(entry).then((loggedOut) => {
      // Else there is newer news already.
      if (entry.told !== told) return;
      const staying = watchers.filter((session) => entry.watchers.has(session));
      push(staying, loggedOut ? { ...status, loggedOut } : status);
    });
  }

  function push(watchers: Iterable<LiveSession>, status: UserStatus): void {
    const item = pushItem('status', { statuses: [status] });
    for (const session of watchers) session.push(item);
  }

  async function ended({ app, userID }: Watched): Promise<boolean> {
    try {
      return await deps.isLoggedOut(app, userID);
    } catch (error) {
      deps.failed(error);
      return false;
    }
  }

  function goOn(app: number, userID: string, said: CustomStatus): void {
    const user = present.find(app, userID);
    if (user === undefined || user.said.setMs >= said.setMs) return;
    user.said = said;
    speak(app, userID);
  }

  function unwatch(session: LiveSession, subjects: Iterable<string>): void {
    for (const subject of [...subjects]) {
      const entry = watched.find(subject);
      watching.get(session)?.delete(subject);
      if (entry?.watchers.delete(session)) watched.release(entry);
    }
  }

  /** A session is told of so many; for one more the oldest goes. */
  function follow(session: LiveSession, entry: Watched): void {
    const subject = presenceSubject(entry.app, entry.userID);
    const subjects = watching.get(session) ?? new Set();
    watching.set(session, subjects);
    subjects.delete(subject);
    subjects.add(subject);
    entry.watchers.add(session);
    if (subjects.size > LIMITS.statusesSubscribed) unwatch(session, [...subjects].slice(0, 1));
  }

  /** A node that died says nothing any more: what rests on the words of others is asked again, and forgotten unless said again. */
  function refresh(): void {
    stopRefresh = clock.after(LIMITS.statusRefreshMs, () => {
      stopRefresh = undefined;
      const askedMs = clock.monotonicMs();
      const resting = watched.all().filter(({ words }) => words.size > 1);
      resting.forEach(watched.ask);
      clock.after(LIMITS.statusAskMs, () => {
        for (const entry of resting) {
          for (const [other, { heardMs }] of entry.words)
            if (other !== node && heardMs < askedMs) entry.words.delete(other);
          tell(entry);
        }
      });
      if (watched.all().length > 0) refresh();
    });
  }

  return {
    enter(session, arrival) {
      const { app, userID } = session.actor;
      const here = present.find(app, userID);
      const said = afterStart.arrive(session, arrival, here?.said);
      present.enter(session, said);
      // Its other devices came anew, and have not heard of it.
      if (said !== undefined && here !== undefined) speakToDevices(session.actor);
    },
    leave(session, isOver) {
      unwatch(session, watching.get(session) ?? []);
      watching.delete(session);
      present.leave(session, isOver);
    },
    stop() {
      afterStart.stop();
      stopRefresh?.();
      present.stop();
    },
    hide(sessions, userIDs) {
      for (const session of sessions)
        unwatch(
          session,
          userIDs.map((userID) => presenceSubject(session.actor.app, userID)),
        );
    },
    hear(notice) {
      const { app, userID } = notice;
      const user = present.find(app, userID);
      if (user === undefined) return undefined;
      if (notice.kind === 'presenceAsked') {
        speak(app, userID);
        return undefined;
      }
      if (notice.node !== node) {
        if (notice.customMs <= user.said.setMs) return undefined;
        user.said = { text: notice.custom, setMs: notice.customMs };
        speak(app, userID);
      }
      return { userID, platforms: notice.platforms, custom: notice.custom };
    },
    statusesOf: (app, userIDs) => watched.read(userIDs.map((userID) => watched.open(app, userID))),
    setStatus(actor, said) {
      const { app, userID } = actor;
      const user = present.find(app, userID);
      // Gone while it was stored.
      if (user === undefined) afterStart.settle(app, userID, said);
      else if (said.setMs > user.said.setMs) {
        user.said = said;
        speak(app, userID);
        speakToDevices(actor);
      }
      return { userID, platforms: user === undefined ? [] : platformsOf(user), custom: said.text };
    },
    watch(actor, userIDs) {
      const session = present.session(actor, sessionKey(actor));
      const entries = userIDs.map((userID) => watched.open(actor.app, userID));
      if (session !== undefined) for (const entry of entries) follow(session, entry);
      if (stopRefresh === undefined) refresh();
      return watched.read(entries, () => afterStart.awaits(session));
    },
    unwatch(actor, userIDs) {
      const session = present.session(actor, sessionKey(actor));
      if (session === undefined) return;
      const named = userIDs?.map((userID) => presenceSubject(actor.app, userID));
      unwatch(session, named ?? watching.get(session) ?? []);
    },
  };
}
