import { allModules, friends } from '@sterna/sdk/testing';
import { expect, test } from 'vitest';
import { history, logIn, say, settle } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

const source = 'AddSource_Type_Web';

async function meet(seed: number): Promise<{ world: World; one: Device; two: Device }> {
  const world = createWorld(seed, {
    webInstances: 3,
    domains: [...new Set([...allModules, friends])],
    settings: { friendsOnly: true, hidesBlocks: true },
  });
  const [one, two] = [world.device(), world.device()];
  await logIn(world, one, 'one');
  await logIn(world, two, 'two');
  return { world, one, two };
}

/** 0 for what is taken, else the code. */
function sayTo(world: World, from: Device, to: string, options = {}): Promise<number> {
  const message = from.tim.createTextMessage({ to, conversationType: 'C2C', payload: { text: 'hi' } });
  return settle(world, from.tim.sendMessage(message, options)).then(
    () => 0,
    (error: { code: number }) => error.code,
  );
}

test('the code says whose list lacks whom, also for what is not stored', async () => {
  const { world, one, two } = await meet(1);
  const both = async (options = {}): Promise<number[]> => [
    await sayTo(world, one, 'two', options),
    await sayTo(world, two, 'one', options),
  ];
  expect(await both()).toEqual([20009, 20009]);
  expect(await both({ onlineUserOnly: true })).toEqual([20009, 20009]);
  await settle(world, one.tim.addFriend({ to: 'two', source, type: 'Add_Type_Single' }));
  expect(await both()).toEqual([20010, 20011]);
  expect(await both({ onlineUserOnly: true })).toEqual([20010, 20011]);
  await settle(world, two.tim.addFriend({ to: 'one', source, type: 'Add_Type_Single' }));
  expect(await both()).toEqual([0, 0]);
  await settle(world, one.tim.deleteFriend({ userIDList: ['two'], type: 'Delete_Type_Single' }));
  expect(await both()).toEqual([20011, 20010]);
  const sent = (await history(world, one, 'C2Ctwo')).filter(({ status }) => status === 'success');
  expect(sent).toHaveLength(2);
});

test('in a group strangers talk; where a block is hidden, the blocked is told nothing', async () => {
  const { world, one, two } = await meet(2);
  const memberList = [{ userID: 'two' }];
  await settle(world, one.tim.createGroup({ name: 'tea', groupID: 'tea', type: 'Private', memberList }));
  await say(world, one, 'tea', { text: 'hello', conversationType: 'GROUP' });
  await settle(world, one.tim.addFriend({ to: 'two', source }));
  await settle(world, two.tim.addToBlacklist({ userIDList: ['one'] }));
  two.events.length = 0;
  expect(await sayTo(world, one, 'two')).toBe(0);
  expect(two.events).toEqual([]);
});

test('a message that races with the end of the friendship is there for both, or refused', async () => {
  const { world, one, two } = await meet(3);
  const outcomes = new Set<string>();
  for (let round = 0; round < 12; round++) {
    await settle(world, one.tim.addFriend({ to: 'two', source }));
    const part = (): Promise<unknown> => two.tim.deleteFriend({ userIDList: ['one'] });
    const before = (await history(world, two, 'C2Cone')).length;
    // Both are under way at once, and either may be the first.
    const early = round % 2 === 0 ? undefined : part();
    const sending = sayTo(world, one, 'two');
    await Promise.all([sending, early ?? part()]);
    await world.pass(1_000);
    const came = (await history(world, two, 'C2Cone')).length - before;
    outcomes.add(`${await sending} ${came}`);
  }
  expect(outcomes).toEqual(new Set(['0 1', '20009 0']));
});
