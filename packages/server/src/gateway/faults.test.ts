import type { Store } from '@sterna/core';
import { CLOSE } from '@sterna/protocol';
import { describe, expect, test } from 'vitest';
import { createWorld } from './testing/gateway-world.ts';

const SWEEP_MS = 6_000;

function text(conversationID: string, clientID: string, body: string) {
  return { conversationID, clientID, elements: [{ type: 'TIMTextElem', payload: { text: body } }] };
}

const club = { type: 'Public', name: 'club', groupID: 'club', joinOption: 'FreeAccess' };

/** Fails calls of a store by name, or holds back the calls, or their answers. */
function unreliable() {
  const failing = new Map<keyof Store, number>();
  const held = new Map<string, (() => void)[]>();
  const pass = async (what: string) => {
    const waiting = held.get(what);
    if (waiting) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const through = async <Value>(name: keyof Store, run: () => Promise<Value>): Promise<Value> => {
    const failures = failing.get(name) ?? 0;
    failing.set(name, failures - 1);
    if (failures > 0) throw new Error(`no connection for ${name}`);
    await pass(`call ${name}`);
    const value = await run();
    await pass(`answer ${name}`);
    return value;
  };
  const wrap = (store: Store): Store => ({
    get epoch() {
      return store.epoch;
    },
    execute: (command) => through('execute', () => store.execute(command)),
    get: (keys) => through('get', () => store.get(keys)),
    scan: (range) => through('scan', () => store.scan(range)),
    entries: (range) => through('entries', () => store.entries(range)),
    messages: (range) => through('messages', () => store.messages(range)),
    changes: (cursor) => through('changes', () => store.changes(cursor)),
    logs: (range) => store.logs(range),
    close: () => store.close(),
  });
  return {
    wrap,
    /** The next calls of this name fail. */
    fail: (name: keyof Store, times = 1) => void failing.set(name, times),
    /** Calls of this name, or their answers, wait from now on; the result lets them go. */
    hold(which: 'call' | 'answer', name: keyof Store) {
      const what = `${which} ${name}`;
      const own: (() => void)[] = [];
      held.set(what, own);
      return () => {
        if (held.get(what) === own) held.delete(what);
        for (const resolve of own) resolve();
      };
    },
  };
}

describe('gateway, when the store or the bus fails', () => {
  test('an inbox that could not be read is read by a later sweep, and the group it names is heard', async () => {
    const faults = unreliable();
    const world = createWorld({ store: faults.wrap });
    const [ann, bob] = [await world.login('ann'), await world.login('bob')];
    await ann.request('group.create', club);
    world.bus.losing = true;
    await ann.request('group.addMembers', { groupID: 'club', userIDs: ['bob'] }).catch(() => undefined);
    await bob.request('group.join', { groupID: 'club' });
    faults.fail('entries', Infinity);
    await world.pass(SWEEP_MS);
    faults.fail('entries', 0);
    await world.pass(SWEEP_MS);
    world.bus.losing = false;
    await ann.request('message.send', text('GROUPclub', '1', 'hello'));
    await world.settle();
    expect(bob.texts('GROUPclub')).toEqual(['hello']);
    expect(world.failures).not.toEqual([]);
  });

  test('a member whose seat could not be taken gets it with a later sweep', async () => {
    const faults = unreliable();
    const world = createWorld({ store: faults.wrap });
    const [ann, bob] = [await world.login('ann'), await world.login('bob')];
    await ann.request('group.create', club);
    const letGo = faults.hold('answer', 'execute');
    const joining = bob.request('group.join', { groupID: 'club' });
    await world.settle();
    faults.fail('get');
    letGo();
    await joining;
    await world.settle();
    await world.pass(SWEEP_MS);
    await ann.request('message.send', text('GROUPclub', '1', 'hello'));
    await world.settle();
    expect(bob.texts('GROUPclub')).toEqual(['hello']);
    expect(world.failures).not.toEqual([]);
  });

  test('a login that was overtaken on its way does not end the one that overtook it', async () => {
    const faults = unreliable();
    const world = createWorld({ store: faults.wrap });
    const earlier = await world.login('ann', 'web', { attempt: 1 });
    earlier.drop();
    const resume = earlier.reply.session;
    const letFirst = faults.hold('answer', 'execute');
    const first = world.login('ann', 'web', { attempt: 2, resume }).catch((error: unknown) => error);
    await world.settle();
    const letSecond = faults.hold('answer', 'execute');
    const second = world.login('ann', 'web', { attempt: 3, resume });
    await world.settle();
    letSecond();
    const ann = await second;
    letFirst();
    expect(await first).toMatchObject({ code: 2025 });
    expect(ann.closed).toBeUndefined();
  });

  test('without a seat in each of its groups no session begins', async () => {
    const faults = unreliable();
    const world = createWorld({ store: faults.wrap });
    const [ann, bob] = [await world.login('ann'), await world.login('bob')];
    await ann.request('group.create', club);
    await bob.request('group.join', { groupID: 'club' });
    bob.drop();
    const letGo = faults.hold('answer', 'scan');
    const again = world.login('bob', 'web', { resume: bob.reply.session }).catch((error: unknown) => error);
    await world.settle();
    faults.fail('get');
    letGo();
    expect(await again).toMatchObject({ code: 10002 });
    expect(world.failures).not.toEqual([]);
  });

  test('what was lost for one of the two of a conversation is found, although the other was told', async () => {
    const world = createWorld();
    const [ann, bob] = [await world.login('ann'), await world.login('bob')];
    world.bus.losingFor = '1/user:bob';
    await ann.request('message.send', text('C2Cbob', '1', 'hello'));
    await world.pass(SWEEP_MS);
    expect(bob.pushes('conversation')).toEqual([{ conversationID: 'C2Cann', from: 2, to: 1, events: [] }]);
  });

  test('what is committed before the first sweep knows where the store stands is not missed', async () => {
    const faults = unreliable();
    const world = createWorld({ store: faults.wrap });
    const letGo = faults.hold('call', 'changes');
    world.bus.losing = true;
    const logins = Promise.all([world.login('ann'), world.login('bob')]);
    const sent = logins.then(([ann]) => ann.request('message.send', text('C2Cbob', '1', 'hello')));
    await world.settle();
    letGo();
    await sent;
    const [, bob] = await logins;
    await world.pass(SWEEP_MS);
    expect(bob.pushes('conversation')).toHaveLength(1);
  });

  test('a session that another login ended while its own was under way does not begin', async () => {
    const faults = unreliable();
    const world = createWorld({ store: faults.wrap });
    await world.login('bob');
    const letGo = faults.hold('answer', 'execute');
    const one = world.login('ann', 'one').catch((error: unknown) => error);
    await world.settle();
    const two = world.login('ann', 'two');
    await world.settle();
    letGo();
    expect(await one).toMatchObject({ code: 6208, data: { type: 'multipleAccount' } });
    expect((await two).closed).toBeUndefined();
  });

  test('a session that is ended while its login reads what was missed is told why', async () => {
    const faults = unreliable();
    const world = createWorld({ store: faults.wrap });
    const one = await world.login('ann', 'one');
    one.drop();
    const letGo = faults.hold('answer', 'scan');
    const again = world.login('ann', 'one', { resume: one.reply.session }).catch((error: unknown) => error);
    await world.settle();
    const stop = faults.hold('answer', 'get');
    letGo();
    await world.settle();
    const two = world.login('ann', 'two');
    await world.settle();
    stop();
    expect(await again).toMatchObject({ code: 6208, data: { type: 'multipleAccount' } });
    expect((await two).closed).toBeUndefined();
  });

  test('a store that comes back as another incarnation sends all clients off to begin anew', async () => {
    const world = createWorld({ store: (store) => store });
    const bob = await world.login('bob');
    world.memory.restore(world.memory.snapshot());
    await world.pass(SWEEP_MS);
    expect(bob.closed).toBe(CLOSE.goingAway);
    expect(world.failures).toMatchObject([{ reason: 'reset' }]);
    const cursor = { epoch: bob.reply.sync.epoch, inbox: 0, conversations: {} };
    const again = await world.login('bob', 'web', { resume: bob.reply.session, cursor });
    expect(again.reply.sync).toMatchObject({ mode: 'reset', epoch: world.memory.epoch });
    await world.pass(SWEEP_MS);
    expect(again.closed).toBeUndefined();
  });

  test('what was known of another incarnation of the store serves nobody, not even beside a login under way', async () => {
    const faults = unreliable();
    const world = createWorld({ store: faults.wrap });
    await world.login('alice');
    const release = faults.hold('answer', 'execute');
    const early = world.login('bob').catch(() => 'closed');
    await world.settle();
    world.memory.restore(world.memory.snapshot());
    await world.pass(SWEEP_MS);
    const again = world.login('bob');
    await world.settle();
    release();
    expect((await again).reply.sync.mode).toBe('reset');
    expect(world.bus.subscribed.filter((subject) => subject.includes('bob'))).toHaveLength(2);
    void early;
  });

  test('a node that stops answers what it took, takes no more, and then sends its clients away', async () => {
    const faults = unreliable();
    const world = createWorld({ store: faults.wrap });
    const alice = await world.login('alice');
    const bob = await world.login('bob');
    const release = faults.hold('answer', 'execute');
    const taken = alice.request('message.send', text('C2Cbob', 'c1', 'one'));
    const drained = world.gateway.drain(10_000);
    let isAnswered = false;
    void alice.request('message.send', text('C2Cbob', 'c2', 'too late')).finally(() => (isAnswered = true));
    await world.settle();
    expect(bob.closed, 'who waits for nothing goes at once').toBe(CLOSE.goingAway);
    expect(alice.closed).toBeUndefined();
    release();
    expect(await taken).toMatchObject({ seq: 1 });
    await world.settle();
    expect(alice.closed).toBe(CLOSE.goingAway);
    await world.pass(50);
    await drained;
    expect(isAnswered).toBe(false);
    expect(await world.memory.messages({ log: 'c/1/p:alice:bob', limit: 10 })).toHaveLength(1);
  });
});
