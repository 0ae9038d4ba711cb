import type { MessageEvent } from '@sterna/protocol';
import { sdkError } from '../../errors.ts';
import { HISTORY_PAGE } from '../../limits.ts';
import * as SDK_ERRORS from '../../sdk-errors.ts';
import type { Message } from '../../types/message.ts';
import type { Held } from '../conversations/conversation-store.ts';
import type { EngineContext } from '../engine-module.ts';
import { messageOf, type SentHere } from './incoming.ts';
import { isGone, isWhole, pageBefore, placeOfCursor, rememberCursor, type Placed } from './window.ts';

export interface Page {
  messageList: Message[];
  nextReqMessageID: string;
  isCompleted: boolean;
}

/** Server pages read for one call; a run of messages that this reader may not see gives short ones. */
const READS = 5;

export interface History {
  page(conversationID: string, nextReqMessageID: string | undefined, count: number): Promise<Page>;
  clear(): void;
}

/** Pages of messages, from what is held and from the server, whichever has them. */
export function createHistory(context: EngineContext, sentHere: SentHere): History {
  const { conversations, outlet, request, sync, isConnected } = context;
  /** One reading at a time in each conversation: two would fetch the same page and tear the stretch. */
  const turns = new Map<string, Promise<unknown>>();

  async function read(
    conversationID: string,
    before: number,
    count: number,
  ): Promise<{ placed: Placed[]; isCompleted: boolean }> {
    for (let reads = 0; ; reads++) {
      // Looked up again each time: a fresh start in between holds the conversation anew.
      const held = conversations.hold(conversationID);
      const { window } = held;
      // Where messages are missing, one page of the server is whole, and ours is not.
      const hasHole = before > held.logSeq && sync.isBehind(conversationID);
      if (before < window.floorSeq || hasHole) return readApart(conversationID, before, count);
      const placed = pageBefore(window, before, count);
      const first = placed[0] ? placed[0].place : before;
      const isCompleted = isWhole(window) && pageBefore(window, first, 1).length === 0;
      if (placed.length >= count || isCompleted || reads >= READS) return { placed, isCompleted };
      // Better some of it now than nothing after a long wait.
      if (placed.length > 0 && !isConnected()) return { placed, isCompleted: false };
      await extend(held);
    }
  }

  function take(held: Held, event: MessageEvent): Message {
    const message = messageOf(context, held, event, sentHere.find);
    // A page may be ahead of the log: what it shows, the list may not be behind of.
    if (!event.notLast) conversations.show(held, message, event.timeMs);
    return message;
  }

  /** Reads on where the stretch that is whole begins. */
  async function extend(held: Held): Promise<void> {
    const { window } = held;
    const { floorSeq } = window;
    const { conversationID } = held.view;
    const page = await request('message.history', {
      conversationID,
      limit: HISTORY_PAGE,
      ...(Number.isFinite(floorSeq) && { before: floorSeq }),
    });
    // The device started anew meanwhile.
    if (conversations.hold(conversationID).window !== window) return;
    // What was deleted by me while the page was on its way is not to come back.
    for (const event of page.messages) if (!isGone(window, event.seq)) take(held, event);
    outlet.conversationsChanged();
    window.floorSeq = Math.max(Math.min(window.floorSeq, page.next), window.start + 1);
    if (page.complete) window.start = Math.max(window.start, page.next - 1);
  }

  /** A page of the server's own: what lies between it and what is held is missing here. */
  async function readApart(
    conversationID: string,
    before: number,
    count: number,
  ): Promise<{ placed: Placed[]; isCompleted: boolean }> {
    const page = await request('message.history', {
      conversationID,
      limit: count,
      ...(Number.isFinite(before) && { before: Math.ceil(before) }),
    });
    const held = conversations.hold(conversationID);
    const placed = page.messages.map((event) => ({ place: event.seq, message: take(held, event) }));
    outlet.conversationsChanged();
    return { placed, isCompleted: page.complete };
  }

  async function page(conversationID: string, cursor: string | undefined, count: number): Promise<Page> {
    await sync.settled(conversationID);
    const before = cursor ? placeOfCursor(conversations.hold(conversationID).window, cursor) : Infinity;
    if (before === undefined) throw sdkError(SDK_ERRORS.parameterInvalid, 'nextReqMessageID');
    const { placed, isCompleted } = await read(conversationID, before, count);
    const [first] = placed;
    if (first) rememberCursor(conversations.hold(conversationID).window, first);
    const messageList = placed.map(({ message }) => message);
    return {
      messageList,
      nextReqMessageID: isCompleted ? '' : first ? first.message.ID : cursor || '',
      isCompleted,
    };
  }

  return {
    page(conversationID, cursor, count) {
      const before = turns.get(conversationID) || Promise.resolve();
      const turn = before.then(() => page(conversationID, cursor, count));
      const end = (): void => {
        if (turns.get(conversationID) === ended) turns.delete(conversationID);
      };
      const ended = turn.then(end, end);
      turns.set(conversationID, ended);
      return turn;
    },
    clear: () => turns.clear(),
  };
}
