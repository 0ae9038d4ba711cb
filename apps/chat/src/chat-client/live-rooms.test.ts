import { expect, test } from 'vitest';
import { settled, signedIn } from '../../dev/stage.ts';
import { LIMITS } from './limits.ts';

async function inRoom() {
  const made = await signedIn();
  const groupID = await made.client.createGroup({ name: 'Camera', type: 'AVChatRoom', userIDs: [] });
  return { ...made, groupID, conversationID: `GROUP${groupID}` };
}

test('a room stays, though no list has it, until a notice ends it', async () => {
  const { state, tim, groupID } = await inRoom();
  tim.controls.emit('onGroupListUpdated', []);
  expect(state().groups.get(groupID)?.name).toBe('Camera');
  const message = tim.controls.deliver('@TIM#SYSTEM', 'admin', '');
  const notice = (operationType: number) => ({
    ...message,
    ID: `notice-${operationType}`,
    type: 'TIMGroupSystemNoticeElem',
    payload: { operationType, groupProfile: { groupID } },
  });
  tim.controls.emit('onMessageReceived', [notice(9)]);
  expect(state().groups.has(groupID)).toBe(true);
  tim.controls.emit('onMessageReceived', [notice(4)]);
  expect(state().groups.has(groupID)).toBe(false);
  expect(state().closedRooms.get(groupID)).toMatchObject({ name: 'Camera', why: 'sentOut' });
});

test('who is not let in finds the room closed, by its name, until they come in', async () => {
  const { client, state, tim, groupID } = await inRoom();
  const { joinGroup } = tim;
  const visit = (join: typeof joinGroup) => {
    Object.assign(tim, { joinGroup: join });
    return client.visitLiveRoom(groupID).catch(() => undefined);
  };
  const refusing = (code: number) => () => Promise.reject(Object.assign(new Error('no'), { code }));
  // No answer is none: it may be asked again.
  await visit(refusing(2801));
  expect(state().closedRooms.size).toBe(0);
  await visit(refusing(10007));
  expect(state().closedRooms.get(groupID)).toMatchObject({ name: 'Camera', why: 'notLetIn' });
  await visit(joinGroup);
  expect(state().closedRooms.size).toBe(0);
  expect(state().groups.get(groupID)?.name).toBe('Camera');
});

test('of what is said in it the newest is kept', async () => {
  const { client, state, tim, conversationID } = await inRoom();
  await client.open(conversationID);
  for (let line = 1; line <= LIMITS.liveMessages + 5; line += 1)
    tim.controls.deliver(conversationID, 'bob', `line ${line}`);
  const items = state().timelines[conversationID]?.items ?? [];
  expect(items).toHaveLength(LIMITS.liveMessages);
  expect(items.at(-1)?.text).toBe(`line ${LIMITS.liveMessages + 5}`);
});

test('its audience is counted while somebody looks, and again after a while', async () => {
  const { client, state, tim, passTime, groupID } = await inRoom();
  const stop = client.watchAudience(groupID);
  await settled();
  expect(state().audience).toEqual({ groupID, count: 1 });
  await tim.addGroupMember({ groupID, userIDList: ['bob'] });
  passTime();
  await settled();
  expect(state().audience).toEqual({ groupID, count: 2 });
  stop();
  passTime();
  await settled();
  expect(state().audience).toBeUndefined();
});
