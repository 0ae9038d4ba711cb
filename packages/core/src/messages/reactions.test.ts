import { LIMITS } from '@sterna/protocol';
import { describe, expect, test } from 'vitest';
import { c2cLog } from '../conversations/conversation-id.ts';
import { createTown, textTo } from '../testing/town.ts';
import { REACTION_ROWS } from './reactions.ts';

const LOG = c2cLog(1, 'ann', 'ben');

/** Ann has said something, and both react to it. */
async function town() {
  const { ask, deps } = await createTown(['ann', 'ben']);
  await ask('ann', 'message.send', textTo('ben', '1', 'hello'));
  const at = { ann: { conversationID: 'C2Cben', seq: 1 }, ben: { conversationID: 'C2Cann', seq: 1 } };
  return {
    add: (who: 'ann' | 'ben', reactionID: string) =>
      ask(who, 'message.addReaction', { ...at[who], reactionID }),
    remove: (who: 'ann' | 'ben', reactionID: string) =>
      ask(who, 'message.removeReaction', { ...at[who], reactionID }),
    recall: () => ask('ann', 'message.recall', at.ann),
    reactions: async () => {
      const asked = { conversationID: 'C2Cben', seqs: [1], users: 10 };
      return (await ask('ann', 'message.getReactions', asked)).messages[0]?.reactions;
    },
    /** What those who were away are told, in order. */
    told: async () =>
      (await deps.store.entries({ log: LOG, limit: 5000 })).flatMap(({ event }) =>
        event.t === 'reaction' && event.reaction ? [event.reaction] : [],
      ),
    /** All that the store has of the conversation. */
    kept: async () =>
      JSON.stringify([
        await deps.store.entries({ log: LOG, limit: 5000 }),
        await deps.store.scan({ prefix: 'c/1/', limit: 5000 }),
      ]),
  };
}

test('who was away is told how each reaction stands, and not how it came to', async () => {
  const { add, remove, told, reactions } = await town();
  await add('ann', 'smile');
  await add('ben', 'heart');
  await add('ben', 'smile');
  await remove('ben', 'heart');
  expect(await told()).toEqual([
    { reactionID: 'smile', total: 2, users: ['ann', 'ben'] },
    { reactionID: 'heart', total: 0, users: [] },
  ]);
  expect(await reactions()).toEqual([{ reactionID: 'smile', total: 2, users: ['ann', 'ben'], mine: true }]);
});

describe('of the reactions to a message', () => {
  test('nothing is kept after its recall, of those that were taken back neither', async () => {
    const { add, remove, recall, kept, reactions } = await town();
    await add('ann', 'secret smile');
    await add('ben', 'secret smile');
    await add('ben', 'secret heart');
    await remove('ben', 'secret heart');
    expect(await kept()).toContain('secret heart');
    await recall();
    expect(await kept()).not.toContain('secret');
    expect(await reactions()).toEqual([]);
  });

  test('as many kinds as are there at once is the limit, however many there were before', async () => {
    const { add, remove, recall, kept, reactions } = await town();
    const kinds = LIMITS.reactionKinds;
    for (let round = 0; round < REACTION_ROWS + 5; round++) {
      await add('ben', `secret ${round}`);
      await remove('ben', `secret ${round}`);
    }
    for (let kind = 1; kind <= kinds; kind++) await add('ann', `secret kind ${kind}`);
    await expect(add('ben', 'secret more')).rejects.toMatchObject({ code: 23005 });
    await add('ben', 'secret kind 1');
    await remove('ann', 'secret kind 2');
    await add('ben', 'secret 0');
    expect(await reactions()).toHaveLength(kinds);
    await recall();
    expect(await kept()).not.toContain('secret');
  });
});
