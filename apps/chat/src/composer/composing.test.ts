import { expect, test } from 'vitest';
import { bytesOver, isSendKey, type KeyPress } from './composing.ts';
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
  ['😀😀😀', 12, 0],
  ['😀😀😀😀', 12, 4],
])('%s against %i bytes is %i over', (text, limit, over) => {
  expect(bytesOver(text, limit)).toBe(over);
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
