import { LIMITS } from '@sterna/protocol';
import { describe, expect, test } from 'vitest';
import { loginCommand } from '../testing/domain-commands.ts';
import { createTown, type Town } from '../testing/town.ts';

const conversationID = '@TIM#SYSTEM';
const most = LIMITS.systemNoticesKept;

/** Bob is told of so many groups that Ann makes with him. */
async function tell(town: Town<'ann' | 'bob'>, count: number): Promise<void> {
  const from = (await read(town)).newest;
  for (let made = 1; made <= count; made++) {
    const groupID = `g${from + made}`;
    const members = [{ userID: 'bob' }];
    await town.ask('ann', 'group.create', { type: 'Private', name: 'x', groupID, members });
  }
}

/** What Bob finds in his system conversation. */
async function read(town: Town<'ann' | 'bob'>): Promise<{ seqs: number[]; unread: number; newest: number }> {
  const seqs: number[] = [];
  for (let before: number | undefined; ; ) {
    const page = await town.ask('bob', 'message.history', {
      conversationID,
      limit: 30,
      ...(before !== undefined && { before }),
    });
    seqs.unshift(...page.messages.map(({ seq }) => seq));
    if (page.complete || page.messages.length === 0) break;
    before = seqs[0];
  }
  const { conversations } = await town.ask('bob', 'conversation.list', {});
  const system = conversations.find((one) => one.conversationID === conversationID);
  return { seqs, unread: system?.unread ?? 0, newest: seqs.at(-1) ?? 0 };
}

const through = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('notices of the system', () => {
  test.each([
    [most - 1, 1],
    [most, 1],
    [most + 1, 2],
    [most + 30, 31],
  ])(
    'of %d the oldest that is there is number %d, and what fell out is unread no longer',
    async (count, first) => {
      const town = await createTown(['ann', 'bob']);
      await tell(town, count);
      expect(await read(town)).toMatchObject({ seqs: through(first, count), unread: count - first + 1 });
    },
  );

  test('that were read fall out as well, and change nothing in what is unread', async () => {
    const town = await createTown(['ann', 'bob']);
    await tell(town, most);
    await town.ask('bob', 'conversation.read', { conversationID, seq: most - 5 });
    await tell(town, 5);
    expect(await read(town)).toMatchObject({ seqs: through(6, most + 5), unread: 10 });
  });

  test.each([
    ['to the millisecond', 0, 1],
    ['and one', 1, 6],
  ])(
    'a week old %s when their user logs in anew: those from number %d on are there',
    async (_, moreMs, first) => {
      const town = await createTown(['ann', 'bob']);
      await tell(town, 5);
      const toldMs = town.clock.nowMs();
      await town.clock.advance(1_000);
      await tell(town, 20);
      const atMs = toldMs + LIMITS.systemNoticesKeptMs + moreMs;
      await town.deps.store.execute(loginCommand('bob', 'another', atMs));
      expect(await read(town)).toMatchObject({ seqs: through(first, 25), unread: 26 - first });
    },
  );
});
