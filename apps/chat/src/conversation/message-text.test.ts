import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLargeEmoji, splitLinks } from './message-text.ts';

const links = (text: string) => splitLinks(text).flatMap(({ href }) => (href === undefined ? [] : [href]));

describe('links', () => {
  test.each([
    ['see https://example.org/a?b=c#d.', ['https://example.org/a?b=c#d']],
    ['(https://en.wikipedia.org/wiki/Tern_(bird))', ['https://en.wikipedia.org/wiki/Tern_(bird)']],
    ['www.example.org, please', ['https://www.example.org/']],
    ['HTTP://EXAMPLE.ORG!', ['http://example.org/']],
    ['看 https://example.org/页面。谢谢', ['https://example.org/%E9%A1%B5%E9%9D%A2']],
    ['write to tern.colony+news@example.org.', ['mailto:tern.colony+news@example.org']],
    ['http://localhost:8080/x', ['http://localhost:8080/x']],
    ['a https://a.example b https://b.example', ['https://a.example/', 'https://b.example/']],
  ])('%s', (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)//https',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https',
    'ftp://example.org',
    'https://',
    'www.',
    '1.5 and e.g. nothing',
  ])('%s is no link', (text) => {
    expect(links(text)).toEqual([]);
  });

  test('the parts are the text, whatever it is, and every address has an allowed scheme', () => {
    const scheme = fc.constantFrom(
      'https://',
      'http://',
      'javascript:',
      'www.',
      'data:',
      '<a href="',
      'a@b.c',
      '',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(scheme, fc.string({ unit: 'grapheme' })), { maxLength: 6 }), (pieces) => {
        const text = pieces.flat().join('');
        const parts = splitLinks(text);
        expect(parts.map((part) => part.text).join('')).toBe(text);
        for (const href of links(text)) expect(href).toMatch(/^(?:https?|mailto):/u);
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  test('a long text without links is cut in no time', () => {
    const text = 'a'.repeat(12_000) + '@'.repeat(200);
    expect(splitLinks(text)).toEqual([{ text }]);
  });
});

describe('large emoji', () => {
  test.each(['👍', '😂😂😂', '❤️', '👩‍👩‍👧‍👦', '🇳🇴 🇬🇱', '1️⃣'])('%s', (text) =>
    expect(isLargeEmoji(text)).toBe(true),
  );
  test.each(['', ' ', '😂😂😂😂', 'ok 👍', '12', '❤', '👍!'])('not %j', (text) =>
    expect(isLargeEmoji(text)).toBe(false),
  );
});
