import type { Conversation, Message } from '@sterna/sdk';
import { allModules, createOfflineCache } from '@sterna/sdk/testing';
import { createSeededRandom, type SeededRandom } from '@sterna/core/testing';
import { expect, test } from 'vitest';
import { history, logIn, settle, told } from '../sdk/talk.ts';
import { createWorld, type Device, type World } from '../sdk/world.ts';
import { createMemoryCabinet } from './memory-cabinet.ts';

const SEEDS = 25;
const ACTIONS = 30;
const GROUP = { to: 'terns', conversationType: 'GROUP' } as const;

/** What two devices of one user must agree on. */
async function viewOf(world: World, device: Device) {
  const { conversationList } = (await settle(world, device.tim.getConversationList())).data;
  const views = [];
  for (const conversation of conversationList)
    views.push({
      ...shown(conversation),
      messages: (await history(world, device, conversation.conversationID)).map(message),
    });
  return views;
}

const shown = ({
  conversationID,
  unreadCount,
  isPinned,
  lastMessage,
  groupProfile,
  userProfile,
}: Conversation) => ({
  conversationID,
  unreadCount,
  isPinned,
  last: [lastMessage.lastSequence, lastMessage.messageForShow, lastMessage.isRevoked],
  name: groupProfile.name,
  nick: userProfile.nick,
});
/** My own recalled words stay on the page that wrote them. */
const message = ({ ID, sequence, isRevoked, isModified, payload, status }: Message) =>
  JSON.stringify([ID, sequence, isRevoked, isModified, status, isRevoked ? '' : payload]);

interface Scene {
  world: World;
  random: SeededRandom;
  bob: Device;
  /** Alice's second device, without a cache. */
  other: Device;
  page: Device;
  said: Message[];
}

/** One thing that somebody does; what is refused is refused. */
async function act({ world, random, bob, other, page, said }: Scene): Promise<void> {
  const kind = random.below(12);
  const who = random.pick([bob, bob, other, page]);
  const attempt = async (promise: Promise<unknown>): Promise<void> => {
    await settle(
      world,
      promise.catch(() => undefined),
    );
  };
  const peer = who === bob ? 'alice' : 'bob';
  const conversationID = random.pick([`C2C${peer}`, 'GROUPterns']);
  if (kind < 5) {
    const to = random.chance(0.6) ? ({ to: peer, conversationType: 'C2C' } as const) : GROUP;
    const made = who.tim.createTextMessage({ ...to, payload: { text: `say ${said.length}` } });
    said.push(made);
    return attempt(who.tim.sendMessage(made));
  }
  // A copy: the instances live in one process, and change their own objects in place.
  const chosen = said[random.below(Math.max(1, said.length))];
  const victim = chosen && { ...chosen };
  if (kind === 5 && victim) return attempt(bob.tim.revokeMessage(victim));
  if (kind === 6 && victim)
    return attempt(bob.tim.modifyMessage(Object.assign(victim, { payload: { text: 'edited' } })));
  if (kind === 7 && victim) return attempt(other.tim.deleteMessage([victim]));
  if (kind === 8) return attempt(other.tim.setMessageRead({ conversationID }));
  if (kind === 9) return attempt(other.tim.deleteConversation({ conversationIDList: [conversationID] }));
  if (kind === 10) return attempt(who.tim.pinConversation({ conversationID, isPinned: random.chance(0.5) }));
  await attempt(page.tim.getMessageList({ conversationID }));
}

/** Alice's page lives many lives, of which each goes on from what the last one kept; a device that starts anew must agree with it. */
async function live(seed: number): Promise<{ kept: number; restored: number }> {
  const world = createWorld(seed, { webInstances: 50, offlineCache: true });
  const random = createSeededRandom(seed);
  const cabinet = createMemoryCabinet();
  const [bob, other] = [world.device([...allModules]), world.device([...allModules])];
  await logIn(world, bob, 'bob');
  await logIn(world, other, 'alice');
  const group = {
    type: 'Public',
    name: 'terns',
    groupID: 'terns',
    memberList: [{ userID: 'alice' }],
  } as const;
  await settle(world, bob.tim.createGroup({ ...group, memberList: [...group.memberList] }));
  const load = (): Device => world.device([...allModules, createOfflineCache(cabinet)]);
  const scene: Scene = { world, random, bob, other, page: load(), said: [] };
  await logIn(world, scene.page, 'alice');
  let restored = 0;
  for (let action = 0; action < ACTIONS; action++) {
    await act(scene);
    if (random.chance(0.3)) await world.pass(2_000);
    if (!random.chance(0.25)) continue;
    scene.page.setReachable(false);
    scene.page.cut();
    for (let away = random.below(4); away > 0; away--) await act({ ...scene, page: other });
    scene.page = load();
    await logIn(world, scene.page, 'alice');
    // Shown before the server had answered.
    if (told(scene.page, 'onConversationListUpdated').length > 1) restored += 1;
  }
  await world.pass(10_000);
  const fresh = world.device([...allModules]);
  await logIn(world, fresh, 'alice');
  expect(await viewOf(world, scene.page), `seed ${seed}`).toEqual(await viewOf(world, fresh));
  const ids = (told(scene.page, 'onMessageReceived').flat() as Message[]).map(({ ID }) => ID);
  expect(new Set(ids).size, `seed ${seed}: each once`).toBe(ids.length);
  return { kept: cabinet.texts.size, restored };
}

test(`${SEEDS} pages whose lives go on from what was kept agree with devices that start anew`, async () => {
  let restored = 0;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const life = await live(seed);
    expect(life.kept, `seed ${seed}`).toBe(1);
    restored += life.restored;
  }
  expect(restored).toBeGreaterThan(3 * SEEDS);
});
