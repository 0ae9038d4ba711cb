import { LIMITS, utf8Bytes } from '@sterna/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonBytesAtMost, requireSize } from './message-size.ts';

const text = (content: string) => [{ type: 'TIMTextElem' as const, payload: { text: content } }];

describe('the size of a message', () => {
  test.each([
    ['of exactly the published limit', 'x'.repeat(LIMITS.messageBytes)],
    ['of that limit in characters of three bytes', '海'.repeat(LIMITS.messageBytes / 3)],
    ['that JSON makes longer, below the limit', '\0'.repeat(LIMITS.messageBytes / 6)],
  ])('a text %s passes', (_, content) => {
    expect(() => requireSize(text(content))).not.toThrow();
  });

  test.each([
    ['longer than that', 'x'.repeat(LIMITS.messageBytes + 256)],
    ['that JSON makes longer', '\0'.repeat(LIMITS.messageBytes / 6 + 256)],
  ])('a text %s is refused', (_, content) => {
    expect(() => requireSize(text(content))).toThrow(expect.objectContaining({ reason: 'messageTooLong' }));
  });

  test('the quick count is never below the exact one', () => {
    const string = fc.string({ unit: 'binary' });
    const values = fc.oneof(fc.jsonValue(), fc.array(string), fc.dictionary(string, fc.double()));
    fc.assert(
      fc.property(values, (value) => {
        expect(jsonBytesAtMost(value)).toBeGreaterThanOrEqual(utf8Bytes(JSON.stringify(value)));
      }),
    );
  });
});
