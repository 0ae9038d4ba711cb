import { isTopic } from '@sterna/core';
import type { Line } from '../history/history.ts';
import type { Simulation } from './simulation.ts';

type Untimed<L> = L extends { t: number } ? Omit<L, 't'> : never;

/** The history of a run in the making. */
export class Recorder {
  readonly lines: Line[] = [];
  readonly #simulation: Simulation;
  #calls = 0;
  #walks = 0;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
  }

  /** Calls that have not ended. */
  open = 0;

  /** Something that happened now. */
  write(line: Untimed<Line>): void {
    if (line.op === 'invoke') this.open += 1;
    if (line.op === 'ok' || line.op === 'fail' || line.op === 'info') this.open -= 1;
    // Sound: `Untimed` takes from each kind of line the one field that is put back here.
    this.lines.push({ t: this.#simulation.nowMs, ...line } as Line);
  }

  /** Something of the end, which has no time. */
  conclude(line: Extract<Line, { op: 'meta' | 'log' | 'mark' | 'gone' | 'counted' | 'live' }>): void {
    this.lines.push(line);
  }

  nextCall(): number {
    return ++this.#calls;
  }

  nextWalk(): number {
    return ++this.#walks;
  }
}

/** Live rooms are groups whose IDs begin so. */
export const ROOM = 'room-';

/** A conversation's name in the history, from what one user calls it. */
export function conversationName(user: string, conversationID: string): string {
  if (conversationID.startsWith('C2C')) return `c2c:${[user, conversationID.slice(3)].sort().join(':')}`;
  if (conversationID.startsWith(`GROUP${ROOM}`)) return `room:${conversationID.slice(5)}`;
  if (isTopic(conversationID)) return `topic:${conversationID.slice(5)}`;
  if (conversationID.startsWith('GROUP')) return `group:${conversationID.slice(5)}`;
  return `system:${user}`;
}

/** What a user calls a conversation of the history. */
export function conversationIDFor(user: string, conv: string): string {
  const [kind, ...names] = conv.split(':');
  if (kind === 'group' || kind === 'topic') return `GROUP${names.join(':')}`;
  if (kind === 'system') return '@TIM#SYSTEM';
  return `C2C${names.find((name) => name !== user) ?? user}`;
}
