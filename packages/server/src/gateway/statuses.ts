import {
  type Bus,
  type Clock,
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
import { pushItem } from './items.ts';
import { createPresentUsers, platformsOf } from './present-users.ts';
import type { LiveSession } from './session.ts';

/** A user of whom somebody here wants to know: what each node has said, and who is to be told. */
interface Watched {
  readonly app: number;
  readonly userID: string;
  readonly words: Map<string, { word: PresenceNotice; heardMs: number }>;
  readonly watchers: Set<LiveSession>;
  /** Readings that are under way. */
  readers: number;
  told: string;
  /** Subscribed to what other nodes say. */
  readonly listening: Promise<() => void>;
}

/** Presence as this node knows it: its own sessions, and what other nodes say when they are asked, or when it changes. */
export interface Statuses extends Omit<Presence, 'onlineMembers'> {
  enter(session: LiveSession): void;
  leave(session: LiveSession, isOver: boolean): void;
  /** The node goes: no timer is left. */
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
}): Statuses {
  const { bus, clock, random } = deps;
  const node = random.id(12);
  const watched = new Map<string, Watched>();
  const watching = new Map<LiveSession, Set<string>>();
  const present = createPresentUsers(clock, ({ app, userID }) => speak(app, userID));
  let spoken = 0;
  let stopRefresh: (() => void) | undefined;

  function wordOn(app: number, userID: string): PresenceNotice {
    const user = present.find(app, userID);
    const { custom = '', customMs = 0 } = user ?? {};
    const platforms = user === undefined ? [] : platformsOf(user);
    return { kind: 'presence', node, number: ++spoken, app, userID, platforms, custom, customMs };
  }

  function speak(app: number, userID: string): void {
    const word = wordOn(app, userID);
    take(word);
    bus.publish(presenceSubject(app, userID), word);
  }

  /** The newest word of its node; what it changes is told. */
  function take(word: PresenceNotice): void {
    const entry = watched.get(presenceSubject(word.app, word.userID));
    const known = entry?.words.get(word.node);
    if (entry === undefined || (known !== undefined && known.word.number >= word.number)) return;
    entry.words.set(word.node, { word, heardMs: clock.monotonicMs() });
    tell(entry);
  }

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

  function open(app: number, userID: string): Watched {
    const subject = presenceSubject(app, userID);
    const known = watched.get(subject);
    if (known !== undefined) return known;
    const listening = bus.subscribe(subject, (notice) => {
      if (notice.kind === 'presence') take(notice);
    });
    const entry: Watched = {
      app,
      userID,
      words: new Map(),
      watchers: new Set(),
      readers: 0,
      told: '',
      listening: listening.catch((error: unknown) => {
        deps.failed(error);
        return () => undefined;
      }),
    };
    watched.set(subject, entry);
    take(wordOn(app, userID));
    return entry;
  }

  /** Whoever has the user answers on the subject of their presence. */
  const ask = ({ app, userID }: Watched): void =>
    bus.publish(userSubject(app, userID), { kind: 'presenceAsked', app, userID });

  function release(entry: Watched): void {
    if (entry.readers > 0 || entry.watchers.size > 0) return;
    const subject = presenceSubject(entry.app, entry.userID);
    if (watched.get(subject) === entry) watched.delete(subject);
    void entry.listening.then((unsubscribe) => unsubscribe());
  }

  /** Who is not known to be online may be so elsewhere: other nodes have a moment to say so. */
  async function read(entries: readonly Watched[]): Promise<UserStatus[]> {
    for (const entry of entries) entry.readers += 1;
    try {
      const unknown = entries.filter((entry) => statusOf(entry).platforms.length === 0);
      if (unknown.length > 0) {
        await Promise.all(unknown.map(({ listening }) => listening));
        unknown.forEach(ask);
        await new Promise<void>((resolve) => clock.after(LIMITS.statusAskMs, resolve));
      }
      return entries.map(statusOf);
    } finally {
      for (const entry of entries) {
        entry.readers -= 1;
        release(entry);
      }
    }
  }

  function unwatch(session: LiveSession, subjects: Iterable<string>): void {
    for (const subject of [...subjects]) {
      const entry = watched.get(subject);
      watching.get(session)?.delete(subject);
      if (entry?.watchers.delete(session)) release(entry);
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
      const resting = [...watched.values()].filter(({ words }) => words.size > 1);
      resting.forEach(ask);
      clock.after(LIMITS.statusAskMs, () => {
        for (const entry of resting) {
          for (const [other, { heardMs }] of entry.words)
            if (other !== node && heardMs < askedMs) entry.words.delete(other);
          tell(entry);
        }
      });
      if (watched.size > 0) refresh();
    });
  }

  return {
    enter: present.enter,
    leave(session, isOver) {
      unwatch(session, watching.get(session) ?? []);
      watching.delete(session);
      present.leave(session, isOver);
    },
    stop() {
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
        if (notice.customMs <= user.customMs) return undefined;
        user.custom = notice.custom;
        user.customMs = notice.customMs;
        speak(app, userID);
      }
      return { userID, platforms: notice.platforms, custom: notice.custom };
    },
    statusesOf: (app, userIDs) => read(userIDs.map((userID) => open(app, userID))),
    setStatus(actor, custom) {
      const { app, userID } = actor;
      const user = present.find(app, userID);
      if (user !== undefined) {
        // Later than any before it, whatever the clocks of the nodes say.
        user.customMs = Math.max(clock.nowMs(), user.customMs + 1);
        user.custom = custom;
      }
      speak(app, userID);
      bus.publish(userSubject(app, userID), { ...wordOn(app, userID), origin: sessionKey(actor) });
      return { userID, platforms: user === undefined ? [] : platformsOf(user), custom };
    },
    watch(actor, userIDs) {
      const session = present.session(actor, sessionKey(actor));
      const entries = userIDs.map((userID) => open(actor.app, userID));
      if (session !== undefined) for (const entry of entries) follow(session, entry);
      if (stopRefresh === undefined) refresh();
      return read(entries);
    },
    unwatch(actor, userIDs) {
      const session = present.session(actor, sessionKey(actor));
      if (session === undefined) return;
      const named = userIDs?.map((userID) => presenceSubject(actor.app, userID));
      unwatch(session, named ?? watching.get(session) ?? []);
    },
  };
}

/** All that the nodes say together. */
function statusOf({ userID, words }: Watched): UserStatus {
  const online = [...words.values()].map(({ word }) => word).filter(({ platforms }) => platforms.length > 0);
  const newest = online.toSorted((a, b) => b.customMs - a.customMs)[0];
  const platforms = new Set(online.flatMap((word) => word.platforms));
  return { userID, platforms: [...platforms].sort(), custom: newest?.custom ?? '' };
}
