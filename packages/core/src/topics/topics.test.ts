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

/** What one user may see and has unread, kept in the plainest way. */
interface Expected {
  isIn: boolean;
  /** Whether they ever were: only then is there anything to read. */
  wasIn: boolean;
  isMuted: boolean;
  /** How many messages there were when the last membership ended. */
  until: number;
  /** Numbers of others' messages of this membership that were not read. */
  unread: Set<number>;
}

type People = Record<Name, Expected>;

/** The town, and beside it what must be so. */
interface Scene {
  town: Town<Name>;
  people: People;
  said: number;
}

async function attempt(run: Promise<unknown>): Promise<boolean> {
  return run.then(
    () => true,
    () => false,
  );
}

function leave(scene: Scene, who: Name): void {
  if (scene.people[who].isIn)
    Object.assign(scene.people[who], { isIn: false, until: scene.said, unread: new Set() });
}

function speak(scene: Scene, who: Name): void {
  scene.said += 1;
  for (const [name, one] of Object.entries(scene.people))
    if (one.isIn && name !== who) one.unread.add(scene.said);
}

/** What somebody does, with what must come of it. */
const DEEDS: Record<string, (scene: Scene, who: Name, index: number) => Promise<void>> = {
  async join({ town, people }, who) {
    await town.ask(who, 'group.join', { groupID });
    Object.assign(people[who], { isIn: true, wasIn: true });
  },
  async quit(scene, who) {
    const isLeft = await attempt(scene.town.ask(who, 'group.quit', { groupID }));
    expect(isLeft).toBe(scene.people[who].isIn);
    leave(scene, who);
  },
  async kick(scene, who) {
    await scene.town.ask('ann', 'group.deleteMembers', { groupID, userIDs: [who] });
    leave(scene, who);
  },
  async say(scene, who, index) {
    const { isIn, isMuted } = scene.people[who];
    const isHeard = await attempt(say(scene.town, who, `${index}`));
    expect(isHeard).toBe(isIn && !isMuted);
    if (isHeard) speak(scene, who);
  },
  async hear(scene, _who, index) {
    await say(scene.town, 'ann', `${index}`);
    speak(scene, 'ann');
  },
  async read({ town, people, said }, who) {
    const { isIn, unread } = people[who];
    const seq = Math.ceil(said / 2);
    const isRead = await attempt(town.ask(who, 'conversation.read', { conversationID, seq }));
    if (!isIn) return;
    expect(isRead).toBe(true);
    for (const one of [...unread]) if (one <= seq) unread.delete(one);
  },
  mute: (scene, who) => mute(scene, who, 600),
  unmute: (scene, who) => mute(scene, who, 0),
};

async function mute({ town, people }: Scene, who: Name, seconds: number): Promise<void> {
  if (!people[who].isIn) return;
  await town.ask('ann', 'group.muteMember', { groupID, userID: who, seconds });
  people[who].isMuted = seconds > 0;
}

/** History and unread of one user, against what must be so. */
async function check({ town, people, said }: Scene, who: Name): Promise<void> {
  const { isIn, wasIn, until, unread } = people[who];
  const reading = town.ask(who, 'message.history', { conversationID, limit: 100 });
  if (!wasIn) return expect(reading).rejects.toMatchObject({ reason: 'noPermission' });
  const { messages } = await reading;
  const top = isIn ? said : until;
  expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: top }, (_, index) => index + 1));
  if (!isIn) return;
  const { topics } = await town.ask(who, 'topic.list', { groupID });
  expect(topics).toMatchObject([{ conversationID, unread: unread.size, topic: { topicID } }]);
}

test('visibility and unread in a topic follow from the memberships of the community', async () => {
  const deed = fc.record({
    who: fc.constantFrom<Name>('bob', 'cat'),
    does: fc.constantFrom(...Object.keys(DEEDS), 'say', 'hear'),
  });
  const property = fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 40 }), async (deeds) => {
    const outside = () => ({
      isIn: false,
      wasIn: false,
      isMuted: false,
      until: 0,
      unread: new Set<number>(),
    });
    const people = { ann: { ...outside(), isIn: true }, bob: outside(), cat: outside() };
    const scene: Scene = { town: await found(), people, said: 0 };
    for (const [index, { who, does }] of deeds.entries()) {
      await DEEDS[does]?.(scene, who, index);
      await check(scene, 'bob');
      await check(scene, 'cat');
    }
  });
  await fc.assert(property, { numRuns: 60 });
});

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
