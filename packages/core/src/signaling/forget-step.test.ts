import { expect, test } from 'vitest';
import { c2cLog } from '../conversations/conversation-id.ts';
import { invitation } from '../testing/invitation.ts';
import { createTown } from '../testing/town.ts';
import { runDueTimers } from '../timers/due-timers.ts';
import { ACTION, type Signal, signalElement } from './signal.ts';

const invite: Signal = { ...invitation, data: 'secret call' };
const accept = { ...invite, actionType: ACTION.accept, data: 'secret yes' };

/** Ann has invited Ben. */
async function called() {
  const { ask, deps, clock } = await createTown(['ann', 'ben']);
  const take = (who: 'ann' | 'ben', signal: Signal) =>
    ask(who, 'message.send', {
      conversationID: who === 'ann' ? 'C2Cben' : 'C2Cann',
      clientID: `${signal.actionType}`,
      elements: [signalElement(signal)],
    });
  await take('ann', invite);
  return {
    take,
    recall: (who: 'ann' | 'ben', seq: number) =>
      ask(who, 'message.recall', { conversationID: who === 'ann' ? 'C2Cben' : 'C2Cann', seq }),
    known: async () => (await ask('ben', 'invitation.get', { inviteID: 'i' })).invitation,
    waiting: async () => (await ask('ben', 'invitation.list', {})).invitations,
    async pass(ms: number) {
      await clock.advance(ms);
      await runDueTimers(deps);
    },
    /** All that the store has. */
    async kept() {
      const log = c2cLog(1, 'ann', 'ben');
      const rows = await Promise.all(
        ['i/', 'v/', 't/', 'c/'].map((prefix) => deps.store.scan({ prefix, limit: 99 })),
      );
      return JSON.stringify([rows, await deps.store.entries({ log, limit: 99 })]);
    },
  };
}

test('of an invitation whose message is recalled, devices are not told any more, and nothing is kept of what it said', async () => {
  const { recall, known, waiting, kept, pass } = await called();
  expect(await waiting()).toHaveLength(1);
  await recall('ann', 1);
  expect(await waiting()).toEqual([]);
  expect(await known()).toMatchObject({ inviteeList: ['ben'], data: '', outcomes: [] });
  // Its time ends all the same: a device that rings already hears of it.
  await pass(31_000);
  expect(await known()).toMatchObject({
    outcomes: [{ userID: 'ben', actionType: ACTION.timeout, data: '' }],
  });
  expect(await kept()).not.toContain('secret');
});

test('the time of the invitation is over by then: what it said is not kept there either', async () => {
  const { recall, known, pass } = await called();
  await pass(31_000);
  expect(await known()).toMatchObject({ outcomes: [{ data: 'secret call' }] });
  await recall('ann', 1);
  expect(await known()).toMatchObject({ data: '', outcomes: [{ actionType: ACTION.timeout, data: '' }] });
});

test('of an answer that is recalled, the answer stays, and not what it said', async () => {
  const { take, recall, known, kept } = await called();
  await take('ben', accept);
  expect(await kept()).toContain('secret yes');
  await recall('ben', 2);
  expect(await known()).toMatchObject({
    data: 'secret call',
    outcomes: [{ userID: 'ben', actionType: ACTION.accept, data: '' }],
  });
  expect(await kept()).not.toContain('secret yes');
});
