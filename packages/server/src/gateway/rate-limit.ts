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
  const every = (ms: number, calls: number) => createRateLimit((calls * 1000) / ms, calls, nowMs);
  const counters = every(LIMITS.groupCallsMs, LIMITS.counterCalls);
  const own = new Map<CommandName, typeof all>([
    ['status.get', every(LIMITS.statusReadingsMs, LIMITS.statusReadings)],
    ['search.messages', every(1_000, LIMITS.searchesPerSecond)],
    ['group.changeAttributes', every(LIMITS.groupCallsMs, LIMITS.attributeChanges)],
    ['group.attributes', every(LIMITS.groupCallsMs, LIMITS.attributeReadings)],
    ['group.changeCounters', counters],
    ['group.counters', counters],
  ]);
  return (name, now) => all.take(now) && own.get(name)?.take(now) !== false;
}
