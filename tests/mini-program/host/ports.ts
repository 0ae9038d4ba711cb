/** Where the host has its time from: a virtual clock, or the machine's. */
export interface HostTime {
  nowMs(): number;
  after(ms: number, run: () => void): () => void;
}

/** What a host's socket stands on: a model of a network, or a real one. */
export interface HostNetwork {
  connect(url: string, events: LineEvents): Line;
}

export interface LineEvents {
  opened(): void;
  text(text: string): void;
  /** The other side closed, or the connection broke. The last call. */
  closed(code: number, reason: string): void;
}

export interface Line {
  send(text: string): void;
  /** Says goodbye. No event follows. */
  close(code: number, reason: string): void;
  /** Drops it without a word. No event follows. */
  cut(): void;
}

/** The machine's own time. */
export const realTime: HostTime = {
  nowMs: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
