import { expect, test } from 'vitest';
import { logIn, say, settle, shown, told } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

/** Ann on two devices, and Ben, who has written to her. */
async function meet(seed: number): Promise<{ world: World; ann: Device; other: Device; ben: Device }> {
  const world = createWorld(seed, { webInstances: 3 });
  const [ann, other, ben] = [world.device(), world.device(), world.device()];
  await logIn(world, ann, 'ann');
  await logIn(world, other, 'ann');
  await logIn(world, ben, 'ben');
  await say(world, ben, 'ann', 'hello');
  return { world, ann, other, ben };
}

const blocked = async (world: World, device: Device): Promise<string[]> =>
  (await settle(world, device.tim.getBlacklist())).data;

test('the list is told at the login, and its changes on all my devices, at once or at the next login', async () => {
  const { world, ann, other, ben } = await meet(1);
  expect(told(ann, 'blacklistUpdated')).toEqual([[]]);
  other.setReachable(false);
  other.cut();
  const { data } = await settle(world, ann.tim.addToBlacklist({ userIDList: ['ben', 'nobody'] }));
  expect(data).toEqual(['ben']);
  expect(told(ann, 'blacklistUpdated').at(-1)).toEqual(['ben']);
  expect(told(other, 'blacklistUpdated')).toEqual([[]]);
  other.setReachable(true);
  await world.pass(30_000);
  expect(told(other, 'blacklistUpdated').at(-1)).toEqual(['ben']);
  const late = world.device();
  await logIn(world, late, 'ann');
  expect(told(late, 'blacklistUpdated')).toEqual([['ben']]);
  expect(await blocked(world, late)).toEqual(['ben']);
  expect(told(ben, 'blacklistUpdated')).toEqual([[]]);

  expect((await settle(world, late.tim.removeFromBlacklist({ userIDList: ['ben'] }))).data).toEqual(['ben']);
  for (const device of [ann, other, late]) expect(told(device, 'blacklistUpdated').at(-1)).toEqual([]);
});

test('who was never blocked is not said to be let in again', async () => {
  const { world, ann } = await meet(5);
  await settle(world, ann.tim.addToBlacklist({ userIDList: ['ben'] }));
  const remove = () => settle(world, ann.tim.removeFromBlacklist({ userIDList: ['ben', 'cat', 'nobody'] }));
  expect((await remove()).data).toEqual(['ben']);
  expect((await remove()).data).toEqual([]);
});

test('a call that does nothing for anybody fails with the reason', async () => {
  const { world, ann } = await meet(2);
  const add = (userID: string) => settle(world, ann.tim.addToBlacklist({ userIDList: [userID] }));
  await expect(add('nobody')).rejects.toMatchObject({ code: 31804 });
  await expect(add('ann')).rejects.toMatchObject({ code: 30001 });
});

test('nothing that a blocked user does reaches me: no message, unread, typing, receipt, recall', async () => {
  const { world, ann, other, ben } = await meet(3);
  const mine = await say(world, ann, 'ben', { text: 'read me', needReadReceipt: true });
  const theirs = await say(world, ben, 'ann', 'second');
  await settle(world, ann.tim.addToBlacklist({ userIDList: ['ben'] }));
  for (const device of [ann, other]) device.events.length = 0;

  await expect(say(world, ben, 'ann', 'third')).rejects.toMatchObject({ code: 20007 });
  const typing = ben.tim.createCustomMessage({
    to: 'ann',
    conversationType: 'C2C',
    payload: { data: 'typing', description: '', extension: '' },
  });
  const send = ben.tim.sendMessage(typing, { onlineUserOnly: true });
  await expect(settle(world, send)).rejects.toMatchObject({ code: 20007 });
  await expect(settle(world, ben.tim.revokeMessage(theirs))).rejects.toMatchObject({ code: 20007 });
  const { messageList } = (await settle(world, ben.tim.getMessageList({ conversationID: 'C2Cann' }))).data;
  const asking = messageList.filter(({ needReadReceipt }) => needReadReceipt);
  expect(asking).toHaveLength(1);
  await settle(world, ben.tim.sendMessageReadReceipt(asking));
  await settle(world, ben.tim.setMessageRead({ conversationID: 'C2Cann' }));

  for (const device of [ann, other]) expect(device.events).toEqual([]);
  expect(mine.isPeerRead).toBe(false);
  expect((await shown(world, ann, 'C2Cben'))?.unreadCount).toBe(2);

  await say(world, ann, 'ben', 'you may answer');
  await settle(world, ann.tim.removeFromBlacklist({ userIDList: ['ben'] }));
  await say(world, ben, 'ann', 'thanks');
  expect(told(ann, 'onMessageReceived')).toMatchObject([[{ payload: { text: 'thanks' } }]]);
});

test('a message that races with its block is either there for both or failed for its sender', async () => {
  const { world, ann, ben } = await meet(4);
  const outcomes: string[] = [];
  for (let round = 0; round < 12; round++) {
    const text = `round ${round}`;
    const message = ben.tim.createTextMessage({ to: 'ann', conversationType: 'C2C', payload: { text } });
    const send = (): Promise<string> =>
      ben.tim.sendMessage(message).then(
        () => 'success',
        (error: { code: number }) => `fail ${error.code}`,
      );
    const block = () => ann.tim.addToBlacklist({ userIDList: ['ben'] });
    // Both are under way at once, and either may be the first.
    const early = round % 2 === 0 ? undefined : block();
    const sending = send();
    await settle(world, Promise.all([sending, early ?? block()]));
    const { messageList } = (await settle(world, ann.tim.getMessageList({ conversationID: 'C2Cben' }))).data;
    const isThere = messageList.some(({ payload }) => 'text' in payload && payload.text === text);
    outcomes.push(`${await sending}, ${isThere ? 'there' : 'not there'}`);
    await settle(world, ann.tim.removeFromBlacklist({ userIDList: ['ben'] }));
  }
  expect(new Set(outcomes)).toEqual(new Set(['success, there', 'fail 20007, not there']));
});
