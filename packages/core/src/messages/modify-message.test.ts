import { expect, test } from 'vitest';
import { c2cLog } from '../conversations/conversation-id.ts';
import { createTown, textTo } from '../testing/town.ts';

const at = { conversationID: 'C2Cben', seq: 1 };

async function town() {
  const { ask, deps } = await createTown(['ann', 'ben']);
  await ask('ann', 'message.send', textTo('ben', '1', 'first'));
  const edit = (version: number, text: string, more: { cloudCustomData?: string } = {}) =>
    ask('ann', 'message.modify', {
      ...at,
      version,
      elements: [{ type: 'TIMTextElem', payload: { text } }],
      ...more,
    });
  const events = async () =>
    (await deps.store.entries({ log: c2cLog(1, 'ann', 'ben'), limit: 9 })).map(({ event }) => event.t);
  return { ask, edit, events };
}

test('asked for again after a lost answer, a change is done once, and answered as it was', async () => {
  const { ask, edit, events } = await town();
  const { message } = await edit(0, 'second', { cloudCustomData: 'x' });
  await ask('ben', 'blacklist.change', { action: 'add', userIDs: ['ann'] });
  expect(await edit(0, 'second', { cloudCustomData: 'x' })).toEqual({ message });
  expect(await edit(0, 'second')).toEqual({ message });
  expect(await events()).toEqual(['message', 'edit']);
});

test.each([
  ['says another thing', 'other', {}],
  ['has other data', 'second', { cloudCustomData: 'y' }],
])('a change of the version before that %s is in conflict', async (_, text, more) => {
  const { edit, events } = await town();
  await edit(0, 'second', { cloudCustomData: 'x' });
  await expect(edit(0, text, more)).rejects.toMatchObject({
    code: 2480,
    data: { message: { version: 1, elements: [{ payload: { text: 'second' } }] } },
  });
  expect(await events()).toEqual(['message', 'edit']);
});

test('the same change by another, or with another between, is in conflict', async () => {
  const { ask, edit } = await town();
  await edit(0, 'second');
  const elements = [{ type: 'TIMTextElem' as const, payload: { text: 'second' } }];
  const byBen = { conversationID: 'C2Cann', seq: 1, version: 0, elements };
  await expect(ask('ben', 'message.modify', byBen)).rejects.toMatchObject({ code: 2480 });
  await ask('ben', 'message.modify', { ...byBen, version: 1 });
  await expect(edit(0, 'second')).rejects.toMatchObject({ code: 2480 });
});
