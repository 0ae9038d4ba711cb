import * as v from 'valibot';
import { expect, test } from 'vitest';
import { commands } from './commands/index.ts';
import { LIMITS } from './limits.ts';

/** Bounds of fields that no method of the SDK has: what any client may send. */

type Row = [name: keyof typeof LIMITS, command: string, request: (count: number) => object];

const at = { conversationID: 'C2Cben', seq: 1 };
const element = { type: 'TIMTextElem', payload: { text: 'x' } };
const elements = (count: number) => Array.from({ length: count }, () => element);

const ROWS: Row[] = [
  [
    'elements',
    'message.send',
    (count) => ({ conversationID: 'C2Cben', clientID: '1', elements: elements(count) }),
  ],
  ['elements', 'message.modify', (count) => ({ ...at, version: 0, elements: elements(count) })],
  [
    'recallReasonBytes',
    'message.recall',
    (count) => ({ ...at, reason: '海'.repeat(count / 3) + 'x'.repeat(count % 3) }),
  ],
  ['historyPageMax', 'message.history', (limit) => ({ conversationID: 'C2Cben', limit })],
  ['readMembersPage', 'receipt.members', (limit) => ({ ...at, read: true, limit })],
  [
    'mergedMessages',
    'merger.keep',
    (count) => ({
      after: 0,
      messages: Array.from({ length: count }, () => ({
        ID: 'id',
        from: 'ann',
        nick: '',
        avatar: '',
        time: 1,
        messageBody: [element],
      })),
    }),
  ],
];

test.each(ROWS)('%s of %s: so many, and no more', (name, command, request) => {
  const schema = commands.get(command)?.request;
  if (schema === undefined) throw new Error(`there is no command ${command}`);
  const isTaken = (count: number): boolean => v.is(schema, request(count));
  const limit = LIMITS[name];
  expect([limit - 1, limit, limit + 1].map(isTaken)).toEqual([true, true, false]);
});
