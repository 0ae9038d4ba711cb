/** Who can be asked to send no more for a while. */
export interface Source {
  pause(): void;
  resume(): void;
}

export interface IntakeOptions {
  /** Frames handled in one turn of the event loop: as many as one commit takes, so that no turn is long. */
  perTurn: number;
  /** Bytes of frames that may wait; past them whoever sends more is not read from until half of them are gone. */
  waitingBytes: number;
  /** Runs a function after everything that this turn has ready. */
  schedule?: (run: () => void) => void;
}

/**
 * Frames of all clients, handled in the order in which they came. What is too much for one turn waits as the bytes that it is:
 * decoded, it would be many times as large, and would live as long.
 */
export interface Intake {
  take(source: Source, frame: Buffer, handle: (frame: Buffer) => void): void;
}

interface Waiting {
  frame: Buffer;
  handle: (frame: Buffer) => void;
}

export function createIntake(options: IntakeOptions): Intake {
  const { perTurn, waitingBytes, schedule = setImmediate } = options;
  const held = new Set<Source>();
  let queue: Waiting[] = [];
  /** The first of the queue that has not been handled. */
  let next = 0;
  let bytes = 0;
  let handled = 0;
  let isScheduled = false;

  function count(): void {
    handled += 1;
    if (isScheduled) return;
    isScheduled = true;
    schedule(turn);
  }

  function turn(): void {
    isScheduled = false;
    handled = 0;
    for (let waiting = queue[next]; waiting !== undefined && handled < perTurn; waiting = queue[next]) {
      next += 1;
      bytes -= waiting.frame.length;
      count();
      waiting.handle(waiting.frame);
    }
    if (next * 2 > queue.length) {
      queue = queue.slice(next);
      next = 0;
    }
    if (bytes * 2 <= waitingBytes) release();
  }

  function release(): void {
    for (const source of held) source.resume();
    held.clear();
  }

  return {
    take(source, frame, handle) {
      if (queue.length === 0 && handled < perTurn) {
        count();
        handle(frame);
        return;
      }
      queue.push({ frame, handle });
      bytes += frame.length;
      if (bytes <= waitingBytes || held.has(source)) return;
      held.add(source);
      source.pause();
    },
  };
}
