import { LOCALS_HELD, MESSAGES_HELD, MESSAGES_KEPT } from '../../limits.ts';
import type { Message } from '../../types/message.ts';
import { keepNewest } from '../keep-newest.ts';
import type { News } from './message-from.ts';

/** A message by me that has no number yet: it stands behind the message that was the newest when it was sent. */
export interface LocalMessage {
  message: Message;
  after: number;
}

/**
 * The messages of one conversation that are held. From `floorSeq` on nothing visible is missing; below it single ones may be
 * held: the last message of a conversation not yet opened, a backlog.
 */
export interface Window {
  bySeq: Map<number, Message>;
  /** Numbers of messages that are not in the unread count: they never were, or their recall took them out. */
  uncounted: Set<number>;
  /** Deleted by me: they may come again, as the answer to their sending, say. */
  deleted: Set<number>;
  /** What the log said of messages that are not held: a page that was read before may bring what they were. */
  news: Map<number, News>;
  floorSeq: number;
  /** Nothing visible lies at this number or below. */
  start: number;
  locals: LocalMessage[];
  /** Messages that earlier pages ended with, by ID: where the next page goes on, even if they are not held any more. */
  cursors: Map<string, number>;
}

/** Cursors that are remembered; an application pages back in one place at a time. */
const CURSORS = 50;

/** `floorSeq` is infinite where it is not known which message comes first. */
export function createWindow(floorSeq: number): Window {
  return {
    bySeq: new Map(),
    uncounted: new Set(),
    deleted: new Set(),
    news: new Map(),
    floorSeq,
    start: 0,
    locals: [],
    cursors: new Map(),
  };
}

export interface Placed {
  place: number;
  message: Message;
}

/** The newest messages before a place, from the stretch that is whole, oldest first. */
export function pageBefore(window: Window, before: number, count: number): Placed[] {
  const placed: Placed[] = [];
  for (const [place, message] of window.bySeq) {
    if (place >= window.floorSeq && place < before) placed.push({ place, message });
  }
  for (const local of window.locals) {
    const place = placeOf(window, local);
    if (local.after >= window.floorSeq - 1 && place < before) placed.push({ place, message: local.message });
  }
  placed.sort((a, b) => a.place - b.place);
  return placed.slice(-count);
}

/** Behind the newest message, and those of mine that were sent before and have no number either. */
export function addLocal(window: Window, message: Message, newest: number): void {
  const locals = window.locals.filter((local) => local.message.ID !== message.ID);
  window.locals = [...locals, { message, after: newest }];
}

/** It has a number now: what was sent later and has none stands behind it. */
export function settleLocal(window: Window, { ID, sequence }: Message): void {
  const index = window.locals.findIndex(({ message }) => message.ID === ID);
  if (index < 0) return;
  window.locals.splice(index, 1);
  for (const local of window.locals.slice(index)) local.after = Math.max(local.after, sequence);
}

/** Failed messages stay in view, but not without end: the oldest are forgotten first. */
export function boundFailed(window: Window): void {
  const failed = window.locals.filter(({ message }) => message.status === 'fail');
  const gone = new Set(failed.slice(0, -LOCALS_HELD));
  window.locals = window.locals.filter((local) => !gone.has(local));
}

/** Between the message that it followed and the next: call order decides among several. */
function placeOf(window: Window, local: LocalMessage): number {
  return local.after + (window.locals.indexOf(local) + 1) / (window.locals.length + 1);
}

/** Where paging goes on before this message; nothing for an ID that no page ended with. */
export function placeOfCursor(window: Window, messageID: string): number | undefined {
  for (const [seq, message] of window.bySeq) if (message.ID === messageID) return seq;
  const local = window.locals.find(({ message }) => message.ID === messageID);
  return local ? placeOf(window, local) : window.cursors.get(messageID);
}

export function rememberCursor(window: Window, { message, place }: Placed): void {
  window.cursors.delete(message.ID);
  keepNewest(window.cursors.set(message.ID, place), CURSORS);
}

/** Whether a message was deleted by me, though it may come yet: as the answer to its sending, say. */
export function isGone({ start, deleted }: Window, seq: number): boolean {
  return seq <= start || deleted.has(seq);
}

/** There is a newer state of a message that is not held: there, too, for as long as somebody waits for an answer. */
export function noteNews({ news }: Window, seq: number, one: News): void {
  keepNewest(news.set(seq, one), MESSAGES_HELD);
}

/** A message is gone for me alone. */
export function drop({ bySeq, deleted, uncounted }: Window, seq: number): void {
  const message = bySeq.get(seq);
  if (message) message.isDeleted = true;
  // It may still come for as long as somebody waits for an answer: by the time there are so many, the oldest will not.
  keepNewest(deleted.add(seq), MESSAGES_HELD);
  bySeq.delete(seq);
  // Its recall, if that is still to come, takes nothing away.
  uncounted.add(seq);
}

/** Nothing older than this is left to read. */
export function isWhole(window: Window): boolean {
  return window.floorSeq <= window.start + 1;
}

/** Forgets the oldest once there are too many. What is forgotten is read again when somebody pages back. */
export function trim(window: Window, keep = MESSAGES_KEPT, most = MESSAGES_HELD): void {
  if (window.bySeq.size <= most) return;
  const numbers = [...window.bySeq.keys()].sort((a, b) => a - b);
  for (const seq of numbers.slice(0, -keep)) {
    window.bySeq.delete(seq);
    window.uncounted.delete(seq);
    window.floorSeq = Math.max(window.floorSeq, seq + 1);
  }
}

/** The numbers up to `seq` are gone for me. */
export function dropThrough(window: Window, through: number): void {
  for (const [seq, message] of window.bySeq)
    if (seq <= through) {
      message.isDeleted = true;
      window.bySeq.delete(seq);
    }
  for (const seq of window.uncounted) if (seq <= through) window.uncounted.delete(seq);
  window.locals = window.locals.filter(
    ({ after, message }) => after > through || message.status === 'unSend',
  );
  window.start = Math.max(window.start, through);
  window.floorSeq = Math.max(window.floorSeq, through + 1);
}
