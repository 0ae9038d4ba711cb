import type { ReplyOf, RequestOf } from '@sterna/protocol';
import { sdkError, type ImError } from '../../errors.ts';
import { QUEUE, SEND_DEADLINE_MS } from '../../limits.ts';
import type { Cancel } from '../../platform/platform.ts';
import * as SDK_ERRORS from '../../sdk-errors.ts';
import type { EndRequest } from '../../transport/requests.ts';
import type { EngineContext } from '../engine-module.ts';

export type SendBody = RequestOf<'message.send'>;
export type SendReply = ReplyOf<'message.send'>;

/**
 * How one message ended: the server has it, or nobody knows any more and nothing is tried again. After such an end an
 * answer may still come, and the message was stored after all.
 */
export type Sent = { isOk: true; reply: SendReply | undefined } | { isOk: false; error: ImError };

interface Entry {
  body: SendBody;
  settle(sent: Sent): void;
  cancelDeadline: Cancel;
  stop?: EndRequest;
}

export interface Outbox {
  send(body: SendBody, settle: (sent: Sent) => void): void;
  /** The log has this message: whatever the reply would have said. */
  confirm(conversationID: string, clientID: string): void;
  clear(error: ImError): void;
}

/**
 * Sends until the deadline, over as many connections as it takes, always with the same client id, so that the server
 * stores it once. In one conversation a message leaves when the one before it is settled: whatever the server refuses for
 * a moment, or a connection swallows, no later message of this device can have taken its place.
 */
export function createOutbox(context: Pick<EngineContext, 'call' | 'timers' | 'isConnected'>): Outbox {
  const { call, timers, isConnected } = context;
  const queues = new Map<string, Entry[]>();
  let size = 0;

  function transmit(entry: Entry): void {
    entry.stop = call(
      'message.send',
      entry.body,
      (answer) => {
        if (isOpen(entry)) settle(entry, answer);
        else if (answer.isOk) entry.settle(answer);
      },
      { deadlineMs: false },
    );
  }

  function isOpen(entry: Entry): boolean {
    return (queues.get(entry.body.conversationID) || []).includes(entry);
  }

  function settle(entry: Entry, sent: Sent): void {
    const { conversationID } = entry.body;
    const queue = queues.get(conversationID) || [];
    const index = queue.indexOf(entry);
    if (index < 0) return;
    queue.splice(index, 1);
    size -= 1;
    if (queue.length === 0) queues.delete(conversationID);
    entry.cancelDeadline();
    // Given up, not undone: the answer may only be slow.
    if (entry.stop) entry.stop(sent.isOk ? undefined : 'listen');
    entry.settle(sent);
    const [next] = queue;
    if (next && index === 0) transmit(next);
  }

  function giveUp(entry: Entry): void {
    settle(entry, {
      isOk: false,
      error: sdkError(isConnected() ? SDK_ERRORS.timeout : SDK_ERRORS.network),
    });
  }

  return {
    send(body, settleOne) {
      if (size >= QUEUE) {
        return settleOne({
          isOk: false,
          error: sdkError(SDK_ERRORS.tooFrequent, `${QUEUE} wait already`),
        });
      }
      const entry: Entry = {
        body,
        settle: settleOne,
        cancelDeadline: timers.setTimer(SEND_DEADLINE_MS, () => giveUp(entry)),
      };
      const queue = queues.get(body.conversationID) || [];
      queue.push(entry);
      queues.set(body.conversationID, queue);
      size += 1;
      if (queue.length === 1) transmit(entry);
    },
    confirm(conversationID, clientID) {
      const entry = (queues.get(conversationID) || []).find(({ body }) => body.clientID === clientID);
      if (entry) settle(entry, { isOk: true, reply: undefined });
    },
    clear(error) {
      for (const queue of queues.values())
        for (const entry of [...queue]) settle(entry, { isOk: false, error });
    },
  };
}
