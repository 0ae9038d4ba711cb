import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { runKillCycles } from '../testing/kill-cycles.ts';
import { runParallelUploads } from '../testing/parallel-uploads.ts';

vi.setConfig({ testTimeout: 120_000 });

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

test('it does not start without a secret', () => {
  const { status, stderr } = spawnSync(process.execPath, [MAIN], { env: { PATH: process.env['PATH'] } });
  expect(status).toBe(1);
  expect(stderr.toString()).toContain('OBJECTS_SECRET must be set');
});

test('killed at any moment, it keeps what it acknowledged and serves nothing half', async () => {
  const report = await runKillCycles({ cycles: 5, seed: 'kill test' });
  expect(report).toMatchObject({ cycles: 5, orphans: 0 });
  // The uploads were really under way, and really interrupted.
  expect(report.acknowledged).toBeGreaterThan(10);
  expect(report.unknown + report.resumed).toBeGreaterThan(0);
});

// The kernel's own count of a process's memory is read where Linux keeps it.
test.runIf(existsSync('/proc/self/status'))('many large bodies at once need little memory', async () => {
  const report = await runParallelUploads({ streams: 50, megabytes: 8 });
  expect(report.stored).toBe(50);
  expect(report.peakMB).toBeGreaterThan(30);
  expect(report.peakMB).toBeLessThan(300);
});
