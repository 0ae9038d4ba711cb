/** Time as the domain sees it. Nothing in the core reads a clock of its own. */
export interface Clock {
  /** Milliseconds since 1970. May step back; see `Head.timeMs` for what messages carry. */
  nowMs(): number;
  /** Milliseconds that never step back; only differences mean anything. */
  monotonicMs(): number;
  /** Runs `run` once after `delayMs`; the result cancels it. */
  after(delayMs: number, run: () => void): () => void;
}
