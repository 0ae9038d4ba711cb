import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DENIED_HOST, FRIEND, type Person, setStage, type Stage, until } from './stage.ts';

/**
 * Until all is there: since the page came back, and told the SDK so; or since something was sent and got no answer, which
 * takes ten seconds to be believed, and each timer of a tab in the background is a second late.
 */
const TOLD_MS = 5_000;
const ASKING_MS = 20_000;

/** How many texts of ours the browser holds. */
const LEFT_BEHIND = `new Promise((resolve) => {
  const opening = indexedDB.open('sterna');
  opening.onsuccess = () => {
    const counting = opening.result.transaction('texts').objectStore('texts').count();
    counting.onsuccess = () => (opening.result.close(), resolve(counting.result));
  };
})`;

/** Whether the browser holds that text; the database is not made by asking. */
const keeps = (text: string): string => `new Promise((resolve) => {
  const opening = indexedDB.open('sterna');
  opening.onupgradeneeded = () => opening.transaction.abort();
  opening.onerror = () => resolve(false);
  opening.onsuccess = () => {
    const reading = opening.result.transaction('texts').objectStore('texts').getAll();
    reading.onsuccess = () => (opening.result.close(), resolve(reading.result.some((kept) => kept.includes('${text}'))));
  };
})`;

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

/** Nothing was lost, doubled or put in another order, on either side; nobody had to sign in again, or saw two sockets. */
async function expectWhole(
  person: Person,
  received: readonly string[],
  sent: readonly string[],
): Promise<void> {
  // Chromium may end the connection of a page that it thaws, after it has handed over what had come by it.
  await until(async () => (await person.look()).sockets.open, 1, TOLD_MS);
  const { heard, sockets, ...page } = await person.look();
  expect(page.received).toEqual(received);
  expect(page.sent).toEqual(sent.map((text) => ({ text, state: 'sent' })));
  expect((await stage.stored(person.userID)).toSorted()).toEqual([...received, ...sent].toSorted());
  expect(heard).toMatchObject({ ready: 1, notReady: 0, errors: [] });
  expect(sockets).toMatchObject({ open: 1, most: 1 });
}

// Beside one another: most of their time is waiting, and each has its own tab, user and way to the server.
describe.concurrent('in a real browser', () => {
  test('a hidden tab with throttled timers goes on receiving, on one socket', async () => {
    const ann = await stage.person('hidden');
    const front = await stage.person('front');
    expect(await ann.tab.evaluate('document.visibilityState')).toBe('hidden');
    const ticks = await ann.tab.evaluate(
      'new Promise((resolve) => { let n = 0; setInterval(() => (n += 1), 100); setTimeout(() => resolve(n), 3_000); })',
    );
    // Thirty, in a tab that is seen.
    expect(ticks).toBeLessThan(10);
    await ann.say('from behind');
    for (const text of ['one', 'two', 'three']) await stage.write('hidden', text);
    await ann.has(['one', 'two', 'three'], TOLD_MS);
    await ann.sent('from behind');
    await expectWhole(ann, ['one', 'two', 'three'], ['from behind']);
    expect((await ann.look()).sockets.made).toBe(1);
    await expectWhole(front, [], []);
  });

  test('a tab that is hidden while its connection dies has all of it as soon as it is shown', async () => {
    const bea = await stage.person('bea');
    await stage.person('in-front');
    bea.network.open();
    await stage.write('bea', 'while hidden');
    await pass(500);
    bea.network.close();
    await bea.tab.show();
    await bea.has(['while hidden'], TOLD_MS);
    await expectWhole(bea, ['while hidden'], []);
  });

  test('a frozen page has all of it when it is thawed', async () => {
    const cal = await stage.person('cal');
    await stage.write('cal', 'before');
    await cal.has(['before']);
    await cal.say('on the way');
    await cal.tab.command('Page.setWebLifecycleState', { state: 'frozen' });
    for (const text of ['ice one', 'ice two']) await stage.write('cal', text);
    await pass(1_000);
    await cal.tab.command('Page.setWebLifecycleState', { state: 'active' });
    await cal.has(['before', 'ice one', 'ice two'], TOLD_MS);
    await cal.sent('on the way', TOLD_MS);
    await expectWhole(cal, ['before', 'ice one', 'ice two'], ['on the way']);
  });

  test('a page out of the back-forward cache is the same page, with all of it', async () => {
    const dot = await stage.person('dot');
    await dot.tab.evaluate('hands.mark = true');
    await dot.tab.goTo(new URL('/pages/other.html', dot.network.url).href);
    await stage.write('dot', 'while away');
    await dot.tab.goBack();
    expect(await dot.tab.evaluate('hands.mark'), 'it came out of the cache').toBe(true);
    await dot.has(['while away'], TOLD_MS);
    await dot.say('back');
    await dot.sent('back', TOLD_MS);
    await expectWhole(dot, ['while away'], ['back']);
    expect(await dot.tab.evaluate(`hands.unread('C2C${FRIEND}')`)).toBe(1);
  });

  test('a connection that swallows all is noticed by whoever says something on it', async () => {
    const eve = await stage.person('eve');
    eve.network.open();
    await eve.say('into the hole');
    await stage.write('eve', 'never came');
    await pass(1_000);
    eve.network.close();
    await eve.has(['never came'], ASKING_MS);
    await eve.sent('into the hole', ASKING_MS);
    await expectWhole(eve, ['never came'], ['into the hole']);
  });

  test('a socket that hangs while it connects is given up', async () => {
    const gus = await stage.person('gus');
    gus.network.open();
    await gus.say('to nowhere');
    const before = gus.network.connections;
    await gus.tab.evaluate(`void dispatchEvent(new Event('online'))`);
    await until(async () => gus.network.connections > before, true, TOLD_MS);
    gus.network.close();
    await gus.sent('to nowhere', ASKING_MS);
    await expectWhole(gus, [], ['to nowhere']);
  });

  test('a page without storage chats as any other', async () => {
    const hal = await stage.person('hal', { host: DENIED_HOST });
    const denied = await hal.tab.evaluate(
      `(() => { try { return localStorage.length; } catch ({ name }) { return name; } })()`,
    );
    expect(denied).toBe('SecurityError');
    await hal.say('no memory');
    await stage.write('hal', 'never mind');
    await hal.has(['never mind']);
    await hal.sent('no memory');
    await expectWhole(hal, ['never mind'], ['no memory']);
  });

  test.each([
    ['with what it kept', '127.0.0.1', [[`C2C${FRIEND}`]], ['hello']],
    ['without storage, as any other', DENIED_HOST, [], []],
  ])('a page that is loaded again without a network begins %s', async (_, host, lists, texts) => {
    const userID = `jon-${host}`;
    const jon = await stage.person(userID, { host, offlineCache: true });
    await stage.write(userID, 'hello');
    await jon.has(['hello']);
    if (host !== DENIED_HOST) await until(() => jon.tab.evaluate(keeps('hello')), true);
    await jon.reload();
    jon.network.open();
    await jon.tab.evaluate(`void ${jon.enter}`);
    // Where nothing is kept, nothing is told: not soon, and not a while later.
    await pass(500);
    await until(() => jon.tab.evaluate('hands.lists'), lists);
    expect(await jon.tab.evaluate(`hands.history('C2C${FRIEND}').catch(() => [])`)).toEqual(texts);
    await stage.write(userID, 'and more');
    jon.network.close();
    await jon.tab.evaluate(`void dispatchEvent(new Event('online'))`);
    await until(() => jon.tab.evaluate('hands.tim.isReady()'), true, ASKING_MS);
    expect(await jon.tab.evaluate(`hands.history('C2C${FRIEND}')`)).toEqual(['hello', 'and more']);
    expect(await jon.tab.evaluate(`hands.unread('C2C${FRIEND}')`)).toBe(2);
    expect((await jon.look()).heard).toMatchObject({ ready: 1, notReady: 0, errors: [] });
    expect(await jon.tab.evaluate('hands.looped')).toEqual((await jon.look()).received);
    await jon.tab.evaluate('hands.tim.logout()');
    if (host === DENIED_HOST) return;
    await until(() => jon.tab.evaluate(LEFT_BEHIND), 0);
  });

  test('two tabs of one account, where two may be: each has everything once', async () => {
    const [one, two] = [await stage.person('twin'), await stage.person('twin')];
    await one.say('from one');
    await one.sent('from one');
    await stage.write('twin', 'to both');
    await one.has(['to both']);
    await two.has(['from one', 'to both']);
    await one.tab.evaluate(`hands.tim.setMessageRead({ conversationID: 'C2C${FRIEND}' })`);
    await until(() => two.tab.evaluate(`hands.unread('C2C${FRIEND}')`), 0);
    expect((await one.look()).heard).toMatchObject({ ready: 1, notReady: 0 });
    expect((await two.look()).heard).toMatchObject({ ready: 1, notReady: 0 });
  });
});

test('a machine that slept has all of it soon after it woke, though nobody told the page', async () => {
  const ida = await stage.person('ida');
  await ida.say('before');
  await ida.sent('before');
  stage.browser.sleep();
  ida.network.open();
  await stage.write('ida', 'while asleep');
  await pass(12_000);
  ida.network.close();
  stage.browser.wake();
  await ida.has(['while asleep'], 2 * TOLD_MS);
  await expectWhole(ida, ['while asleep'], ['before']);
});
