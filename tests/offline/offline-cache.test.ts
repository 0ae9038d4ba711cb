import type { Conversation, Message } from '@sterna/sdk';
import { allModules, createOfflineCache } from '@sterna/sdk/testing';
import { describe, expect, test } from 'vitest';
import { history, logIn, say, settle, shown, told } from '../sdk/talk.ts';
import { createWorld, type Device, type World } from '../sdk/world.ts';
import { createMemoryCabinet } from './memory-cabinet.ts';

/** A device, and the lives of a page on it: each goes without a word, as pages do. */
function createPages(world: World, cabinet = createMemoryCabinet()) {
  let page: Device | undefined;
  return {
    cabinet,
    /** The page is gone, and another is loaded. */
    reload(): Device {
      page?.setReachable(false);
      page?.cut();
      return (page = world.device([...allModules, createOfflineCache(cabinet)]));
    },
  };
}

/** A world where a page and whoever compares with it may live side by side. */
const newWorld = (seed = 1): World => createWorld(seed, { webInstances: 20, offlineCache: true });

const texts = (messages: readonly Message[]): string[] =>
  messages.map(({ payload, isRevoked }) =>
    isRevoked ? '(recalled)' : 'text' in payload ? payload.text : '?',
  );
const received = (device: Device): string[] => texts(told(device, 'onMessageReceived').flat() as Message[]);

/** A page of Alice that has seen a message of Bob, and kept it. */
async function setUp() {
  const world = newWorld();
  const bob = world.device([...allModules]);
  await logIn(world, bob, 'bob');
  const pages = createPages(world);
  const first = pages.reload();
  await logIn(world, first, 'alice');
  await say(world, bob, 'alice', 'hello');
  await say(world, first, 'bob', 'hello yourself');
  await world.pass(2_000);
  return { world, bob, first, ...pages };
}

/** Starts a login that no network answers, and lets its storage answer. Gives what the login will have come to. */
async function logInOffline(world: World, page: Device, userID = 'alice'): Promise<() => Promise<unknown>> {
  page.setReachable(false);
  const login = page.tim.login({ userID, userSig: 'sig' }).catch(({ code }: { code: number }) => code);
  await world.pass(10);
  return () => login;
}

describe('before the network answers', () => {
  test('the list and the newest messages are there', async () => {
    const { world, reload } = await setUp();
    const page = reload();
    await logInOffline(world, page);
    const [list] = told(page, 'onConversationListUpdated') as Conversation[][];
    expect(list).toMatchObject([
      { conversationID: 'C2Cbob', unreadCount: 1, lastMessage: { messageForShow: 'hello yourself' } },
    ]);
    expect(page.tim.isReady()).toBe(false);
    expect((await settle(world, page.tim.getConversationList())).data).toMatchObject({
      conversationList: [{ conversationID: 'C2Cbob' }],
      isSyncCompleted: false,
    });
    expect(texts(await history(world, page, 'C2Cbob'))).toEqual(['hello', 'hello yourself']);
    await expect(settle(world, page.tim.getGroupList())).rejects.toMatchObject({ code: 2024 });
  });

  test('a conversation that was begun here, and never opened, is there from its first message on', async () => {
    const { world, first, reload } = await setUp();
    const carol = world.device([...allModules]);
    await logIn(world, carol, 'carol');
    await say(world, first, 'carol', 'own');
    await world.pass(2_000);
    const alone = reload();
    await logInOffline(world, alone);
    expect(texts(await history(world, alone, 'C2Ccarol'))).toEqual(['own']);
    alone.setReachable(true);
    await world.pass(20_000);
    await say(world, carol, 'alice', 'answer');
    await world.pass(2_000);
    const page = reload();
    await logInOffline(world, page);
    expect(texts(await history(world, page, 'C2Ccarol'))).toEqual(['own', 'answer']);
  });

  test('the list has those of one second in the order in which they were said', async () => {
    const { world, bob, first, reload } = await setUp();
    const carol = world.device([...allModules]);
    await logIn(world, carol, 'carol');
    const order = async (page: Device): Promise<string[]> => {
      const { conversationList } = (await settle(world, page.tim.getConversationList())).data;
      return conversationList.map(
        ({ conversationID, lastMessage }) => `${conversationID} ${lastMessage.lastTime}`,
      );
    };
    const { nowMs } = world.clock;
    await world.pass(1_000 - (nowMs() % 1_000));
    for (const { tim } of [bob, carol]) {
      const message = tim.createTextMessage({
        to: 'alice',
        conversationType: 'C2C',
        payload: { text: 'hi' },
      });
      void tim.sendMessage(message);
      await world.pass(200);
    }
    await world.pass(2_000);
    const before = await order(first);
    expect(before.map((row) => row.split(' ')[0])).toEqual(['C2Ccarol', 'C2Cbob']);
    expect(new Set(before.map((row) => row.split(' ')[1])).size).toBe(1);
    const page = reload();
    await logInOffline(world, page);
    expect(await order(page)).toEqual(before);
  });

  test('and they stay when the login is given up, until one succeeds', async () => {
    const { world, bob, reload } = await setUp();
    const page = reload();
    const login = await logInOffline(world, page);
    await world.pass(30_000);
    expect(await login()).toBe(2800);
    expect(texts(await history(world, page, 'C2Cbob'))).toEqual(['hello', 'hello yourself']);
    await say(world, bob, 'alice', 'meanwhile');
    page.setReachable(true);
    await logIn(world, page, 'alice');
    expect(page.tim.isReady()).toBe(true);
    expect(received(page)).toEqual(['meanwhile']);
    expect(texts(await history(world, page, 'C2Cbob'))).toEqual(['hello', 'hello yourself', 'meanwhile']);
  });

  test.each(['denied', 'silent'] as const)('storage that is %s changes nothing', async (mood) => {
    const { world, reload, cabinet } = await setUp();
    cabinet.mood = mood;
    const page = reload();
    await logIn(world, page, 'alice');
    expect(page.tim.isReady()).toBe(true);
    expect(texts(await history(world, page, 'C2Cbob'))).toEqual(['hello', 'hello yourself']);
  });

  test.each(['', 'not JSON', '[]', '["another version","alice"]', 'null'])(
    'a text that is of no use (%s) is none',
    async (text) => {
      const { world, reload, cabinet } = await setUp();
      await cabinet.write('sterna.1', text);
      const page = reload();
      await logIn(world, page, 'alice');
      expect(texts(await history(world, page, 'C2Cbob'))).toEqual(['hello', 'hello yourself']);
    },
  );

  test('a logout while the storage is read ends the login', async () => {
    const { world, reload } = await setUp();
    const page = reload();
    const login = page.tim.login({ userID: 'alice', userSig: 'sig' });
    const logout = page.tim.logout();
    await expect(settle(world, login)).rejects.toMatchObject({ code: 2024 });
    await settle(world, logout);
    expect(page.tim.getLoginUser()).toBe('');
    expect(page.sockets).toBe(0);
  });
});

describe('what is kept', () => {
  test('has neither what was recalled nor what was deleted while the page was away', async () => {
    const { world, bob, reload } = await setUp();
    const secret = await say(world, bob, 'alice', 'a secret');
    const page = reload();
    await logIn(world, page, 'alice');
    await history(world, page, 'C2Cbob');
    await world.pass(2_000);
    reload();
    await settle(world, bob.tim.revokeMessage(secret));
    const other = world.device([...allModules]);
    await logIn(world, other, 'alice');
    const [oldest] = await history(world, other, 'C2Cbob');
    if (!oldest) throw new Error('no history');
    await settle(world, other.tim.deleteMessage([oldest]));

    const next = reload();
    await logIn(world, next, 'alice');
    expect(texts(await history(world, next, 'C2Cbob'))).toEqual(['hello yourself', '(recalled)']);
    await world.pass(2_000);
    const offline = reload();
    await logInOffline(world, offline);
    expect(texts(await history(world, offline, 'C2Cbob'))).toEqual(['hello yourself', '(recalled)']);
  });

  test('has not even my own words after I took them back', async () => {
    const { world, first, cabinet } = await setUp();
    const message = await say(world, first, 'bob', 'in confidence');
    await world.pass(2_000);
    expect([...cabinet.texts.values()].join('')).toContain('in confidence');
    await settle(world, first.tim.revokeMessage(message));
    await world.pass(2_000);
    expect([...cabinet.texts.values()].join('')).not.toContain('in confidence');
  });

  test('has what could not be sent: sent again, it is the same message', async () => {
    const { world, bob, first, reload } = await setUp();
    first.setReachable(false);
    first.cut();
    const message = first.tim.createTextMessage({
      to: 'bob',
      conversationType: 'C2C',
      payload: { text: 'from the lift' },
    });
    void first.tim.sendMessage(message).catch(() => undefined);
    await world.pass(70_000);
    expect(message.status).toBe('fail');
    await world.pass(2_000);
    const page = reload();
    await logIn(world, page, 'alice');
    const kept = (await history(world, page, 'C2Cbob')).at(-1);
    expect(kept).toMatchObject({ status: 'fail', payload: { text: 'from the lift' }, ID: message.ID });
    if (!kept) throw new Error('it is not kept');
    await settle(world, page.tim.resendMessage(kept));
    expect(received(bob).filter((text) => text === 'from the lift')).toEqual(['from the lift']);
    expect(texts(await history(world, page, 'C2Cbob'))).toEqual(['hello', 'hello yourself', 'from the lift']);
  });

  test('is forgotten when the server cannot go on from it, as after a restore', async () => {
    const { world, bob, cabinet, reload } = await setUp();
    const [[name, text] = ['', '']] = cabinet.texts;
    const epoch = /"epoch":"[^"]+"/;
    expect(text).toMatch(epoch);
    await cabinet.write(
      name,
      text.replace(epoch, '"epoch":"of another time"').replaceAll('hello', 'never said'),
    );
    await say(world, bob, 'alice', 'after all');
    const page = reload();
    await logIn(world, page, 'alice');
    expect(texts(await history(world, page, 'C2Cbob'))).toEqual(['hello', 'hello yourself', 'after all']);
    expect(await shown(world, page, 'C2Cbob')).toMatchObject({ unreadCount: 2 });
  });

  test('keeps to its bounds', async () => {
    const { world, bob, first, cabinet } = await setUp();
    for (let n = 0; n < 60; n++) {
      const payload = { text: `${n} ${'x'.repeat(9_000)}` };
      void bob.tim.sendMessage(bob.tim.createTextMessage({ to: 'alice', conversationType: 'C2C', payload }));
      await world.pass(200);
    }
    await world.pass(2_000);
    expect(received(first)).toHaveLength(61);
    const [text = ''] = cabinet.texts.values();
    expect(text.length).toBeGreaterThan(20 * 9_000);
    expect(text.length).toBeLessThanOrEqual(300_000);
    expect(text).not.toContain('39 xxx');
    expect(text).toContain('40 xxx');
  });
});

describe('nothing is left', () => {
  test.each<[string, (world: World, page: Device) => Promise<unknown>]>([
    ['a logout', (_, page) => page.tim.logout()],
    ['a destroy', (_, page) => page.tim.destroy()],
  ])('after %s', async (_, leave) => {
    const { world, first, cabinet } = await setUp();
    expect(cabinet.texts.size).toBe(1);
    await settle(world, leave(world, first));
    await world.pass(5_000);
    expect(cabinet.texts.size).toBe(0);
  });

  test('after a logout without a network, of a page that was never logged in', async () => {
    const { world, reload, cabinet } = await setUp();
    const page = reload();
    await logInOffline(world, page);
    await settle(world, page.tim.logout());
    expect(cabinet.texts.size).toBe(0);
    await expect(history(world, page, 'C2Cbob')).rejects.toMatchObject({ code: 2024 });
  });

  test('when somebody else logs in on the device, who sees nothing of it', async () => {
    const { world, reload, cabinet } = await setUp();
    const page = reload();
    await logInOffline(world, page, 'eve');
    expect(told(page, 'onConversationListUpdated')).toEqual([]);
    expect([...cabinet.texts.values()].join('')).not.toContain('hello');
  });

  test('when somebody else logs in after an attempt that failed', async () => {
    const { world, reload } = await setUp();
    const page = reload();
    const login = await logInOffline(world, page);
    await world.pass(30_000);
    expect(await login()).toBe(2800);
    page.setReachable(true);
    await logIn(world, page, 'eve');
    expect((await settle(world, page.tim.getConversationList())).data.conversationList).toEqual([]);
  });

  test('when another login ends the session from elsewhere', async () => {
    const world = createWorld(1, { webInstances: 1, offlineCache: true });
    await logIn(world, world.device([...allModules]), 'bob');
    const { cabinet, reload } = createPages(world);
    const page = reload();
    await logIn(world, page, 'alice');
    await say(world, page, 'bob', 'hello');
    await world.pass(2_000);
    expect(cabinet.texts.size).toBe(1);
    const other = world.device([...allModules]);
    await logIn(world, other, 'alice');
    await world.pass(2_000);
    expect(told(page, 'kickedOut')).toHaveLength(1);
    expect(cabinet.texts.size).toBe(0);
  });

  test('of an application that did not ask for it', async () => {
    const world = createWorld(1);
    await logIn(world, world.device([...allModules]), 'bob');
    const cabinet = createMemoryCabinet();
    const page = world.device([...allModules, createOfflineCache(cabinet)]);
    await logIn(world, page, 'alice');
    await say(world, page, 'bob', 'hello');
    await world.pass(5_000);
    expect(cabinet.texts.size).toBe(0);
  });
});
