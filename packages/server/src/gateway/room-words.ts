import {
  type Bus,
  type Clock,
  groupSubject,
  type RoomQuestion,
  type RoomWord,
  type Visitor,
} from '@sterna/core';
import { LIMITS, type MessageEvent } from '@sterna/protocol';

/** At most so often a node says that its number has changed. */
const CHANGE_MS = 1_000;

/** What nodes tell one another of a room. Where there is one node only, nothing. */
export interface RoomWords {
  /** How many are in the room on the other nodes, as far as those have said so. */
  elsewhere(): number;
  /** The number here has changed. */
  changed(): void;
  hear(notice: RoomWord | RoomQuestion): void;
  /** Asks the other nodes, and waits for a moment: for the first answer, if one is enough. */
  ask(wants: RoomQuestion['wants']): Promise<RoomWord[]>;
  /** The last of this node has gone. */
  stop(): void;
}

export function createRoomWords(options: {
  bus: Bus;
  clock: Clock;
  node: string;
  app: number;
  groupID: string;
  here: { count(): number; visitors(): Visitor[]; history(): MessageEvent[] };
}): RoomWords {
  const { bus, clock, node, app, groupID, here } = options;
  const subject = groupSubject(app, groupID);
  const words = new Map<string, { word: RoomWord; heardMs: number }>();
  const askers = new Set<(word: RoomWord) => void>();
  let spoken = 0;
  let cancelChange: (() => void) | undefined;
  let cancelBeat: (() => void) | undefined;

  function speak(more: Pick<RoomWord, 'visitors' | 'history'> = {}): void {
    if (bus.isAlone) return;
    bus.publish(subject, {
      kind: 'roomWord',
      node,
      number: ++spoken,
      app,
      groupID,
      count: here.count(),
      ...more,
    });
  }

  function beat(): void {
    if (bus.isAlone) return;
    cancelBeat = clock.after(LIMITS.roomBeatMs, () => {
      speak();
      beat();
    });
  }

  function take(word: RoomWord): void {
    const known = words.get(word.node);
    if (known === undefined || known.word.number < word.number)
      words.set(word.node, { word, heardMs: clock.monotonicMs() });
    for (const asker of askers) asker(word);
  }

  beat();

  return {
    elsewhere() {
      const oldestMs = clock.monotonicMs() - LIMITS.roomBeatMs * LIMITS.roomBeatsMissed;
      let count = 0;
      for (const [other, { word, heardMs }] of words) {
        if (heardMs < oldestMs) words.delete(other);
        else count += word.count;
      }
      return count;
    },
    changed() {
      if (bus.isAlone) return;
      cancelChange ??= clock.after(CHANGE_MS, () => {
        cancelChange = undefined;
        speak();
      });
    },
    hear(notice) {
      if (notice.node === node) return;
      if (notice.kind === 'roomWord') take(notice);
      else if (notice.wants === 'visitors') speak({ visitors: here.visitors() });
      else if (notice.wants === 'history') speak({ history: here.history() });
      else speak();
    },
    async ask(wants) {
      if (bus.isAlone) return [];
      const heard: RoomWord[] = [];
      const first = new Promise<void>((resolve) => {
        const asker = (word: RoomWord): void => {
          heard.push(word);
          if (wants === 'history' && word.history !== undefined) resolve();
        };
        askers.add(asker);
        clock.after(LIMITS.statusAskMs, () => {
          askers.delete(asker);
          resolve();
        });
      });
      bus.publish(subject, { kind: 'roomAsked', node, app, groupID, wants });
      await first;
      return heard;
    },
    stop() {
      cancelChange?.();
      cancelBeat?.();
      speak();
    },
  };
}
