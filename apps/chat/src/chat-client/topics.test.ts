import { expect, test } from 'vitest';
import { settled, signedIn } from '../../dev/stage.ts';
import { communityOf } from './published-values.ts';
import { isOfCommunity, topicsOf } from './topics.ts';

const PLAN = { name: 'Nests', introduction: '' };

async function inCommunity() {
  const made = await signedIn();
  const plan = { name: 'Terns', type: 'Community', userIDs: [], hasTopics: true } as const;
  const groupID = await made.client.createGroup(plan);
  const conversationID = await made.client.createTopic(groupID, PLAN);
  await settled();
  return { ...made, groupID, conversationID };
}

test('a community with topics is in no list, and stays through all that lists say', async () => {
  const { state, tim, groupID, conversationID } = await inCommunity();
  expect(state().conversations).toEqual([]);
  tim.controls.emit('onGroupListUpdated', []);
  expect(state().groups.get(groupID)).toMatchObject({ name: 'Terns', hasTopics: true });
  expect(state().topics.get(conversationID)).toMatchObject({ title: 'Nests', groupID, unread: 0 });
});

test('a topic counts what is unread in it, and shows what was said last', async () => {
  const { client, state, tim, conversationID } = await inCommunity();
  tim.controls.deliver(conversationID, 'bob', 'three eggs');
  expect(state().topics.get(conversationID)).toMatchObject({
    unread: 1,
    preview: { kind: 'text', text: 'three eggs', from: 'bob' },
  });
  expect(state().conversations).toEqual([]);
  await client.open(conversationID);
  await client.markRead(conversationID);
  expect(state().topics.get(conversationID)?.unread).toBe(0);
  await client.sendText(conversationID, 'four by now');
  expect(state().topics.get(conversationID)?.preview).toMatchObject({ text: 'four by now' });
});

test('what is not changed keeps its object: its row is not drawn again', async () => {
  const { client, state, tim, groupID, conversationID } = await inCommunity();
  const other = await client.createTopic(groupID, { name: 'Flights', introduction: '' });
  await settled();
  const before = state().topics.get(conversationID);
  tim.controls.deliver(other, 'bob', 'south');
  tim.controls.emit('sdkReload', undefined);
  await settled();
  expect(state().topics.get(conversationID)).toBe(before);
});

test('topics are named and described anew, silenced, and taken away', async () => {
  const { client, state, conversationID } = await inCommunity();
  const topic = () => {
    const found = state().topics.get(conversationID);
    if (found === undefined) throw new Error('no topic');
    return found;
  };
  await client.updateTopic(topic(), { name: 'Eggs', introduction: 'counted daily' });
  expect(topic()).toMatchObject({ title: 'Eggs', introduction: 'counted daily', muteAll: false });
  await client.updateTopic(topic(), { muteAll: true });
  expect(topic()).toMatchObject({ title: 'Eggs', muteAll: true });
  await client.deleteTopic(topic());
  expect(state().topics.size).toBe(0);
});

test('a notice, and a tip of the community, have the communities read again, once for many', async () => {
  const { state, tim, groupID, conversationID, passTime } = await inCommunity();
  tim.controls.deliver(conversationID, 'bob', 'words are no news of it');
  await tim.quitGroup(groupID);
  passTime();
  await settled();
  expect(state().groups.has(groupID)).toBe(true);
  const message = tim.controls.deliver('@TIM#SYSTEM', 'admin', '');
  const notice = { ...message, type: 'TIMGroupSystemNoticeElem', payload: { operationType: 8 } };
  tim.controls.emit('onMessageReceived', [notice, { ...notice, ID: 'another' }]);
  passTime();
  await settled();
  expect(state().groups.has(groupID)).toBe(false);
  expect(state().topics.size).toBe(0);
});

test('topics stand by their names', async () => {
  const { client, state, groupID } = await inCommunity();
  for (const name of ['Colony 10', 'Colony 9', 'albatross'])
    await client.createTopic(groupID, { ...PLAN, name });
  const titles = topicsOf(state().topics, groupID).map(({ title }) => title);
  expect(titles).toEqual(['albatross', 'Colony 9', 'Colony 10', 'Nests']);
  expect(topicsOf(state().topics, 'other')).toEqual([]);
});

test.each([
  ['@TGS#_a@TOPIC#_b', '@TGS#_a'],
  ['GROUP@TGS#_a@TOPIC#_b', '@TGS#_a'],
  ['@TGS#_a', undefined],
  ['C2Cbob', undefined],
])('%s is of %s', (id, community) => {
  expect(communityOf(id)).toBe(community);
  expect(isOfCommunity(id, '@TGS#_a')).toBe(community !== undefined);
});
