import { expect, test } from 'vitest';
import { history, logIn, say, settle, shown } from './talk.ts';
import { createWorld } from './world.ts';

test('what could not be sent can be deleted, alone or with what was; what is on its way cannot', async () => {
  const world = createWorld(1);
  const [bob, alice] = [world.device(), world.device()];
  await logIn(world, bob, 'bob');
  await logIn(world, alice, 'alice');
  const sent = await say(world, alice, 'bob', 'sent');
  const toBob = { to: 'bob', conversationType: 'C2C' as const };
  const makes = ['first', 'second'].map((text) =>
    alice.tim.createTextMessage({ ...toBob, payload: { text } }),
  );
  const [first, second] = makes;
  if (!first || !second) throw new Error('two were made');
  alice.setReachable(false);
  alice.cut();
  const sending = Promise.allSettled(makes.map((message) => alice.tim.sendMessage(message)));
  await expect(settle(world, alice.tim.deleteMessage([first]))).rejects.toMatchObject({ code: 2105 });
  await world.pass(70_000);
  expect((await sending).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  alice.setReachable(true);
  await world.pass(30_000);
  const texts = async (): Promise<unknown[]> =>
    (await history(world, alice, 'C2Cbob')).map(({ payload }) => (payload as { text: string }).text);
  expect(await texts()).toEqual(['sent', 'first', 'second']);
  const { data } = await settle(world, alice.tim.deleteMessage([first]));
  expect(data.messageList).toEqual([first]);
  expect(first.isDeleted).toBe(true);
  expect(await texts()).toEqual(['sent', 'second']);
  await settle(world, alice.tim.deleteMessage([sent, second]));
  expect(await texts()).toEqual([]);
  expect(await history(world, bob, 'C2Calice')).toHaveLength(1);
});

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
