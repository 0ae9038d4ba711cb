import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { describeFailure } from './describe-failure.ts';
import { en } from './en.ts';
import { createFormat, daysBetween } from './format.ts';
import { pickLocale, readLocale, regionalLocale } from './locale.ts';
import { zh } from './zh.ts';

/** Every word by its path; those that are made from arguments are made here, with arguments to be found again. */
function flatten(words: object, path = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [name, value] of Object.entries(words) as [string, unknown][]) {
    const here = path === '' ? name : `${path}.${name}`;
    if (typeof value === 'string') flat.set(here, value);
    else if (typeof value === 'function') flat.set(here, String(value('ARG1', 'ARG2')));
    else if (typeof value === 'object' && value !== null) {
      for (const [key, text] of flatten(value, here)) flat.set(key, text);
    }
  }
  return flat;
}

describe('the two languages', () => {
  const english = flatten(en);
  const chinese = flatten(zh);
  /** Names, which are the same in every language. */
  const SAME = new Set(['signIn.SDKAppID', 'signIn.userSig']);

  test('have the same words', () => {
    expect(english.size).toBeGreaterThan(200);
    expect([...chinese.keys()].toSorted()).toEqual([...english.keys()].toSorted());
  });

  test.each([...english.keys()])('%s is translated and uses its arguments', (key) => {
    const [inEnglish = '', inChinese = ''] = [english.get(key), chinese.get(key)];
    expect(inChinese.trim()).not.toBe('');
    if (SAME.has(key) || inEnglish.startsWith('ARG1')) expect(inChinese).toContain(inEnglish.slice(0, 4));
    else expect(inChinese).toMatch(/\p{Script=Han}|[、：]/u);
    if (key === 'tips.listJoin') return;
    for (const argument of ['ARG1', 'ARG2'])
      expect(inChinese.includes(argument)).toBe(inEnglish.includes(argument));
  });
});

test('every word is used', () => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const source = globSync('**/*.{ts,tsx}', { cwd: root })
    .filter((path) => !path.endsWith('.test.ts'))
    .map((path) => readFileSync(`${root}${path}`, 'utf8'))
    .join('\n');
  // A value chooses among these: a reason, a state, a tab, a code.
  const chosen =
    /^(?:kicked|network|emoji|settings|errors)\.|^message\.(?:sending|sent|read|received|kinds)/u;
  const unused = Object.entries(en)
    .flatMap(([group, words]) => Object.keys(words).map((name) => `${group}.${name}`))
    .filter((path) => !chosen.test(path) && !source.includes(`t.${path}`));
  expect(unused).toEqual([]);
});

test('one is not many in English', () => {
  expect(en.conversation.members(1)).toBe('1 member');
  expect(en.conversation.members(0)).toBe('0 members');
});

describe('failures', () => {
  test('a known code has words; another keeps its sentence and number', () => {
    expect(describeFailure(en, { code: 10007, message: 'x' })).toBe(en.errors.notMember);
    expect(describeFailure(en, { code: 4711, message: 'Odd' })).toBe('Odd (4711)');
    expect(describeFailure(en, { code: 0, message: 'Odd' })).toBe('Odd');
  });
});

describe('dates', () => {
  const now = new Date(2026, 2, 18, 15, 4).getTime();
  const at = (...parts: [number, number, number, number?, number?]) => new Date(...parts).getTime();

  test.each([
    [at(2026, 2, 18, 0, 0), 'Today', '今天'],
    [at(2026, 2, 17, 23, 59), 'Yesterday', '昨天'],
    [at(2026, 2, 16, 12), 'Monday', '星期一'],
    [at(2026, 2, 12, 0, 1), 'Thursday', '星期四'],
    [at(2026, 2, 11, 23, 59), '11 March', '3月11日'],
    [at(2025, 11, 31, 12), '31 December 2025', '2025年12月31日'],
  ])('%i is %s', (timeMs, english, chinese) => {
    expect(createFormat('en-GB').day(timeMs, now)).toBe(english);
    expect(createFormat('zh-CN').day(timeMs, now)).toBe(chinese);
  });

  test.each([
    [at(2026, 2, 18, 9, 5), '9:05', '09:05'],
    [at(2026, 2, 17, 9, 5), 'Yesterday', '昨天'],
    [at(2026, 2, 14, 9, 5), 'Sat', '周六'],
    [at(2026, 1, 1, 9, 5), '1 Feb', '2月1日'],
    [at(2024, 1, 1, 9, 5), '01/02/24', '24/2/1'],
  ])('beside a conversation %i is short', (timeMs, english, chinese) => {
    expect([english, `0${english}`]).toContain(createFormat('en-GB').brief(timeMs, now));
    expect([chinese, chinese.replace(/^0/u, '')]).toContain(createFormat('zh-CN').brief(timeMs, now));
  });

  test('a clock of twelve hours where people use one', () => {
    expect(
      createFormat('en-US')
        .time(at(2026, 2, 18, 21, 5))
        .replace(/\s/u, ' '),
    ).toBe('9:05 PM');
  });

  test('days are counted by the calendar, through summer time and the turn of the year', () => {
    expect(daysBetween(at(2026, 2, 28, 23, 59), at(2026, 2, 29, 0, 1))).toBe(1);
    expect(daysBetween(at(2025, 11, 31), at(2026, 0, 1))).toBe(1);
    expect(daysBetween(now, now)).toBe(0);
  });
});

describe('languages', () => {
  test.each([
    [['zh-TW', 'en'], 'zh-CN'],
    [['fr', 'en-GB'], 'en'],
    [['fr'], 'en'],
    [[], 'en'],
  ])('%o reads %s', (preferred, expected) => {
    expect(pickLocale(preferred)).toBe(expected);
  });

  test('a choice that is kept is checked, and dates follow the region', () => {
    expect(readLocale('zh-CN')).toBe('zh-CN');
    expect(readLocale('tlh')).toBeUndefined();
    expect(regionalLocale('en', ['fr', 'en-GB'])).toBe('en-GB');
    expect(regionalLocale('zh-CN', ['en'])).toBe('zh-CN');
  });
});
