import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainMessage } from '../../dev/plain-message.ts';
import { type MessageItem, toMessageItem } from '../chat-client/message-item.ts';
import { buildDays, type Row, sameRows } from './timeline-rows.ts';

const NOON = new Date(2026, 4, 6, 12).getTime();
const MINUTE = 60_000;

function item(id: string, change: Partial<MessageItem> = {}): MessageItem {
  return {
    ...toMessageItem(plainMessage({ ID: id, payload: { text: id } }), id),
    timeMs: NOON,
    sequence: 1,
    ...change,
  };
}

const rowsOf = (items: readonly MessageItem[], dividerKey?: string): Row[] =>
  buildDays(items, dividerKey).flatMap((day) => day.chunks.flatMap((chunk) => chunk.rows));

/** Each row as a word: the IDs of a block, or what kind of line it is. */
const shape = (items: readonly MessageItem[], dividerKey?: string): string[] =>
  rowsOf(items, dividerKey).map((row) =>
    row.kind === 'run'
      ? row.items.map(({ id }) => id).join('+')
      : row.kind === 'line'
        ? `line:${row.item.id}`
        : 'divider',
  );

describe('blocks', () => {
  test('one sender’s messages within five minutes of each other are one block', () => {
    expect(
      shape([
        item('a'),
        item('b', { timeMs: NOON + 5 * MINUTE }),
        item('c', { timeMs: NOON + 10 * MINUTE + 1 }),
      ]),
    ).toEqual(['a+b', 'c']);
  });

  test('another sender, a tip, a recalled message and the divider end a block', () => {
    const items = [
      item('a'),
      item('b', { from: 'carol' }),
      item('tip', { kind: 'tip', from: 'carol' }),
      item('c', { from: 'carol' }),
      item('gone', { recalled: true, from: 'carol' }),
      item('d', { from: 'carol' }),
      item('e', { from: 'carol' }),
    ];
    expect(shape(items, 'e')).toEqual(['a', 'b', 'line:tip', 'c', 'line:gone', 'd', 'divider', 'e']);
  });

  test('a long one comes in pieces, of which only the first begins it and the last ends it', () => {
    const runs = rowsOf(Array.from({ length: 500 }, (_, index) => item(`m${index}`))).filter(
      (row) => row.kind === 'run',
    );
    expect(runs.length).toBeGreaterThan(10);
    expect(Math.max(...runs.map(({ items }) => items.length))).toBeLessThanOrEqual(64);
    expect(runs.map(({ begins }) => begins)).toEqual(runs.map((_, index) => index === 0));
    expect(runs.map(({ ends }) => ends)).toEqual(runs.map((_, index) => index === runs.length - 1));
  });

  test('two blocks of one sender, parted by a pause, each begin and end', () => {
    const runs = rowsOf([item('a'), item('b', { timeMs: NOON + 6 * MINUTE })]);
    expect(runs).toMatchObject([
      { begins: true, ends: true },
      { begins: true, ends: true },
    ]);
  });
});

describe('days', () => {
  test('begin at midnight, and midnight ends a block', () => {
    const midnight = new Date(2026, 4, 7).getTime();
    const days = buildDays([item('a', { timeMs: midnight - 1 }), item('b', { timeMs: midnight })], undefined);
    expect(days.map(({ timeMs }) => timeMs)).toEqual([new Date(2026, 4, 6).getTime(), midnight]);
  });

  test('never go back: a failed message with an older clock stays in the day it was written in', () => {
    const items = [
      item('a'),
      item('failed', { timeMs: NOON - 30 * 60 * MINUTE, mine: true, delivery: 'failed' }),
    ];
    expect(buildDays(items, undefined)).toHaveLength(1);
  });
});

describe('chunks', () => {
  const history = (count: number, from = 0): MessageItem[] =>
    Array.from({ length: count }, (_, index) =>
      item(`m${from + index}`, {
        from: (from + index) % 3 === 0 ? 'bob' : 'carol',
        timeMs: NOON + (from + index) * MINUTE * 4,
      }),
    );

  test('hold every message once, in order, whatever the history is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ from: fc.constantFrom('bob', 'carol'), gap: fc.nat(9 * 60) }), {
          maxLength: 200,
        }),
        (steps) => {
          let timeMs = NOON;
          const items = steps.map(({ from, gap }, index) => {
            timeMs += gap * MINUTE;
            return item(`m${index}`, { from, timeMs });
          });
          const held = rowsOf(items).flatMap((row) => (row.kind === 'run' ? row.items : []));
          expect(held).toEqual(items);
        },
      ),
      { seed: 11, numRuns: 200 },
    );
  });

  test('older messages put in front leave all but the first chunks as they were', () => {
    const all = history(600);
    const before = buildDays(all.slice(300), undefined).flatMap((day) => day.chunks);
    const after = buildDays(all, undefined).flatMap((day) => day.chunks);
    const unchanged = before.filter((chunk) =>
      after.some((other) => other.key === chunk.key && sameRows(other.rows, chunk.rows)),
    );
    expect(before.length).toBeGreaterThan(10);
    // The first chunk of the page, and the first of its day, may grow.
    expect(unchanged.length).toBeGreaterThanOrEqual(before.length - 2);
  });

  test('stay where they are in a monologue too, which is one block', () => {
    const all = Array.from({ length: 400 }, (_, index) => item(`m${index}`));
    const before = buildDays(all.slice(200), undefined).flatMap((day) => day.chunks);
    const after = buildDays(all, undefined).flatMap((day) => day.chunks);
    const unchanged = before.filter((chunk) =>
      after.some((other) => other.key === chunk.key && sameRows(other.rows, chunk.rows)),
    );
    expect(before.length).toBeGreaterThan(2);
    expect(unchanged.length).toBeGreaterThanOrEqual(before.length - 1);
  });

  test('are small: ten thousand messages are many chunks, none of them long', () => {
    const chunks = buildDays(history(10_000), undefined).flatMap((day) => day.chunks);
    expect(Math.max(...chunks.map(({ rows }) => rows.length))).toBeLessThanOrEqual(32);
    expect(chunks.length).toBeGreaterThan(500);
  });
});
