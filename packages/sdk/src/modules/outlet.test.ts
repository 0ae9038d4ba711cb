import { expect, test } from 'vitest';
import { createOutlet } from './outlet.ts';
import { messageFrom } from './messages/message-from.ts';

const messageOf = (seq: number) =>
  messageFrom(
    'C2Cann',
    {
      id: `id-${seq}`,
      clientID: `${seq}`,
      seq,
      timeMs: 1_000,
      from: 'ann',
      elements: [{ type: 'TIMTextElem', payload: { text: 'hello' } }],
    },
    'ben',
  );

test('what one frame brings and deletes is not told', async () => {
  const told: unknown[] = [];
  const platform = { setTimer: () => () => undefined, monotonicMs: () => 0 };
  const lists = { conversations: () => [], groups: () => [], unread: () => 0, shown: () => undefined };
  const outlet = createOutlet(platform, (name, data) => told.push([name, data]), lists);
  const [kept, deleted, alone] = [messageOf(1), messageOf(2), messageOf(3)];
  outlet.add('onMessageReceived', deleted);
  outlet.add('onMessageReceived', kept);
  outlet.add('onMessageModified', alone);
  deleted.isDeleted = alone.isDeleted = true;
  await Promise.resolve();
  expect(told).toEqual([['onMessageReceived', [kept]]]);
});
