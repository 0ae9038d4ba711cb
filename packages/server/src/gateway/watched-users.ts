import {
  type Bus,
  type Clock,
  type PresenceNotice,
  presenceSubject,
  type UserStatus,
  userSubject,
} from '@sterna/core';
import { LIMITS } from '@sterna/protocol';
import type { LiveSession } from './session.ts';

/** A user of whom somebody here wants to know: what each node has said, and who is to be told. */
export interface Watched {
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

/** All of these, and what is asked of the nodes that have them. */
export interface WatchedUsers {
  open(app: number, userID: string): Watched;
  find(subject: string): Watched | undefined;
  all(): Watched[];
  /** Nobody may want to know of the user any more. */
  release(entry: Watched): void;
  /** The newest word of its node. */
  take(word: PresenceNotice): void;
  /** Whoever has the user answers on the subject of their presence. */
  ask(entry: Watched): void;
  /** Who is not known to be online may be so elsewhere, or, for as long as `mayCome` says, about to be here. */
  read(entries: readonly Watched[], mayCome?: () => boolean): Promise<UserStatus[]>;
  /** What the user says by the words of all nodes, each asked anew. */
  customOf(app: number, userID: string): Promise<string>;
}

export function createWatchedUsers(parts: {
  bus: Bus;
  clock: Clock;
  /** This node's own word. */
  wordOn(app: number, userID: string): PresenceNotice;
  changed(entry: Watched): void;
  failed(error: unknown): void;
}): WatchedUsers {
  const { bus, clock } = parts;
  const watched = new Map<string, Watched>();

  function take(word: PresenceNotice): void {
    const entry = watched.get(presenceSubject(word.app, word.userID));
    const known = entry?.words.get(word.node);
    if (entry === undefined || (known !== undefined && known.word.number >= word.number)) return;
    entry.words.set(word.node, { word, heardMs: clock.monotonicMs() });
    parts.changed(entry);
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
        parts.failed(error);
        return () => undefined;
      }),
    };
    watched.set(subject, entry);
    take(parts.wordOn(app, userID));
    return entry;
  }

  const ask = ({ app, userID }: Watched): void =>
    bus.publish(userSubject(app, userID), { kind: 'presenceAsked', app, userID });

  function release(entry: Watched): void {
    if (entry.readers > 0 || entry.watchers.size > 0) return;
    const subject = presenceSubject(entry.app, entry.userID);
    if (watched.get(subject) === entry) watched.delete(subject);
    void entry.listening.then((unsubscribe) => unsubscribe());
  }

  const pause = (): Promise<void> =>
    new Promise((resolve) => void clock.after(LIMITS.statusAskMs, () => resolve()));

  /** Other nodes have a moment to say what they know. */
  async function askAround(entries: readonly Watched[]): Promise<void> {
    await Promise.all(entries.map(({ listening }) => listening));
    entries.forEach(ask);
    await pause();
  }

  async function held<Value>(entries: readonly Watched[], work: () => Promise<Value>): Promise<Value> {
    for (const entry of entries) entry.readers += 1;
    try {
      return await work();
    } finally {
      for (const entry of entries) {
        entry.readers -= 1;
        release(entry);
      }
    }
  }

  return {
    open,
    find: (subject) => watched.get(subject),
    all: () => [...watched.values()],
    release,
    take,
    ask,
    read: (entries, mayCome = () => false) =>
      held(entries, async () => {
        const isUnknown = (entry: Watched): boolean => statusOf(entry).platforms.length === 0;
        const unknown = entries.filter(isUnknown);
        if (unknown.length > 0) await askAround(unknown);
        while (mayCome() && unknown.some(isUnknown)) await pause();
        return entries.map(statusOf);
      }),
    async customOf(app, userID) {
      const entry = open(app, userID);
      await held([entry], () => askAround([entry]));
      return statusOf(entry).custom;
    },
  };
}

/** All that the nodes say together. */
export function statusOf({ userID, words }: Watched): UserStatus {
  const online = [...words.values()].map(({ word }) => word).filter(({ platforms }) => platforms.length > 0);
  const newest = online.toSorted((a, b) => b.customMs - a.customMs)[0];
  const platforms = new Set(online.flatMap((word) => word.platforms));
  return { userID, platforms: [...platforms].sort(), custom: newest?.custom ?? '' };
}
