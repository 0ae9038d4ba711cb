import { expect, test } from 'vitest';
import { keys } from '../keys.ts';
import { decode } from '../records.ts';
import { createTown } from '../testing/town.ts';
import { loggedIn } from '../testing/domain-commands.ts';
import { runDueTimers } from '../timers/due-timers.ts';
import type { Command } from '../transaction/command.ts';

const MEMBERS = 251;
const groupID = 'crowd';

/** A community whose members are many, and what was executed since it was there. */
async function crowd() {
  const town = await createTown(['ann']);
  const userIDs = Array.from({ length: MEMBERS - 1 }, (_, index) => `m${index}`);
  for (const userID of userIDs) await loggedIn(town.deps.store, userID);
  await town.ask('ann', 'group.create', { type: 'Community', name: 'crowd', groupID });
  for (let first = 0; first < userIDs.length; first += 500)
    await town.ask('ann', 'group.addMembers', { groupID, userIDs: userIDs.slice(first, first + 500) });
  const executed: Command['type'][] = [];
  const { store } = town.deps;
  const fault = { afterCommands: Infinity };
  town.deps.store = Object.assign(Object.create(store), {
    async execute(command: Command) {
      if (executed.length >= fault.afterCommands) throw new Error('the node is gone');
      executed.push(command.type);
      return store.execute(command);
    },
  });
  const left = async (): Promise<number> => {
    const accounts = await store.get(['ann', ...userIDs].map((userID) => keys.account(1, userID)));
    return accounts.filter((account) => decode.account(account)?.groups === 0).length;
  };
  const timers = async () => (await store.scan({ prefix: keys.timers, limit: 9 })).length;
  return { town, executed, fault, left, timers };
}

test('who ends a large group is answered before all members have been told; the rest follows, some at a time', async () => {
  const { town, executed, left, timers } = await crowd();
  await town.ask('ann', 'group.dismiss', { groupID });
  expect(executed).toHaveLength(1 + 5);
  expect(await left()).toBe(100);
  // Not before its time: whoever has ended it is at it.
  await runDueTimers(town.deps);
  expect(await left()).toBe(100);
  await town.clock.advance(1_000);
  expect(await runDueTimers(town.deps)).toBe(town.clock.nowMs());
  expect(await left()).toBe(200);
  expect(await runDueTimers(town.deps)).toBeUndefined();
  expect([await left(), await timers()]).toEqual([MEMBERS, 0]);
  expect(await town.told('ann', 'groupLeft')).toMatchObject([{ groupID, reason: 'dismissed', by: 'ann' }]);
});

test('what a node left undone is done by whoever looks', async () => {
  const { town, executed, fault, left, timers } = await crowd();
  fault.afterCommands = 2;
  await expect(town.ask('ann', 'group.dismiss', { groupID })).rejects.toThrow('gone');
  expect([executed.length, await left()]).toEqual([2, 20]);
  fault.afterCommands = Infinity;
  await town.clock.advance(1_000);
  const look = async () => {
    while ((await runDueTimers(town.deps)) === town.clock.nowMs());
  };
  // Two nodes at once tell nobody twice.
  await Promise.all([look(), look()]);
  expect([await left(), await timers()]).toEqual([MEMBERS, 0]);
  expect(await town.told('ann', 'groupLeft')).toHaveLength(1);
});

test('others have the node for as long as members of a large group took', async () => {
  const { town } = await crowd();
  await town.ask('ann', 'group.dismiss', { groupID });
  await town.clock.advance(1_000);
  const { store } = town.deps;
  town.deps.store = Object.assign(Object.create(store), {
    async execute(command: Command) {
      await town.clock.advance(3);
      return store.execute(command);
    },
  });
  expect(await runDueTimers(town.deps)).toBe(town.clock.nowMs() + 5 * 3);
});

test('a small one is over at once, with nothing left to do', async () => {
  const { town, executed, timers } = await crowd();
  await town.ask('ann', 'group.create', { type: 'Public', name: 'small', groupID: 'small' });
  executed.length = 0;
  await town.ask('ann', 'group.dismiss', { groupID: 'small' });
  expect(executed).toEqual(['group.dismiss', 'group.leaveDismissed']);
  expect(await timers()).toBe(0);
});
