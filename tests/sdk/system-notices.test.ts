import { expect, test } from 'vitest';
import { logIn, settle } from './talk.ts';
import { createWorld } from './world.ts';

test('of many who apply to a quiet group each is a message, read page by page to the end', async () => {
  const world = createWorld(1);
  const alice = world.device();
  await logIn(world, alice, 'alice');
  const groupID = 'terns';
  await settle(world, alice.tim.createGroup({ type: 'Public', name: 'terns', groupID }));
  const strangers = Array.from({ length: 20 }, (_, each) => `stranger${each}`);
  for (const userID of strangers) {
    const device = world.device();
    await logIn(world, device, userID);
    await settle(world, device.tim.joinGroup({ groupID, type: 'Public' }));
  }
  await settle(world, alice.tim.logout());
  await logIn(world, alice, 'alice');

  const conversationID = '@TIM#SYSTEM';
  const newest = (await settle(world, alice.tim.getMessageList({ conversationID }))).data;
  const { nextReqMessageID } = newest;
  const older = (await settle(world, alice.tim.getMessageList({ conversationID, nextReqMessageID }))).data;
  expect(older.isCompleted).toBe(true);
  const read = [...older.messageList, ...newest.messageList];
  // The first tells of the group that she made.
  expect(read.slice(1).map(({ payload }) => payload)).toMatchObject(
    strangers.map((operatorID) => ({ operatorID, operationType: 1 })),
  );
  expect(new Set(read.map(({ ID }) => ID)).size).toBe(1 + strangers.length);
});
