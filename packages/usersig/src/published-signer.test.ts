import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { encodeUserBuf, read, sign, verify } from './index.ts';

type PublishedSigner = {
  genUserSig(userID: string, expireS: number): string;
  genPrivateMapKey(userID: string, expireS: number, room: number, privileges: number): string;
  genPrivateMapKeyWithStringRoomID(userID: string, expireS: number, room: string, privileges: number): string;
};

const { Api } = createRequire(import.meta.url)('tls-sig-api-v2') as {
  Api: new (SDKAppID: number, secretKey: string) => PublishedSigner;
};

const KEY = '5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e';
const SDKAppID = 1_400_000_000;
const NOW = 1_700_000_000;
const published = new Api(SDKAppID, KEY);

beforeEach(() => void vi.useFakeTimers({ now: NOW * 1000, toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

describe('against the published signer', () => {
  test.each(['administrator', 'alice', 'a', 'x'.repeat(32), 'a b~!'])(
    '%j: theirs opens our door',
    (userID) => {
      const userSig = published.genUserSig(userID, 86_400);
      expect(verify({ userSig, userID, SDKAppID, secretKeys: [KEY], nowS: NOW })).toEqual({
        ok: true,
        claims: { SDKAppID, userID, timeS: NOW, expireS: 86_400 },
      });
    },
  );

  test.each(['administrator', 'alice', 'x'.repeat(32)])('%j: ours is theirs, byte for byte', (userID) => {
    const ours = sign({ SDKAppID, userID, secretKey: KEY, timeS: NOW, expireS: 604_800 });
    expect(ours).toBe(published.genUserSig(userID, 604_800));
  });

  test.each<[string, number | string, string]>([
    ['a numbered room', 10_000, '000005616c69636553724e000000271065554280000000ff00000000'],
    ['a named room', 'room1', '010005616c69636553724e000000000065554280000000ff000000000005726f6f6d31'],
  ])('the privileges of %s', (_, room, hex) => {
    const userBuf = encodeUserBuf({
      userID: 'alice',
      SDKAppID,
      room,
      expiresAtS: NOW + 86_400,
      privileges: 255,
    });
    expect(userBuf.toString('hex')).toBe(hex);
    const theirs =
      typeof room === 'number'
        ? published.genPrivateMapKey('alice', 86_400, room, 255)
        : published.genPrivateMapKeyWithStringRoomID('alice', 86_400, room, 255);
    expect(sign({ SDKAppID, userID: 'alice', secretKey: KEY, timeS: NOW, expireS: 86_400, userBuf })).toBe(
      theirs,
    );
    const document = read(theirs);
    expect(document.ok && Buffer.from(document.claims.userBuf ?? []).toString('hex')).toBe(hex);
  });

  test.each([
    { room: -1 },
    { room: 2 ** 32 },
    { expiresAtS: 2 ** 32 },
    { SDKAppID: 0 },
    { privileges: -1 },
    { userID: 'x'.repeat(65_536) },
  ])('privileges that do not fit are refused: %j', (change) => {
    const request = { userID: 'alice', SDKAppID, room: 1, expiresAtS: NOW, privileges: 255, ...change };
    expect(() => encodeUserBuf(request)).toThrow(RangeError);
  });
});
