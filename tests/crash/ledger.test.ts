import { describe, expect, test } from 'vitest';
import { createLedger, type Found } from './ledger.ts';

const message = (seq: number, clientID: string | undefined, more: Partial<Found> = {}): Found => ({
  seq,
  clientID,
  from: 'a',
  text: `text ${clientID}`,
  ...more,
});

/** Three sends: the first acked with 1, the second unknown, the third refused. */
function open() {
  const ledger = createLedger();
  for (const clientID of ['x', 'y', 'z']) ledger.sent('a', clientID, 'c', `text ${clientID}`);
  ledger.acked('a', 'x', 1);
  ledger.refused('a', 'z');
  return ledger;
}

describe('the ledger', () => {
  test('agrees with a right history, whether or not the unknown send is in it', () => {
    const without = open();
    without.found('c', [message(1, 'x')]);
    expect(without.lost()).toEqual([]);
    const withIt = open();
    withIt.found('c', [message(1, 'x'), message(2, undefined), message(3, 'y')]);
    expect(withIt.lost()).toEqual([]);
    expect(withIt.counts).toEqual({ acked: 1, unknown: 1, refused: 1, found: 2 });
    expect(withIt.unknown()).toEqual([{ sender: 'a', clientID: 'y', conversation: 'c', text: 'text y' }]);
  });

  test('an unknown send may be acked later, at the place where it was found', () => {
    const ledger = open();
    ledger.found('c', [message(1, 'x'), message(2, 'y')]);
    expect(() => ledger.acked('a', 'y', 3)).toThrow('found at 2');
    ledger.acked('a', 'y', 2);
    expect(ledger.unknown()).toEqual([]);
  });

  test.each<[string, Found[], string]>([
    ['a hole', [message(1, 'x'), message(3, 'y')], '3 where 2 should be'],
    ['a number twice', [message(1, 'x'), message(1, 'y')], '1 where 2 should be'],
    ['a message twice', [message(1, 'x'), message(2, 'x')], 'twice, at 1 and 2'],
    ['another number than was acked', [message(1, 'y'), message(2, 'x')], 'was acked with 1, and is at 2'],
    ['a refused message', [message(1, 'x'), message(2, 'z')], 'was refused'],
    ['another text', [message(1, 'x', { text: 'other' })], 'reads "other"'],
    ['a message that nobody sent', [message(1, 'w')], 'nobody sent'],
    ['a message of another sender', [message(1, 'x', { from: 'b' })], 'nobody sent'],
  ])('%s is found', (_, messages, sentence) => {
    expect(() => open().found('c', messages)).toThrow(sentence);
  });

  test('an acked message that is missing is lost', () => {
    expect(open().lost()).toEqual(['a x was acked with 1 and is not in c']);
  });

  test('a message in another conversation is found', () => {
    expect(() => open().found('d', [message(1, 'x')])).toThrow('is in d, not in c');
  });

  test('two acks that differ, and an altered repetition, are found', () => {
    const ledger = open();
    ledger.acked('a', 'x', 1);
    expect(() => ledger.acked('a', 'x', 2)).toThrow('was acked with 1');
    expect(() => ledger.sent('a', 'x', 'c', 'other')).toThrow('altered');
  });
});
