import type { Bus, Notice } from '@sterna/core';
import type { LogFeed } from './log-feed.ts';

/** What every hub does with what the bus and the sweep bring. */
export interface Fed {
  readonly feed: LogFeed;
  receive(notice: Notice): void;
}

/** A hub in the making or made, with what holds it. */
interface Held<Hub> {
  ready: Promise<Hub>;
  hub?: Hub;
  holders: number;
  unsubscribe?: () => void;
  /** How far its log is known to have grown while the hub was being made. */
  grownTo: number;
}

/** Hubs by the subject that they listen to: each is there for as long as somebody holds it. */
export interface HeldHubs<Hub> {
  /** The hub, made where it is not there. Give it back with `release`. */
  hold(subject: string, make: () => Promise<Hub>): Promise<Hub>;
  /** Whether this was the last holder, so that the hub is no more. */
  release(subject: string, hub: Hub): boolean;
  find(subject: string): Hub | undefined;
  made(): Iterable<Hub>;
  readonly size: number;
  /** The log of a hub is known to stand at `pos`. */
  grown(subject: string, pos: number): void;
  /** Whoever comes from now on gets new ones; the old ones hear nothing any more, and end with their holders. */
  forget(): void;
}

export function createHeldHubs<Hub extends Fed>(bus: Bus): HeldHubs<Hub> {
  const held = new Map<string, Held<Hub>>();

  /** Subscribes first and reads after, so that nothing falls between; what comes meanwhile waits. */
  function open(subject: string, make: () => Promise<Hub>): Held<Hub> {
    const early: Notice[] = [];
    const entry: Held<Hub> = {
      holders: 0,
      grownTo: 0,
      ready: Promise.resolve().then(async () => {
        entry.unsubscribe = await bus.subscribe(subject, (notice) => {
          if (entry.hub === undefined) early.push(notice);
          else entry.hub.receive(notice);
        });
        const hub = await make();
        entry.hub = hub;
        for (const notice of early.splice(0)) hub.receive(notice);
        hub.feed.catchUp(entry.grownTo);
        return hub;
      }),
    };
    held.set(subject, entry);
    entry.ready.catch(() => {
      entry.unsubscribe?.();
      if (held.get(subject) === entry) held.delete(subject);
    });
    return entry;
  }

  return {
    async hold(subject, make) {
      const entry = held.get(subject) ?? open(subject, make);
      entry.holders += 1;
      return entry.ready;
    },
    release(subject, hub) {
      const entry = held.get(subject);
      // One that was forgotten has no entry: another may have its place by now.
      if (entry?.hub !== hub) return false;
      entry.holders -= 1;
      if (entry.holders > 0) return false;
      held.delete(subject);
      entry.unsubscribe?.();
      return true;
    },
    find: (subject) => held.get(subject)?.hub,
    *made() {
      for (const { hub } of held.values()) if (hub !== undefined) yield hub;
    },
    get size() {
      return held.size;
    },
    grown(subject, pos) {
      const entry = held.get(subject);
      if (entry === undefined) return;
      entry.grownTo = pos;
      entry.hub?.feed.catchUp(pos);
    },
    forget() {
      for (const entry of held.values())
        entry.ready.then(
          () => entry.unsubscribe?.(),
          () => undefined,
        );
      held.clear();
    },
  };
}
