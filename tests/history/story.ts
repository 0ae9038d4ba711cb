import type { Line } from './history.ts';
import { Ideal } from './ideal.ts';

export const PAIR = 'c2c:ann:ben';
export const GROUP = 'group:tea';
/** A topic of a community that Ben leaves. */
export const TOPIC = 'topic:@TGS#_town@TOPIC#_square';
export const TOWN = 'group:@TGS#_town';
/** Three are in it. */
export const CHOIR = 'group:choir';

/**
 * The story that the self-test tampers with: two users with three devices, a pair and a group, a member who leaves and comes
 * back, an acknowledgement that got lost and was asked for again, a refusal, a kick, a logout, reading and clearing, an invitation
 * that is accepted and one that nobody answers, messages that are recalled, edited and deleted, and receipts.
 */
export function tellStory(): Line[] {
  const story = new Ideal();
  story.login('a1', 'ann');
  story.login('b1', 'ben');
  story.login('a2', 'ann');
  for (const body of ['one', 'two', 'three']) story.send('a1', PAIR, body);
  story.send('b1', PAIR, 'four');
  story.read('b1', PAIR);
  story.createGroup('a1', 'tea', ['ann', 'ben']);
  for (const body of ['milk', 'sugar']) story.send('b1', GROUP, body);
  story.leave('b1', 'tea');
  story.send('a1', GROUP, 'without ben');
  story.join('b1', 'tea');
  story.send('a2', GROUP, 'ben is back');

  story.createGroup('a1', '@TGS#_town', ['ann', 'ben']);
  const cellar = `${TOPIC}-cellar`.slice('topic:'.length);
  const square = { topicID: TOPIC.slice('topic:'.length), name: 'square' };
  story.changeTopics('createTopic', 'a1', TOWN, { kind: 'topic', topic: square });
  story.changeTopics('createTopic', 'a1', TOWN, {
    kind: 'topic',
    topic: { topicID: cellar, name: 'cellar' },
  });
  story.changeTopics('deleteTopic', 'a1', TOWN, { kind: 'topicsDeleted', topicIDs: [cellar] });
  for (const body of ['market', 'fountain']) story.send('a1', TOPIC, body);
  story.leave('b1', '@TGS#_town');
  story.send('a1', TOPIC, 'after ben');

  const lost = story.begin('a1', PAIR, 'five');
  story.store('a1', PAIR, 'five');
  story.fail(lost, 'info', 2801);
  story.acknowledge(story.begin('a1', PAIR, 'five', true), PAIR, 'five');
  story.fail(story.begin('b1', GROUP, 'refused'), 'fail', 10007);

  story.history('b1', PAIR);
  story.claim('b1', PAIR, 5);
  story.messages.clear('a2', PAIR);
  story.send('b1', PAIR, 'after clearing');
  // A third page of ann ends her oldest: the policy has two.
  story.login('a3', 'ann', 'web', [{ device: 'a1', type: 'multipleAccount' }]);
  story.login('c1', 'cas');
  story.logout('c1');
  const call = { inviteID: 'call', users: ['ben'], timeoutS: 30 };
  story.send('a3', PAIR, 'call', { ...call, actionType: 1 });
  story.send('b1', PAIR, 'accept', { ...call, actionType: 3 });
  changeMessages(story);
  tellWhoHasRead(story);
  const party = { inviteID: 'party', users: ['ben'], timeoutS: 10 };
  story.send('a3', GROUP, 'party', { ...party, actionType: 1 });
  story.wait(10_000);
  story.store('a3', GROUP, 'timeout of party', { ...party, actionType: 5 });
  story.heal();
  story.wait(31_000);
  story.send('b1', PAIR, 'six');
  story.send('a3', GROUP, 'seven');
  return story.finish();
}

/** What becomes of messages that are there. */
function changeMessages(story: Ideal): void {
  story.send('b1', PAIR, 'slip');
  story.history('a2', PAIR);
  story.messages.recall('b1', PAIR, 'slip');
  story.history('a3', PAIR);
  for (const body of ['draft', 'sketch']) story.send('b1', PAIR, body);
  story.messages.edit('b1', PAIR, 'draft', 'second draft');
  story.messages.edit('a3', PAIR, 'draft', 'third draft');
  story.messages.edit('b1', PAIR, 'sketch', 'drawing');
  story.messages.recall('b1', PAIR, 'sketch');
  story.history('a3', PAIR);
  for (const body of ['old', 'gossip', 'chatter']) story.send('b1', PAIR, body);
  story.messages.remove('a3', PAIR, ['gossip', 'chatter']);
  story.history('a3', PAIR);
  story.history('b1', PAIR);
  story.messages.clear('a3', GROUP, 'clearHistory');
  story.send('b1', GROUP, 'after clearing the tea');
  story.history('a3', GROUP);
}

/** Who has read what is told to who said it. */
function tellWhoHasRead(story: Ideal): void {
  story.createGroup('a3', 'choir', ['ann', 'ben', 'cas']);
  for (const [conv, body] of [
    [PAIR, 'question'],
    [CHOIR, 'song'],
  ] as const) {
    story.send('a3', conv, body);
    story.receipts.want(conv, body);
    story.receipts.ask('a3', conv, body);
    story.receipts.send('b1', conv, body);
    story.receipts.ask('a2', conv, body);
  }
  story.receipts.list('readers', 'a3', CHOIR, 'song');
  story.receipts.list('nonReaders', 'a3', CHOIR, 'song');
  story.send('b1', PAIR, 'hint');
  story.receipts.want(PAIR, 'hint');
  story.read('b1', PAIR);
  story.history('a3', PAIR);
  story.history('a2', PAIR);
}
