import type { Message } from '@sterna/sdk';
import { expect, test } from 'vitest';
import { history, logIn, settle } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

async function meet(seed: number): Promise<{ world: World; ann: Device; ben: Device }> {
  const world = createWorld(seed);
  const [ann, ben] = [world.device(), world.device()];
  await logIn(world, ben, 'ben');
  await logIn(world, ann, 'ann');
  return { world, ann, ben };
}

const texts = async (world: World, device: Device): Promise<unknown[]> =>
  (await history(world, device, 'C2Cann')).map(({ payload }) => (payload as { text: string }).text);

const toBen = ({ tim }: Device, text: string): Message =>
  tim.createTextMessage({ to: 'ben', conversationType: 'C2C', payload: { text } });

const code = (sending: Promise<unknown>): Promise<number> =>
  sending.then(
    () => 0,
    (error: unknown) => (error as { code: number }).code,
  );

test.each(['logout', 'destroy'] as const)(
  'a send that %s overtakes is told as unknown where it had left, and as not sent where it had not',
  async (end) => {
    const { world, ann, ben } = await meet(1);
    const sending = ['one', 'two'].map((text) => code(ann.tim.sendMessage(toBen(ann, text))));
    await settle(world, ann.tim[end]());
    // The second leaves when the first is answered: nobody has seen it.
    expect(await Promise.all(sending)).toEqual([2801, 2024]);
    expect(await texts(world, ben)).toEqual(['one']);
  },
);

test('what was on a line that broke may be stored, however long ago it left', async () => {
  const { world, ann, ben } = await meet(2);
  const sending = code(ann.tim.sendMessage(toBen(ann, 'one')));
  await world.pass(1);
  ann.setReachable(false);
  ann.cut();
  await world.pass(3000);
  const later = code(ann.tim.sendMessage(toBen(ann, 'two')));
  await settle(world, ann.tim.logout());
  expect([await sending, await later]).toEqual([2801, 2024]);
  expect((await texts(world, ben)).length).toBeLessThan(2);
});

test('after the next login it is sent again, and is there once', async () => {
  const { world, ann, ben } = await meet(3);
  const message = toBen(ann, 'one');
  const sending = code(ann.tim.sendMessage(message));
  await settle(world, ann.tim.logout());
  expect([await sending, message.status]).toEqual([2801, 'fail']);
  await logIn(world, ann, 'ann');
  await settle(world, ann.tim.resendMessage(message));
  expect(message.status).toBe('success');
  expect(await texts(world, ben)).toEqual(['one']);
});
