import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkWindows,
  parseSignature,
  type SignedRequest,
  signRequest,
  verifySignature,
} from './signature.ts';

const credential = { secretID: 'AKID', secretKey: 'sekrit', keyTime: '1700000000;1700003600' };

const request: SignedRequest = {
  method: 'PUT',
  path: '/dir/a.txt',
  query: new Map(),
  headers: { 'content-length': '5', host: '127.0.0.1:9000' },
};

test('the published vector', () => {
  const text = signRequest(credential, request, ['content-length', 'host']);
  expect(text).toBe(
    'q-sign-algorithm=sha1&q-ak=AKID&q-sign-time=1700000000;1700003600&q-key-time=1700000000;1700003600' +
      '&q-header-list=content-length;host&q-url-param-list=' +
      '&q-signature=0bf4cb5b975f9f309fd42a3b92d7bbca0f048506',
  );
});

// Printable text with everything that the encoding treats specially, and letters beyond ASCII.
const word = fc.string({
  unit: fc.constantFrom(...("aZ09-_.~!'()*/ +%&=;?#é群😀".match(/./gu) ?? [])),
  maxLength: 12,
});
const name = fc.string({
  unit: fc.constantFrom(...('abcxyz09-_.!é'.match(/./gu) ?? [])),
  minLength: 1,
  maxLength: 12,
});

const anyRequest: fc.Arbitrary<SignedRequest> = fc.record({
  method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD'),
  path: word.map((key) => `/${key}`),
  query: fc.dictionary(name, word).map((entries) => new Map(Object.entries(entries))),
  headers: fc.dictionary(name, word),
});

describe('for any request', () => {
  test('what was signed verifies', () => {
    fc.assert(
      fc.property(anyRequest, (any) => {
        const signature = parseSignature(signRequest(credential, any, Object.keys(any.headers)));
        verifySignature(signature, credential.secretKey, any);
      }),
    );
  });

  test('a change of anything that is listed is noticed', () => {
    fc.assert(
      fc.property(anyRequest, word, (any, other) => {
        const signature = parseSignature(signRequest(credential, any, Object.keys(any.headers)));
        const changed: SignedRequest[] = [
          { ...any, method: any.method === 'GET' ? 'PUT' : 'GET' },
          { ...any, path: `${any.path}x` },
          ...[...any.query].map(([key, value]) => ({
            ...any,
            query: new Map([...any.query, [key, value === other ? `${other}x` : other]]),
          })),
          ...Object.entries(any.headers).map(([key, value]) => ({
            ...any,
            headers: { ...any.headers, [key]: value === other ? `${other}x` : other },
          })),
        ];
        for (const each of changed) {
          // An absent value and an empty one sign alike.
          expect(() => verifySignature(signature, credential.secretKey, each)).toThrow(/does not match/);
        }
        expect(() => verifySignature(signature, `${credential.secretKey}x`, any)).toThrow(/does not match/);
      }),
    );
  });

  test('no text makes the parser throw anything but its own refusal', () => {
    const mangled = fc
      .tuple(fc.constant(signRequest(credential, request, ['host'])), fc.nat(), word)
      .map(
        ([text, at, insert]) => text.slice(0, at % text.length) + insert + text.slice((at % text.length) + 1),
      );
    fc.assert(
      fc.property(fc.oneof(fc.string(), mangled), (text) => {
        try {
          const signature = parseSignature(text);
          expect(signature.digest).toMatch(/^[0-9a-f]{40}$/);
        } catch (error) {
          expect(error).toMatchObject({ name: 'ObjectError', reason: 'malformedSignature' });
        }
      }),
    );
  });
});

const whole = signRequest(credential, request, ['host']);

test.each<[string, string]>([
  ['nothing', ''],
  ['a field too few', whole.replace(/&q-ak=[^&]*/, '')],
  ['a field twice', `${whole}&q-ak=AKID`],
  ['a field too many', `${whole}&q-other=1`],
  ['another algorithm', whole.replace('sha1', 'md5')],
  ['a truncated signature', whole.slice(0, -1)],
  ['a signature in capitals', whole.replace(/[0-9a-f]{40}$/, (hex) => hex.toUpperCase())],
  ['a window of one time', whole.replace('q-key-time=1700000000;1700003600', 'q-key-time=1700000000')],
  ['a window of words', whole.replace('q-sign-time=1700000000;', 'q-sign-time=now;')],
  ['a name in capitals', whole.replace('q-header-list=host', 'q-header-list=Host')],
  ['a name twice', whole.replace('q-header-list=host', 'q-header-list=host;host')],
  ['a broken escape', whole.replace('q-header-list=host', 'q-header-list=%zz')],
  ['endless text', `${whole}${'x'.repeat(5000)}`],
])('%s is not a signature', (_, text) => {
  expect(() => parseSignature(text)).toThrow(expect.objectContaining({ reason: 'malformedSignature' }));
});

const START = 1_700_000_000_000;
const END = 1_700_003_600_000;

test.each<[string, number, string | undefined]>([
  ['at its start', START, undefined],
  ['just before its end', END - 1, undefined],
  ['at its end', END, 'requestExpired'],
  ['as early as a clock may be ahead', START - 300_000, undefined],
  ['earlier than that', START - 300_001, 'clockSkewed'],
])('%s', (_, nowMs, reason) => {
  const check = () => checkWindows(parseSignature(whole), nowMs);
  if (reason === undefined) check();
  else expect(check).toThrow(expect.objectContaining({ reason }));
});
