import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { findChromium } from './chromium.ts';
import { missingNats, missingPostgres } from './services.ts';

describe('finding Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sterna browsers '));
  const browser = join(folder, 'chromium');
  const notes = join(folder, 'google-chrome');
  writeFileSync(browser, '#!/bin/sh\n');
  chmodSync(browser, 0o755);
  writeFileSync(notes, 'not a program');
  chmodSync(notes, 0o644);
  afterAll(() => rmSync(folder, { recursive: true }));

  test('CHROMIUM_PATH comes first', () => {
    expect(findChromium({ CHROMIUM_PATH: browser, PATH: '' })).toBe(browser);
  });

  test('a wrong CHROMIUM_PATH is not replaced by a guess', () => {
    expect(findChromium({ CHROMIUM_PATH: notes, PATH: folder })).toBeUndefined();
  });

  test('then the path', () => {
    expect(findChromium({ PATH: `:${folder}` })).toBe(browser);
    expect(findChromium({ CHROMIUM_PATH: '', PATH: folder })).toBe(browser);
  });
});

describe('services', () => {
  test('that answer are not missing', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    vi.stubEnv('STERNA_TEST_POSTGRES', `postgres://someone:secret@127.0.0.1:${port}/test`);
    vi.stubEnv('STERNA_TEST_NATS', `nats://127.0.0.1:${port}`);
    expect(await missingPostgres()).toBeUndefined();
    expect(await missingNats()).toBeUndefined();

    await new Promise((resolve) => server.close(resolve));
    const sentence = await missingPostgres();
    expect(sentence).toBe(`PostgreSQL does not answer at 127.0.0.1:${port} (set STERNA_TEST_POSTGRES)`);
    vi.unstubAllEnvs();
  });
});
