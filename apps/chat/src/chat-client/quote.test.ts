import { describe, expect, test } from 'vitest';
import { plainMessage } from '../../dev/plain-message.ts';
import { LIMITS } from './limits.ts';
import { toMessageItem } from './message-item.ts';
import { quoteData, quoteOf } from './quote.ts';

const asked = toMessageItem(plainMessage({ ID: 'asked', sequence: 7 }), 'key');

describe('a quote', () => {
  test('goes out in the shape of the published kits and comes back as it was', () => {
    const data = quoteData(asked, 'Bob', 'Where do\nwe meet?');
    expect(JSON.parse(data)).toEqual({
      messageReply: {
        messageID: 'asked',
        messageAbstract: 'Where do we meet?',
        messageSender: 'Bob',
        messageType: 1,
        messageSequence: 7,
        messageTime: 1_700_000_000,
        version: 1,
      },
    });
    expect(quoteOf(data)).toEqual({
      id: 'asked',
      sequence: 7,
      timeMs: 1_700_000_000_000,
      sender: 'Bob',
      text: 'Where do we meet?',
    });
  });

  test('is cut at whole characters', () => {
    const long = '🐧'.repeat(LIMITS.quoteCharacters + 1);
    expect(quoteOf(quoteData(asked, 'Bob', long))?.text).toBe(`${'🐧'.repeat(LIMITS.quoteCharacters)}…`);
  });

  test.each(['', 'no JSON', '7', 'null', '{}', '{"messageReply":1}', '{"messageReply":{"messageID":5}}'])(
    'is not read out of %o',
    (data) => {
      expect(quoteOf(data)).toBeUndefined();
    },
  );
});
