import { expect, test } from 'vitest';
import { history, logIn, say, settle, shown } from './talk.ts';
import { createWorld } from './world.ts';

test('what was deleted and what came while a device was away is counted once', async () => {
  const world = createWorld(1, { webInstances: 2 });
  const [bob, away, other] = [world.device(), world.device(), world.device()];
  await logIn(world, bob, 'bob');
  for (const device of [away, other]) await logIn(world, device, 'alice');
  await say(world, bob, 'alice', 'one');
  await say(world, bob, 'alice', 'two');
  away.setReachable(false);
  away.cut();
  await say(world, bob, 'alice', 'three');
  const [one] = await history(world, other, 'C2Cbob');
  if (!one) throw new Error('no history');
  await settle(world, other.tim.deleteMessage([one]));
  away.setReachable(true);
  away.platform.setOnline(true);
  await world.pass(5_000);
  for (const device of [other, away])
    expect(await shown(world, device, 'C2Cbob')).toMatchObject({ unreadCount: 2 });
});

test('a conversation whose last message is deleted shows the one before, and nothing where there is none', async () => {
  const world = createWorld(1, { webInstances: 2 });
  const [bob, alice, other] = [world.device(), world.device(), world.device()];
  await logIn(world, bob, 'bob');
  for (const device of [alice, other]) await logIn(world, device, 'alice');
  await say(world, bob, 'alice', 'one');
  await say(world, bob, 'alice', 'two');
  for (const left of ['one', '']) {
    const last = (await history(world, other, 'C2Cbob')).at(-1);
    if (!last) throw new Error('no history');
    await settle(world, other.tim.deleteMessage([last]));
    await world.pass(1_000);
    for (const device of [other, alice])
      expect(await shown(world, device, 'C2Cbob')).toMatchObject({ lastMessage: { messageForShow: left } });
  }
  expect((await shown(world, alice, 'C2Cbob'))?.lastMessage).toMatchObject({ lastTime: 0, payload: {} });
});
