import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupLog } from '../conversations/conversation-id.ts';
import { keys } from '../keys.ts';
import { createTown, type Town } from '../testing/town.ts';

const groupID = '@TGS#_town';
const topicID = `${groupID}@TOPIC#_square`;
const conversationID = `GROUP${topicID}`;

type Name = 'ann' | 'bob' | 'cat';

async function found(): Promise<Town<Name>> {
  const town = await createTown(['ann', 'bob', 'cat']);
  await town.ask('ann', 'group.create', { type: 'Community', name: 'town', groupID, isSupportTopic: true });
  await town.ask('ann', 'topic.create', { groupID, topicID, name: 'square' });
  return town;
}

const say = (town: Town<Name>, who: Name, text: string) =>
  town.ask(who, 'message.send', {
    conversationID,
    clientID: `${who}-${text}`,
    elements: [{ type: 'TIMTextElem', payload: { text } }],
  });

const step = fc.record({
  who: fc.constantFrom<Name>('bob', 'cat'),
  does: fc.constantFrom('join', 'quit', 'kick', 'say', 'say', 'ann says', 'read', 'mute', 'unmute'),
});

/** What one user may see and has unread, kept in the plainest way. */
interface Expected {
  isIn: boolean;
  isMuted: boolean;
  /** How many messages there were when the last membership ended. */
  until: number;
  /** Numbers of others' messages of this membership that were not read. */
  unread: Set<number>;
}

describe('visibility and unread in topics', () => {
  test('follow from the memberships of the community, whatever comes between', async () => {
    const property = fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const town = await found();
      const nobody = { isIn: false, isMuted: false, until: 0 };
      const people: Record<Name, Expected> = {
        ann: { ...nobody, isIn: true, unread: new Set() },
        bob: { ...nobody, unread: new Set() },
        cat: { ...nobody, unread: new Set() },
      };
      let said = 0;
      const leaves = (who: Name) =>
        Object.assign(people[who], { isIn: false, until: said, unread: new Set() });
      const speaks = (who: Name) => {
        said += 1;
        for (const [name, one] of Object.entries(people)) if (one.isIn && name !== who) one.unread.add(said);
      };
      for (const [index, { who, does }] of steps.entries()) {
        const person = people[who];
        const attempt = async (run: () => Promise<unknown>) =>
          run().then(
            () => true,
            () => false,
          );
        if (does === 'join') {
          await town.ask(who, 'group.join', { groupID });
          person.isIn = true;
        } else if (does === 'quit') {
          expect(await attempt(() => town.ask(who, 'group.quit', { groupID }))).toBe(person.isIn);
          if (person.isIn) leaves(who);
        } else if (does === 'kick') {
          await town.ask('ann', 'group.deleteMembers', { groupID, userIDs: [who] });
          if (person.isIn) leaves(who);
        } else if (does === 'say') {
          const isHeard = await attempt(() => say(town, who, `${index}`));
          expect(isHeard).toBe(person.isIn && !person.isMuted);
          if (isHeard) speaks(who);
        } else if (does === 'ann says') {
          await say(town, 'ann', `${index}`);
          speaks('ann');
        } else if (does === 'read') {
          const seq = Math.ceil(said / 2);
          const isRead = await attempt(() => town.ask(who, 'conversation.read', { conversationID, seq }));
          if (person.isIn) expect(isRead).toBe(true);
          if (person.isIn)
            for (const unread of [...person.unread]) if (unread <= seq) person.unread.delete(unread);
        } else if (person.isIn) {
          await town.ask('ann', 'group.muteMember', {
            groupID,
            userID: who,
            seconds: does === 'mute' ? 600 : 0,
          });
          person.isMuted = does === 'mute';
        }
        for (const name of ['bob', 'cat'] as const) await check(town, name, people[name], said);
      }
    });
    await fc.assert(property, { numRuns: 60 });
  });
});

async function check(town: Town<Name>, who: Name, expected: Expected, said: number): Promise<void> {
  const { messages } = await town.ask(who, 'message.history', { conversationID, limit: 100 });
  const top = expected.isIn ? said : expected.until;
  expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: top }, (_, index) => index + 1));
  if (!expected.isIn) return;
  const { topics } = await town.ask(who, 'topic.list', { groupID });
  expect(topics).toMatchObject([{ conversationID, unread: expected.unread.size, topic: { topicID } }]);
}

describe('the cost of topics', () => {
  test('coming, going and speaking write nothing for the other members', async () => {
    const town = await found();
    await town.ask('bob', 'group.join', { groupID });
    await town.ask('cat', 'group.join', { groupID });
    await say(town, 'ann', 'hello');
    const mine = await town.deps.store.scan({ prefix: 'u/1/bob/topic/', limit: 9 });
    expect(mine).toEqual([]);
    // One place for each change of the community, not for each member.
    for (let index = 0; index < 5; index++) await say(town, 'ann', `${index}`);
    const log = 'c/1/t:@TGS#_town:square';
    expect(await town.deps.store.scan({ prefix: keys.places(log), limit: 9 })).toHaveLength(1);
  });
});

describe('the bound of topics', () => {
  test('is one of its own, and a deleted one makes room', async () => {
    const town = await found();
    for (let index = 1; index < 200; index++)
      await town.ask('ann', 'topic.create', { groupID, topicID: `${topicID}${index}`, name: 'x' });
    const more = { groupID, topicID: `${groupID}@TOPIC#_more`, name: 'x' };
    await expect(town.ask('ann', 'topic.create', more)).rejects.toMatchObject({ reason: 'topicsOverLimit' });
    await town.ask('ann', 'topic.delete', { groupID, topicIDs: [topicID] });
    await town.ask('ann', 'topic.create', more);
    const elsewhere = { groupID, topicID: '@TGS#_other@TOPIC#_x', name: 'x' };
    await expect(town.ask('ann', 'topic.create', elsewhere)).rejects.toMatchObject({
      reason: 'groupIDInvalid',
    });
    const topics = await town.deps.store.scan({ prefix: keys.topics(groupLog(1, groupID)), limit: 999 });
    expect(topics).toHaveLength(200);
  });
});
