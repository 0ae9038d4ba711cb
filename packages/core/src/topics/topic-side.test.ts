import { expect, test } from 'vitest';
import { createTown, textTo } from '../testing/town.ts';

const groupID = '@TGS#_town';
const topicID = `${groupID}@TOPIC#_square`;
const conversationID = `GROUP${topicID}`;

test('who was in twice while a device was away is brought what was said in both memberships, and nothing else', async () => {
  const { ask, deps } = await createTown(['ann', 'ben']);
  await ask('ann', 'group.create', {
    groupID,
    type: 'Community',
    name: groupID,
    isSupportTopic: true,
    joinOption: 'FreeAccess',
    members: [{ userID: 'ben' }],
  });
  await ask('ann', 'topic.create', { groupID, topicID, name: 'square' });
  const say = (text: string) => ask('ann', 'message.send', { ...textTo('nobody', text), conversationID });
  const told = async () => {
    const { epoch } = deps.store;
    const { range } = await ask('ben', 'conversation.sync', { epoch, conversationID, after: 0 });
    const texts = range.events.flatMap(([, event]) => (event.t === 'message' ? event.elements : []));
    return [range.to, ...texts.map(({ payload }) => ('text' in payload ? payload.text : ''))];
  };
  await say('in');
  await ask('ben', 'group.quit', { groupID });
  await say('out');
  await ask('ben', 'group.join', { groupID });
  expect(await told()).toEqual([2, 'in']);
  await say('in again');
  await ask('ben', 'group.quit', { groupID });
  await say('out again');
  expect(await told()).toEqual([3, 'in', 'in again']);
  await ask('ben', 'group.join', { groupID });
  await ask('ben', 'group.quit', { groupID });
  expect(await told()).toEqual([4, 'in', 'in again']);
});
