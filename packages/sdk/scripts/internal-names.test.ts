import { expect, test } from 'vitest';
import { internalNames } from './internal-names.ts';

const { names } = internalNames();

test('what only our own code sees is shortened', () => {
  for (const name of ['monotonicMs', 'wantConversation', 'countedPos', 'bySeq'])
    expect(names).toContain(name);
});

test.each([
  ['a public method', 'sendMessage'],
  ['a field of a message', 'conversationID'],
  ['what travels', 'peerReadSeq'],
  ['a call of a mini-program host', 'onSocketOpen'],
  ['what is looked up by a string', 'onInbox'],
  ['an option of a plug-in', 'onTaskReady'],
])('%s keeps its name: %s', (_, name) => {
  expect(names).not.toContain(name);
});
