import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainMessage } from '../../dev/plain-message.ts';
import { type Delivery, type MessageItem, toMessageItem } from './message-item.ts';
import { mergeItems, newTimeline, olderStateAfter, placeDivider } from './timeline.ts';

function item(sequence: number, change: Partial<MessageItem> = {}): MessageItem {
  const id = change.id ?? `m${sequence}`;
  return {
    ...toMessageItem(plainMessage({ ID: id, payload: { text: id } }), id),
    timeMs: sequence * 1000,
    sequence,
    ...change,
  };
}

function own(id: string, delivery: Delivery, sequence = 0): MessageItem {
  return item(sequence, { id, mine: true, from: 'alice', delivery, timeMs: 5_000 });
}

const ids = (items: readonly MessageItem[]): string[] => items.map(({ id }) => id);

describe('mergeItems', () => {
  test('pages, pushes and repeats in any order give the server’s order, once each', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 15 }), { maxLength: 12 }),
        (batches) => {
          let items: readonly MessageItem[] = [];
          for (const batch of batches)
            items = mergeItems(
              items,
              batch.map((sequence) => item(sequence)),
            );
          const expected = [...new Set(batches.flat())].toSorted((a, b) => a - b);
          expect(items.map(({ sequence }) => sequence)).toEqual(expected);
        },
      ),
      { seed: 7, numRuns: 300 },
    );
  });

  test('what is being sent stays at the end while others write', () => {
    const items = mergeItems([item(1), own('mine', 'sending')], [item(2)]);
    expect(ids(items)).toEqual(['m1', 'm2', 'mine']);
  });

  test('a sent message takes the place the server gave it, under its first key', () => {
    const waiting = [item(1), own('mine', 'sending'), own('later', 'sending')];
    const items = mergeItems(mergeItems(waiting, [item(3)]), [
      { ...own('server-id', 'sent', 2), key: 'mine', timeMs: 2_000 },
    ]);
    expect(ids(items)).toEqual(['m1', 'server-id', 'm3', 'later']);
    expect(items[1]?.key).toBe('mine');
  });

  test('a failed message stays where it was, and newer ones follow it', () => {
    const failed = mergeItems([item(1), own('mine', 'sending')], [own('mine', 'failed')]);
    expect(ids(mergeItems(failed, [item(2), item(3)]))).toEqual(['m1', 'mine', 'm2', 'm3']);
  });

  test('a failed message that follows nothing goes by its time', () => {
    const items = mergeItems([own('mine', 'failed')], [item(3), item(4), item(6)]);
    expect(ids(items)).toEqual(['m3', 'm4', 'mine', 'm6']);
  });

  test('a failed message that is tried again goes to the end', () => {
    const failed = mergeItems([item(1), own('mine', 'failed')], [item(2)]);
    expect(ids(mergeItems(failed, [own('mine', 'sending')]))).toEqual(['m1', 'm2', 'mine']);
  });

  test('a change of a known message moves nothing and keeps the others’ identity', () => {
    const before = [item(1), item(2), item(3)];
    const after = mergeItems(before, [item(2, { recalled: true })]);
    expect(after[0]).toBe(before[0]);
    expect(after[1]?.recalled).toBe(true);
    expect(after[2]).toBe(before[2]);
  });

  test('nothing new is the same list', () => {
    const before = [item(1)];
    expect(mergeItems(before, [])).toBe(before);
  });
});

describe('placeDivider', () => {
  const loaded = (unread: number, items: readonly MessageItem[], older: 'idle' | 'none' = 'idle') =>
    placeDivider({ ...newTimeline(unread), items, older });

  test('stands above the n-th message from the end that counts', () => {
    const items = [item(1), item(2), own('mine', 'sent', 3), item(4, { kind: 'tip' }), item(5)];
    expect(loaded(2, items)).toMatchObject({ dividerKey: 'm2', unreadToPlace: 0 });
  });

  test('waits for more history when there is more unread than loaded', () => {
    expect(loaded(3, [item(1), item(2)])).toMatchObject({ dividerKey: undefined, unreadToPlace: 3 });
  });

  test('stands above the first when the beginning of history is reached', () => {
    expect(loaded(3, [own('mine', 'sent', 1), item(2), item(3)], 'none').dividerKey).toBe('m2');
  });

  test('is not needed without unread messages', () => {
    expect(loaded(0, [item(1)]).dividerKey).toBeUndefined();
  });
});

test('history ends at its beginning, or at the bound', () => {
  expect(olderStateAfter([item(1)], false)).toBe('idle');
  expect(olderStateAfter([item(1)], true)).toBe('none');
  expect(
    olderStateAfter(
      Array.from({ length: 9_999 }, () => item(1)),
      false,
    ),
  ).toBe('idle');
  expect(
    olderStateAfter(
      Array.from({ length: 10_000 }, () => item(1)),
      false,
    ),
  ).toBe('limit');
});
