import { expect, test } from 'vitest';
import { en } from './en.ts';
import { isolated, isolating } from './isolated.ts';

test('a name that turns the writing is held apart in sentences, and no other is touched', () => {
  const { message, app } = isolating(en);
  expect(message.recalled('Ann')).toBe('Ann recalled a message');
  expect(message.recalled('\u202Eevad')).toBe('\u2068\u202Eevad\u2069 recalled a message');
  expect(message.recalled('דנה')).toBe('\u2068דנה\u2069 recalled a message');
  expect(app.you).toBe(en.app.you);
});

test('a name cannot end its own bounds', () => {
  expect(isolated('a\u2069\u202Eb')).toBe('\u2068a\u202Eb\u2069');
});
