import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ProcessReadings } from '../metrics.ts';

const RESOLUTION_MS = 10;
const NS = 1e9;

/** Reads the running process. To be disposed of, because it keeps a timer of its own. */
export function openProcessReadings(): ProcessReadings & Disposable {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  return {
    memory() {
      const { rss, heapUsed } = process.memoryUsage();
      return { residentBytes: rss, heapUsedBytes: heapUsed };
    },
    cpuSeconds() {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1e6;
    },
    eventLoopDelay() {
      const reading = {
        p50: delay.percentile(50) / NS,
        p99: delay.percentile(99) / NS,
        max: delay.count === 0 ? 0 : delay.max / NS,
      };
      delay.reset();
      return reading;
    },
    [Symbol.dispose]: () => void delay.disable(),
  };
}
