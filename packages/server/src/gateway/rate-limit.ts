/** A token bucket: `burst` at once, `perSecond` in the long run. Time is monotonic, so a clock step frees nothing. */
export function createRateLimit(
  perSecond: number,
  burst: number,
  nowMs: number,
): { take(nowMs: number): boolean } {
  let tokens = burst;
  let filledMs = nowMs;
  return {
    take(now) {
      tokens = Math.min(burst, tokens + ((now - filledMs) * perSecond) / 1000);
      filledMs = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
