import { describe, expect, test } from 'vitest';
import { MemoryService } from '../testing/memory-service.ts';

const KEY = '1/alice/r4nd0m/a.txt';
const HOUR = 3_600_000;

describe('the key of a download URL', () => {
  const url = (memory: MemoryService, key = KEY) =>
    memory.service.signGetURL(key, memory.clock.nowMs() + HOUR);

  test('is known even when the URL has run out, and with a rendition asked for', () => {
    const memory = new MemoryService();
    for (const key of [KEY, '1/alice/r4nd0m/照片 (1).png']) {
      const signed = url(memory, key);
      memory.clock.advance(2 * HOUR);
      expect(memory.service.keyOfURL(signed)).toBe(key);
      expect(memory.service.keyOfURL(`${signed}&imageRendition=198`)).toBe(key);
    }
  });

  test('is known of one that was made at another address, if that is asked for', () => {
    const moved = new MemoryService({ publicURL: () => 'https://chat.example.com:9080' });
    const memory = new MemoryService();
    const signed = url(moved, '1/alice/r4nd0m/照片 (1).png');
    expect(memory.service.keyOfURL(signed)).toBeUndefined();
    expect(memory.service.keyOfURL(signed, true)).toBe('1/alice/r4nd0m/照片 (1).png');
    expect(memory.service.keyOfURL(url(memory), true)).toBe(KEY);
    for (const other of [signed.replace('r4nd0m', 'r4nd1m'), signed.replace('https', 'ftp'), 'https://', ''])
      expect(memory.service.keyOfURL(other, true)).toBeUndefined();
  });

  test.each<[string, (signed: string) => string]>([
    ['of another host', (signed) => signed.replace('files.', 'pictures.')],
    ['of a host that begins like ours', (signed) => signed.replace('example.org', 'example.org.test')],
    ['for another key', (signed) => signed.replace('a.txt', 'b.txt')],
    ['with dots in its way', (signed) => signed.replace('r4nd0m', 'x/../r4nd0m')],
    ['for a longer time', (signed) => signed.replace('expires=', 'expires=1')],
    ['without a signature', (signed) => signed.replace(/&signature.*/, '')],
    ['with a broken escape', (signed) => signed.replace('a.txt', '%zz')],
    ['that is none', () => 'http://files.example.org/'],
    ['empty', () => ''],
  ])('is not told of a URL %s', (_, change) => {
    const memory = new MemoryService();
    expect(memory.service.keyOfURL(change(url(memory)))).toBeUndefined();
  });
});
