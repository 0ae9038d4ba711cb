import type { CommandName, ReplyOf, RequestOf } from '@sterna/protocol';
import { sdkError, type ImError } from '../errors.ts';
import { FRAME_BYTES, QUEUE, REQUEST_DEADLINE_MS, WINDOW } from '../limits.ts';
import type { Cancel, Platform } from '../platform/platform.ts';
import * as SDK_ERRORS from '../sdk-errors.ts';
import { isTransient } from './codes.ts';
import { retryDelayMs } from './connection.ts';
import { utf8Bytes } from './utf8-bytes.ts';

/** How a request may be treated; what is not said is the ordinary. */
export interface RequestOptions {
  /** `false`: the caller watches the time and cancels. */
  deadlineMs?: number | false;
  /** May be on the wire before the server knows us, and dies with its socket: login, logout, signs of life. */
  ofTheSocket?: boolean;
  /** Must not be sent again when its answer was lost. */
  once?: boolean;
}

export type Answer<Body> = { isOk: true; reply: Body } | { isOk: false; error: ImError };

/** A refusal is no outage: the wait before the next attempt grows to seconds, not more. */
const REFUSALS_COUNTED = 2;

interface Open {
  text: string;
  /** On the wire now; `false`: it was, and has to go out again. */
  sent?: boolean | undefined;
  options: RequestOptions;
  settle(answer: Answer<unknown>): void;
  cancelDeadline: Cancel | undefined;
  /** Refused for a moment: it waits for its next attempt. */
  pause?: Cancel | undefined;
  refusals: number;
  lastRefusal?: ImError;
}

/** Ends a request. With `listen`, one that is on the wire is not sent again, but its answer is still heard while the socket lives. */
export type EndRequest = (how?: 'listen') => void;

export interface Requests {
  /**
   * Sends one command and calls `answer` exactly once, unless it is cancelled first, in the same turn in which the answer
   * arrives: what stands behind it in the frame must find it applied. Waits for a connection if need be, and goes out
   * again after each that breaks, and after each refusal that says "later", until its deadline.
   */
  call<Name extends CommandName>(
    name: Name,
    body: RequestOf<Name>,
    answer: (answer: Answer<ReplyOf<Name>>) => void,
    options?: RequestOptions,
  ): EndRequest;
  /** Something on the wire has no answer yet. */
  awaits(): boolean;
  /** The server knows us: what waits goes out, in the order of the calls. */
  up(): void;
  /** The socket is gone: what was on it waits for the next one, or is rejected where repeating it is not safe. */
  down(): void;
  /** Hands an answer of the server to its request; an answer to one that is settled already means nothing any more. */
  reply(id: number, body: unknown): void;
  refusal(id: number, error: ImError): void;
  /** Rejects everything: with this what has not left, and as not answered what has. */
  clear(error: ImError): void;
}

export function createRequests(platform: Platform, send: (text: string) => void): Requests {
  const open = new Map<number, Open>();
  let lastID = 0;
  let up = false;
  let onWire = 0;

  function take(id: number): Open | undefined {
    const entry = open.get(id);
    if (!entry) return undefined;
    open.delete(id);
    if (entry.cancelDeadline) entry.cancelDeadline();
    if (entry.pause) entry.pause();
    if (entry.sent) onWire -= 1;
    return entry;
  }

  function settle(id: number, answer: Answer<unknown>): void {
    const entry = take(id);
    if (entry) entry.settle(answer);
    pump();
  }

  function transmit(entry: Open): void {
    entry.sent = true;
    onWire += 1;
    send(entry.text);
  }

  /** Map order is call order, so a message never overtakes one that was sent before it. */
  function pump(): void {
    if (!up || onWire >= WINDOW || open.size === onWire) return;
    for (const entry of open.values()) {
      if (!entry.sent && !entry.pause) transmit(entry);
      if (onWire >= WINDOW) return;
    }
  }

  /** A server that is busy, or shedding load, takes the same request a moment later. */
  function retryLater(entry: Open, error: ImError): void {
    if (entry.sent) onWire -= 1;
    entry.sent = false;
    entry.lastRefusal = error;
    entry.pause = platform.setTimer(
      retryDelayMs(Math.min(++entry.refusals, REFUSALS_COUNTED), platform.random()),
      () => {
        entry.pause = undefined;
        pump();
      },
    );
  }

  return {
    awaits: () => onWire > 0,
    call(name, body, answer, options = {}) {
      const id = ++lastID;
      const text = JSON.stringify([id, name, body]);
      const error = refusedHere(name, text, open.size);
      const { deadlineMs = REQUEST_DEADLINE_MS, ofTheSocket = false } = options;
      const entry: Open = {
        text,
        options,
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the decoder: the server's replies are of the protocol
        settle: answer as (answer: Answer<unknown>) => void,
        cancelDeadline:
          deadlineMs === false
            ? undefined
            : platform.setTimer(deadlineMs, () =>
                settle(id, {
                  isOk: false,
                  error: entry.lastRefusal || sdkError(up ? SDK_ERRORS.timeout : SDK_ERRORS.network, name),
                }),
              ),
        refusals: 0,
      };
      open.set(id, entry);
      // Never inside the call: the caller can cancel before there is an answer.
      if (error) entry.pause = platform.setTimer(0, () => settle(id, { isOk: false, error }));
      else if (ofTheSocket) transmit(entry);
      else pump();
      return (how) => {
        if (how === 'listen' && entry.sent) entry.options = { ofTheSocket: true };
        else take(id);
        pump();
      };
    },
    up() {
      up = true;
      pump();
    },
    down() {
      up = false;
      onWire = 0;
      for (const [id, entry] of [...open]) {
        const doomed = entry.options.ofTheSocket || (entry.sent && entry.options.once);
        entry.sent = entry.sent && false;
        if (doomed)
          settle(id, {
            isOk: false,
            error: sdkError(SDK_ERRORS.network, 'the connection broke'),
          });
      }
    },
    reply: (id, reply) => settle(id, { isOk: true, reply }),
    refusal(id, error) {
      const entry = open.get(id);
      if (!entry) return;
      const { once, ofTheSocket } = entry.options;
      if (isTransient(error.code) && !once && !ofTheSocket) retryLater(entry, error);
      else settle(id, { isOk: false, error });
      pump();
    },
    clear(error) {
      up = false;
      for (const [id, { sent }] of [...open])
        settle(id, {
          isOk: false,
          error: sent === undefined ? error : sdkError(SDK_ERRORS.timeout, error.message),
        });
    },
  };
}

function refusedHere(name: string, text: string, waiting: number): ImError | undefined {
  if (waiting >= QUEUE) return sdkError(SDK_ERRORS.tooFrequent, `${QUEUE} wait already`);
  // The server would close the socket for it, and the next one, and the next.
  return utf8Bytes(text) > FRAME_BYTES
    ? sdkError(SDK_ERRORS.tooLong, `${name} has more than ${FRAME_BYTES} bytes`)
    : undefined;
}
