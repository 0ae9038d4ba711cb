import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSeededRandom } from '@sterna/core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { type Acked, ackedIn, type WriterSettings, wrongWith } from '../testing/index.ts';

const WRITER = join(import.meta.dirname, '../testing/writer.ts');
const SEED = 20_261_123;
const KILLS = 5;

/** Runs a writer and kills it when it has acknowledged so many messages; answers all that it had acknowledged. */
async function killedAfter(count: number, settings: Omit<WriterSettings, 'fd'>): Promise<Acked[]> {
  const child = spawn(
    process.execPath,
    [WRITER, JSON.stringify({ ...settings, fd: 1 } satisfies WriterSettings)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (ackedIn(said).length >= count) child.kill('SIGKILL');
  });
  await once(child, 'close');
  expect(child.signalCode).toBe('SIGKILL');
  return ackedIn(said);
}

test(
  `${KILLS} times killed while writing, nothing acknowledged is lost (seed ${SEED})`,
  { timeout: 60_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sterna-kill-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'sterna.db');
    const random = createSeededRandom(SEED);
    const acked: Acked[] = [];
    for (let run = 1; run <= KILLS; run++) {
      const settings = { path, seed: run, messages: 1_000_000, pendingRows: 300 };
      acked.push(...(await killedAfter(1 + random.below(400), settings)));
      expect(await wrongWith(path, acked)).toEqual([]);
    }
    expect(acked.length).toBeGreaterThan(KILLS * 50);
  },
);
