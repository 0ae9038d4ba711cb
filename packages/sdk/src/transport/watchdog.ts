import { HEARTBEAT_MS, PROBE_MS, TIMER_LATE_MS, WAKE_PROBE_MS } from '../limits.ts';

/** What is known when the watchdog's timer fires. */
export interface Watch {
  /** Since the last frame of the server. */
  silentMs: number;
  /** How much later than asked the timer fired. */
  lateMs: number;
  /** Probes since the last frame. */
  probes: number;
  /** Something was sent since, and everything that is sent is answered. */
  isAwaited: boolean;
}

export type Verdict = { do: 'rest'; ms: number } | { do: 'probe'; ms: number } | { do: 'replace' };

/**
 * Any frame is a sign of life. After a while without one, a short one where an answer is due, a probe asks for it; no answer, and the socket is dead although
 * it says that it is open. A timer that was throttled or slept through proves nothing by itself: its probe is repeated,
 * once, so that a hidden page neither drops a good socket nor keeps a dead one.
 */
export function judge({ silentMs, lateMs, probes, isAwaited }: Watch): Verdict {
  if (silentMs < HEARTBEAT_MS && probes === 0 && !isAwaited)
    return { do: 'rest', ms: HEARTBEAT_MS - silentMs };
  if (probes === 0) return { do: 'probe', ms: PROBE_MS };
  if (probes === 1 && lateMs > TIMER_LATE_MS) return { do: 'probe', ms: WAKE_PROBE_MS };
  return { do: 'replace' };
}
