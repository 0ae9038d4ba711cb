import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkKey, fileNameOf, isKeyOf, newKeyPrefix, safeFileName, userPrefix } from './object-key.ts';
import { signedRequest } from './testing/cos-client.ts';
import { seededRandom } from './testing/seeded-random.ts';
import { MemoryService } from './testing/memory-service.ts';

test.each<[string, string | undefined]>([
  ['1/alice/r/a.txt', undefined],
  ['1/alice/r/照片 (1) 👍.png', undefined],
  ['1/alice/r/CON', undefined],
  ['1/alice/r/a:b*c?d"e<f>g|h', undefined],
  ['1/alice/r/back\\slash', undefined],
  ['1/alice/r/...', undefined],
  ['1/alice/r/exe\u202egnp.txt', undefined],
  ['1/alice/../bob/a', 'invalidKey'],
  ['1/alice/./a', 'invalidKey'],
  ['1/alice//a', 'invalidKey'],
  ['/1/alice/a', 'invalidKey'],
  ['1/alice/a/', 'invalidKey'],
  ['', 'invalidKey'],
  ['..', 'invalidKey'],
  ['1/alice/nul\0', 'invalidKey'],
  ['1/alice/line\r\nSet-Cookie: a', 'invalidKey'],
  ['1/alice/\u0085', 'invalidKey'],
  ['1/alice/\ud800', 'invalidKey'],
  ['k'.repeat(850), undefined],
  ['k'.repeat(851), 'keyTooLong'],
  ['é'.repeat(425), undefined],
  [`${'é'.repeat(425)}k`, 'keyTooLong'],
])('key %j', (key, reason) => {
  if (reason === undefined) checkKey(key);
  else expect(() => checkKey(key)).toThrow(expect.objectContaining({ reason }));
});

test.each<[string, string]>([
  ['a.txt', 'a.txt'],
  ['C:\\Users\\me\\a.txt', 'a.txt'],
  ['../../etc/passwd', 'passwd'],
  ['a\0b\r\nc.txt', 'abc.txt'],
  ['  ', 'file'],
  ['..', 'file'],
  ['', 'file'],
  ['/', 'file'],
  ['照片.png', '照片.png'],
  [`${'长'.repeat(100)}.jpeg`, `${'长'.repeat(58)}.jpeg`],
  [`${'👍'.repeat(100)}.png`, `${'👍'.repeat(44)}.png`],
  ['\ud800.txt', '\ufffd.txt'],
])('file name %j becomes %j', (given, expected) => {
  expect(safeFileName(given)).toBe(expected);
});

test('whatever a file is called, its key is one', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.string({ unit: 'binary', maxLength: 40 }),
      (name, user) => {
        const key = newKeyPrefix(seededRandom('keys'), '1400000000', user) + safeFileName(name);
        checkKey(key);
        expect(key.split('/')).toHaveLength(4);
        expect(fileNameOf(key)).toBe(safeFileName(name));
      },
    ),
  );
});

test.each([
  ['its own', (key: string) => key, true],
  ["another user's", (key: string) => key.replace('alice', 'bob'), false],
  ["another app's", (key: string) => key.replace(/^1/, '2'), false],
  ['one folder deeper', (key: string) => key.replace('a.txt', 'b/a.txt'), false],
  ['without a folder', () => '1/alice/a.txt', false],
  ['in a folder that was not made for it', () => '1/alice/mine/a.txt', false],
  ['without a name', (key: string) => key.replace('a.txt', ''), false],
  ['with dots for a name', (key: string) => key.replace('a.txt', '..'), false],
])('a key that is %s', (_, change, expected) => {
  const key = change(`${newKeyPrefix(seededRandom('own'), '1', 'alice')}a.txt`);
  expect(isKeyOf('1', 'alice', key)).toBe(expected);
});

test('no two users share a prefix', () => {
  const id = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.string({ unit: fc.constantFrom('a', '~', '/', '-', '_') }),
  );
  fc.assert(
    fc.property(id, id, id, id, (app, user, otherApp, otherUser) => {
      fc.pre(app !== otherApp || user !== otherUser);
      expect(userPrefix(app, user).startsWith(userPrefix(otherApp, otherUser))).toBe(false);
    }),
  );
});

test.each([
  ['/1/alice/%2e%2e/bob/x', 400, 'InvalidObjectName'],
  ['/1/alice/..%2fbob/x', 400, 'InvalidObjectName'],
  ['/1/alice/../bob/x', 400, 'InvalidObjectName'],
  ['/1/alice/%00', 400, 'InvalidObjectName'],
  ['/1/alice/%', 400, 'InvalidURI'],
  ['/1/alice/%ff%fe', 400, 'InvalidURI'],
  [`/1/alice/${'k'.repeat(2000)}`, 400, 'KeyTooLong'],
  ['//1/alice/x', 403, 'AccessDenied'],
  ['http://other/1/alice/x', 400, 'InvalidURI'],
  ['*', 400, 'InvalidURI'],
])('PUT %s', async (target, status, code) => {
  const memory = new MemoryService();
  const readable = !/%(?:$|ff)/.test(target);
  const key = readable ? decodeURIComponent(target.slice(1)) : 'none';
  const request = signedRequest(memory.credential(), { method: 'PUT', key, body: Buffer.from('x') });
  expect(await memory.receive({ ...request, target })).toMatchObject({ status, code });
  expect(await memory.blobIDs()).toEqual([]);
});
