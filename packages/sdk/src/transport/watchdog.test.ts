import { expect, test } from 'vitest';
import { judge, type Verdict, type Watch } from './watchdog.ts';

test.each<[string, Watch, Verdict]>([
  [
    'a frame came meanwhile',
    { silentMs: 5_000, lateMs: 0, probes: 0, isAwaited: false },
    { do: 'rest', ms: 20_000 },
  ],
  [
    'silence is asked',
    { silentMs: 25_000, lateMs: 0, probes: 0, isAwaited: false },
    { do: 'probe', ms: 5_000 },
  ],
  [
    'silence where an answer is due is asked sooner',
    { silentMs: 5_000, lateMs: 0, probes: 0, isAwaited: true },
    { do: 'probe', ms: 5_000 },
  ],
  ['no answer is the end', { silentMs: 35_000, lateMs: 0, probes: 1, isAwaited: false }, { do: 'replace' }],
  [
    'a hidden page wakes late, and asks',
    { silentMs: 70_000, lateMs: 45_000, probes: 0, isAwaited: false },
    { do: 'probe', ms: 5_000 },
  ],
  [
    'a timer that was slept through is asked again',
    { silentMs: 130_000, lateMs: 50_000, probes: 1, isAwaited: false },
    { do: 'probe', ms: 3_000 },
  ],
  ['but only once', { silentMs: 190_000, lateMs: 50_000, probes: 2, isAwaited: false }, { do: 'replace' }],
  [
    'a probe of a wake that was answered',
    { silentMs: 2_900, lateMs: 0, probes: 0, isAwaited: false },
    { do: 'rest', ms: 22_100 },
  ],
])('%s', (_, watch, verdict) => {
  expect(judge(watch)).toEqual(verdict);
});
