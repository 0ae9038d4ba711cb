import type { Message } from '@sterna/sdk';
import { expect, test } from 'vitest';
import { history, logIn, say, settle, shown } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

/** Far enough that the server has heard it, and its answer is still on its way. */
const HEARD_MS = 8;

interface Scene {
  world: World;
  alice: Device;
  message: Message;
  /** What the application was told when the send had ended. */
  sent(): Promise<Message>;
}

/**
 * Alice's message is stored, and its answer lost. While she is away something becomes of it by her other device, and bob speaks. She
 * comes back to a server that begins anew: only the answer to the repeated send brings her message.
 */
async function sentAgain(change: (message: Message, other: Device) => Promise<unknown>): Promise<Scene> {
  const world = createWorld(1, { webInstances: 2 });
  const [alice, other, bob] = [world.device(), world.device(), world.device()];
  for (const device of [alice, other]) await logIn(world, device, 'alice');
  await logIn(world, bob, 'bob');
  await settle(world, other.tim.updateMyProfile({ nick: 'Alice' }));
  await say(world, bob, 'alice', 'hello');
  const message = alice.tim.createTextMessage({
    to: 'bob',
    conversationType: 'C2C',
    payload: { text: 'said' },
  });
  const sending = alice.tim.sendMessage(message);
  await world.pass(HEARD_MS);
  alice.setReachable(false);
  alice.cut();
  await world.pass(1_000);
  const copy = (await history(world, other, 'C2Cbob')).at(-1);
  if (copy?.ID !== message.ID) throw new Error('it was never stored');
  await settle(world, change(copy, other));
  await say(world, bob, 'alice', 'well?');
  world.renewStore();
  alice.setReachable(true);
  alice.platform.setOnline(true);
  await world.pass(5_000);
  return { world, alice, message, sent: async () => (await settle(world, sending)).data.message };
}

test('a message that was stored, edited and sent again says what it was edited to', async () => {
  const { world, alice, message, sent } = await sentAgain((copy, { tim }) =>
    tim.modifyMessage(Object.assign({ ...copy }, { payload: { text: 'edited' }, cloudCustomData: 'by me' })),
  );
  const edited = {
    status: 'success',
    payload: { text: 'edited' },
    cloudCustomData: 'by me',
    version: 1,
    isModified: true,
    nick: 'Alice',
  };
  expect(await sent()).toBe(message);
  expect(message).toMatchObject(edited);
  expect(await history(world, alice, 'C2Cbob')).toContain(message);
  expect(message).toMatchObject(edited);
});

test('a message that was stored, recalled and sent again is recalled, with its words for whoever wrote it', async () => {
  const { world, alice, message, sent } = await sentAgain((copy, { tim }) => tim.revokeMessage(copy));
  const recalled = { status: 'success', isRevoked: true, revoker: 'alice', payload: { text: 'said' } };
  expect(await sent()).toMatchObject(recalled);
  expect(await history(world, alice, 'C2Cbob')).toContain(message);
  expect(message).toMatchObject(recalled);
});

test.each<[how: string, remove: (copy: Message, device: Device) => Promise<unknown>]>([
  ['deleted', (copy, { tim }) => tim.deleteMessage([copy])],
  ['cleared', (_, { tim }) => tim.clearHistoryMessage('C2Cbob')],
])('a message that was stored, %s and sent again is not shown', async (_, remove) => {
  const { world, alice, message, sent } = await sentAgain(remove);
  expect(await sent()).toMatchObject({ status: 'success', sequence: 2 });
  const texts = (await history(world, alice, 'C2Cbob')).map(({ payload }) => payload);
  expect(texts).not.toContainEqual(message.payload);
  expect(alice.tim.findMessage(message.ID)).toBeNull();
  expect(await shown(world, alice, 'C2Cbob')).toMatchObject({ lastMessage: { messageForShow: 'well?' } });
});
