import { describe, expect, test } from 'vitest';
import { encodePongFrame, encodeTextFrame, type EncodedFrame } from './frame.ts';

const bytesOf = (frame: EncodedFrame): Buffer =>
  typeof frame === 'string' ? Buffer.from(frame, 'latin1') : frame;

/** Reads one unmasked frame as RFC 6455 lays it out; written from the standard, not from the encoder. */
function decode(bytes: Buffer): { first: number; text: string; rest: number } {
  const short = bytes.readUInt8(1);
  const [header, length] =
    short < 126
      ? [2, short]
      : short === 126
        ? [4, bytes.readUInt16BE(2)]
        : [10, Number(bytes.readBigUInt64BE(2))];
  const payload = bytes.subarray(header, header + length);
  return { first: bytes.readUInt8(0), text: payload.toString(), rest: bytes.length - header - length };
}

describe('a text frame', () => {
  test.each([0, 1, 125, 126, 127, 65_535, 65_536, 200_000])('of %i ASCII characters', (length) => {
    const text = 'a'.repeat(length);
    expect(decode(bytesOf(encodeTextFrame(text)))).toEqual({ first: 0x81, text, rest: 0 });
  });

  test.each([
    ['é', 125],
    ['é', 40_000],
    ['你', 41],
    ['你', 42],
    ['你', 21_845],
    ['你', 21_846],
    ['🐦', 31],
    ['🐦', 32],
  ])('of characters of several bytes: %s × %i', (character, count) => {
    const text = character.repeat(count);
    expect(decode(bytesOf(encodeTextFrame(text)))).toEqual({ first: 0x81, text, rest: 0 });
  });

  test('with half a surrogate pair is valid UTF-8 all the same', () => {
    expect(decode(bytesOf(encodeTextFrame('a\ud800b'))).text).toBe('a\ufffdb');
  });
});

test('a pong carries the data of its ping', () => {
  expect([...encodePongFrame(Buffer.from('abc'))]).toEqual([0x8a, 3, 97, 98, 99]);
  expect([...encodePongFrame(Buffer.alloc(0))]).toEqual([0x8a, 0]);
});
