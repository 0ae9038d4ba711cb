import { type CommandName, LIMITS } from '@sterna/protocol';

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

/** How often one connection may ask: for anything, and for what the published pages bound by itself. */
export function createCallRates(
  { requestsPerSecond, requestBurst }: { requestsPerSecond: number; requestBurst: number },
  nowMs: number,
): (name: CommandName, nowMs: number) => boolean {
  const all = createRateLimit(requestsPerSecond, requestBurst, nowMs);
  const statusesPerSecond = (LIMITS.statusReadings * 1000) / LIMITS.statusReadingsMs;
  const statuses = createRateLimit(statusesPerSecond, LIMITS.statusReadings, nowMs);
  const searches = createRateLimit(LIMITS.searchesPerSecond, LIMITS.searchesPerSecond, nowMs);
  const own = new Map<CommandName, typeof all>([
    ['status.get', statuses],
    ['search.messages', searches],
  ]);
  return (name, now) => all.take(now) && own.get(name)?.take(now) !== false;
}
