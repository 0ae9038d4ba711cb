import { deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { signatureOf } from './claims.ts';
import { type FailureReason, FAILURE_CODES, sign, verify, type VerifyRequest } from './index.ts';
import { MAX_DOCUMENT_BYTES } from './limits.ts';

const KEY = '5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e';
const OTHER_KEY = '0'.repeat(64);
const NOW = 1_700_000_000;
const CLAIMS = { SDKAppID: 1_400_000_000, userID: 'alice', timeS: NOW, expireS: 86_400 };

const good = sign({ ...CLAIMS, secretKey: KEY });

function check(change: Partial<VerifyRequest> = {}) {
  return verify({
    userSig: good,
    userID: 'alice',
    SDKAppID: 1_400_000_000,
    secretKeys: [KEY],
    nowS: NOW,
    ...change,
  });
}

function pack(text: string | Uint8Array): string {
  const base64 = deflateSync(text).toString('base64');
  return base64.replaceAll('+', '*').replaceAll('/', '-').replaceAll('=', '_');
}

function unpackedSize(userSig: string): number {
  const base64 = userSig.replaceAll('*', '+').replaceAll('-', '/').replaceAll('_', '=');
  return inflateSync(Buffer.from(base64, 'base64')).length;
}

/** A UserSig of a document of which some fields are not what `sign` would write. */
function packed(change: Record<string, unknown> = {}): string {
  return pack(
    JSON.stringify({
      'TLS.ver': '2.0',
      'TLS.identifier': CLAIMS.userID,
      'TLS.sdkappid': CLAIMS.SDKAppID,
      'TLS.time': CLAIMS.timeS,
      'TLS.expire': CLAIMS.expireS,
      'TLS.sig': signatureOf(CLAIMS, KEY).toString('base64'),
      ...change,
    }),
  );
}

test('a good UserSig lets its bearer in', () => {
  expect(check()).toEqual({ ok: true, claims: CLAIMS });
});

test('the packing of other languages is as good', () => {
  expect(check({ userSig: packed() })).toEqual({ ok: true, claims: CLAIMS });
});

test('numbers may be written as decimal texts', () => {
  const userSig = packed({ 'TLS.sdkappid': '1400000000', 'TLS.time': '1700000000', 'TLS.expire': '86400' });
  expect(check({ userSig })).toEqual({ ok: true, claims: CLAIMS });
});

test('what nobody signed does no harm', () => {
  expect(check({ userSig: packed({ 'TLS.appid_at_3rd': '0', __proto__: 1 }) })).toMatchObject({ ok: true });
});

test('a userBuf comes back as it was signed, and is signed', () => {
  const userBuf = Uint8Array.from([0, 255, 10, 13]);
  const userSig = sign({ ...CLAIMS, userBuf, secretKey: KEY });
  const result = check({ userSig });
  expect(result.ok && Uint8Array.from(result.claims.userBuf ?? [])).toEqual(userBuf);
  const signature = signatureOf({ ...CLAIMS, userBuf }, KEY).toString('base64');
  expect(check({ userSig: packed({ 'TLS.userbuf': 'AAAA', 'TLS.sig': signature }) })).toMatchObject({
    reason: 'userSigForged',
  });
  expect(check({ userSig: packed({ 'TLS.sig': signature }) })).toMatchObject({ reason: 'userSigForged' });
});

test('any active key will do', () => {
  expect(check({ secretKeys: [OTHER_KEY, KEY] })).toMatchObject({ ok: true });
  expect(check({ secretKeys: [OTHER_KEY] })).toMatchObject({ ok: false, code: 70009 });
});

describe('refusals', () => {
  const bomb = pack(Buffer.alloc(1 << 20, ' '));
  const rows: [string, FailureReason, Partial<VerifyRequest>][] = [
    ['nothing', 'userSigEmpty', { userSig: '' }],
    ['words', 'userSigMalformed', { userSig: 'not a UserSig' }],
    ['base64 of nothing packed', 'userSigMalformed', { userSig: 'abcd' }],
    [
      'the alphabet of the RFC',
      'userSigMalformed',
      { userSig: good.replaceAll('*', '+').replaceAll('_', '=') },
    ],
    ['one that is cut off', 'userSigMalformed', { userSig: good.slice(0, -8) }],
    ['one with a line end behind it', 'userSigMalformed', { userSig: `${good}\n` }],
    ['a megabyte in a kilobyte', 'userSigMalformed', { userSig: bomb }],
    ['one that is too long', 'userSigMalformed', { userSig: 'A'.repeat(4097) }],
    ['bytes that are no UTF-8', 'userSigMalformed', { userSig: pack(Uint8Array.of(34, 255, 34)) }],
    ['no JSON', 'userSigMalformed', { userSig: pack('{"TLS.ver":') }],
    ['null', 'userSigInvalid', { userSig: pack('null') }],
    ['a list', 'userSigInvalid', { userSig: pack('[]') }],
    [
      'the older kind',
      'userSigInvalid',
      { userSig: packed({ 'TLS.ver': undefined, 'TLS.account_type': '0' }) },
    ],
    ['a number for a version', 'userSigInvalid', { userSig: packed({ 'TLS.ver': 2 }) }],
    ['no userID', 'userSigInvalid', { userSig: packed({ 'TLS.identifier': undefined }) }],
    ['an object for a userID', 'userSigInvalid', { userSig: packed({ 'TLS.identifier': {} }) }],
    ['an SDKAppID in hex', 'userSigInvalid', { userSig: packed({ 'TLS.sdkappid': '0x53724e00' }) }],
    ['an SDKAppID past 32 bits', 'userSigInvalid', { userSig: packed({ 'TLS.sdkappid': 2 ** 32 }) }],
    ['a fractional time', 'userSigInvalid', { userSig: packed({ 'TLS.time': 1.5 }) }],
    ['a time as a text with a sign', 'userSigInvalid', { userSig: packed({ 'TLS.time': '+1' }) }],
    ['a negative lifetime', 'userSigInvalid', { userSig: packed({ 'TLS.expire': -1 }) }],
    ['a lifetime without end', 'userSigInvalid', { userSig: packed({ 'TLS.expire': 1e300 }) }],
    ['no signature', 'userSigInvalid', { userSig: packed({ 'TLS.sig': undefined }) }],
    ['a signature that is no base64', 'userSigInvalid', { userSig: packed({ 'TLS.sig': '***' }) }],
    ['a userBuf that is no base64', 'userSigInvalid', { userSig: packed({ 'TLS.userbuf': 'A\n' }) }],
    ['a short signature', 'userSigForged', { userSig: packed({ 'TLS.sig': 'AAAA' }) }],
    ['an empty signature', 'userSigForged', { userSig: packed({ 'TLS.sig': '' }) }],
    ['a longer life than was signed', 'userSigForged', { userSig: packed({ 'TLS.expire': 86_401 }) }],
    ['a later time than was signed', 'userSigForged', { userSig: packed({ 'TLS.time': NOW + 1 }) }],
    [
      'a name put over the signed one',
      'userSigForged',
      { userSig: packed({ 'TLS.identifier': 'bob' }), userID: 'bob' },
    ],
    ['the key as bytes', 'userSigForged', { secretKeys: [Buffer.from(KEY, 'hex').toString('latin1')] }],
    ["another user's", 'userSigOtherUser', { userID: 'bob' }],
    ['another spelling', 'userSigOtherUser', { userID: 'Alice' }],
    ["another app's", 'userSigOtherApp', { SDKAppID: 1_400_000_001 }],
    ['any, for an app without keys', 'noKey', { secretKeys: [] }],
    ['one that ran out', 'userSigExpired', { nowS: NOW + 86_401 }],
    ['one from the future', 'userSigInvalid', { nowS: NOW - 601 }],
  ];

  test.each(rows)('%s → %s', (_, reason, change) => {
    expect(check(change)).toMatchObject({ ok: false, reason, code: FAILURE_CODES[reason] });
  });

  test('every published code has its row', () => {
    expect(new Set(rows.map(([, reason]) => reason))).toEqual(new Set(Object.keys(FAILURE_CODES)));
  });

  test('no refusal quotes the UserSig or a key', () => {
    for (const [, , change] of rows) {
      const result = check(change);
      const userSig = change.userSig ?? good;
      expect(result.ok).toBe(false);
      if (result.ok) continue;
      expect(result.text).not.toContain(KEY);
      if (userSig.length > 8) expect(result.text).not.toContain(userSig);
    }
  });
});

describe('edges', () => {
  test('the last second counts', () => {
    expect(check({ nowS: NOW + 86_400 })).toMatchObject({ ok: true });
  });

  test('a clock ten minutes ahead is forgiven', () => {
    expect(check({ nowS: NOW - 600 })).toMatchObject({ ok: true });
  });

  test('a document of 8 KB is read, one more byte is not', () => {
    const padding = MAX_DOCUMENT_BYTES - unpackedSize(packed({ pad: '' }));
    expect(unpackedSize(packed({ pad: ' '.repeat(padding) }))).toBe(MAX_DOCUMENT_BYTES);
    expect(check({ userSig: packed({ pad: ' '.repeat(padding) }) })).toMatchObject({ ok: true });
    expect(check({ userSig: packed({ pad: ' '.repeat(padding + 1) }) })).toMatchObject({ code: 70003 });
  });
});
