import fc from 'fast-check';
import { expect, test } from 'vitest';
import { charactersOver, isSendKey, type KeyPress } from './composing.ts';
import { addRecent, RECENT_EMOJI, readRecent } from './recent-emoji.ts';
import { EMOJI } from './emoji.ts';

const ENTER: KeyPress = {
  key: 'Enter',
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  isComposing: false,
  keyCode: 13,
};

test.each<[string, Partial<KeyPress>, boolean]>([
  ['Enter sends', {}, true],
  ['Shift+Enter is a new line', { shiftKey: true }, false],
  ['Enter that confirms a candidate', { isComposing: true }, false],
  ['the same in Safari, where the composition has just ended', { keyCode: 229 }, false],
  ['another key', { key: 'a', keyCode: 65 }, false],
])('%s', (_, change, expected) => {
  expect(isSendKey({ ...ENTER, ...change })).toBe(expected);
});

test.each([
  ['a'.repeat(12), 12, 0],
  ['a'.repeat(13), 12, 1],
  ['林晓雨林', 12, 0],
  ['林晓雨林a', 12, 1],
  ['林晓雨林晓雨', 12, 2],
  ['aaaaaaaaa林雨', 12, 1],
  ['林雨aaaaaaaaa', 12, 3],
  ['  林晓雨林  ', 12, 0],
  ['😀😀😀', 12, 0],
  ['😀😀😀😀', 12, 1],
])('%s against %i bytes is %i characters over', (text, limit, over) => {
  expect(charactersOver(text, limit)).toBe(over);
});

test('the last used emoji come first, once each, and not without end', () => {
  const shelf = new Map<string, string>();
  const storage = {
    getItem: (key: string) => shelf.get(key) ?? null,
    setItem: (key: string, value: string) => void shelf.set(key, value),
  };
  expect(readRecent(storage)).toEqual([]);
  for (const emoji of EMOJI.smileys.slice(0, RECENT_EMOJI + 1)) addRecent(storage, emoji);
  addRecent(storage, EMOJI.smileys[3] ?? '');
  const recent = readRecent(storage);
  expect(recent).toHaveLength(RECENT_EMOJI);
  expect(recent[0]).toBe(EMOJI.smileys[3]);
  expect(new Set(recent).size).toBe(RECENT_EMOJI);
});

test('every emoji on offer is one emoji, once', () => {
  for (const group of Object.values(EMOJI)) {
    expect(new Set(group).size).toBe(group.length);
    for (const emoji of group) expect(emoji).toMatch(/^\p{RGI_Emoji}$/v);
  }
});

test('what is left after taking away so many characters fits, and one fewer does not', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.integer({ min: 0, max: 40 }),
      (raw, limit) => {
        const characters = [...raw.trim()];
        const bytes = (count: number) => new TextEncoder().encode(characters.slice(0, count).join('')).length;
        const over = charactersOver(raw, limit);
        expect(bytes(characters.length - over)).toBeLessThanOrEqual(limit);
        if (over > 0) expect(bytes(characters.length - over + 1)).toBeGreaterThan(limit);
      },
    ),
    { seed: 5, numRuns: 500 },
  );
});
