import { describe, expect, test } from 'vitest';
import { createWorld } from './testing/gateway-world.ts';

describe('gateway', () => {
  test('a message reaches the peer, and the peer only sees it once', async () => {
    const world = createWorld();
    const alice = await world.login('alice');
    const bob = await world.login('bob');
    const reply = await alice.request('message.send', text('C2Cbob', 'c1', 'hello'));
    expect(reply).toMatchObject({ seq: 1, pos: 1 });
    await world.settle();
    expect(bob.events('C2Calice')).toMatchObject([[1, { t: 'message', seq: 1, from: 'alice' }]]);
    expect(alice.events('C2Cbob')).toEqual([]);
  });

  test('repeating a send gives the first reply and nothing more', async () => {
    const world = createWorld();
    const alice = await world.login('alice');
    const bob = await world.login('bob');
    const first = await alice.request('message.send', text('C2Cbob', 'c1', 'hello'));
    const again = await alice.request('message.send', text('C2Cbob', 'c1', 'hello'));
    expect(again).toEqual(Object.assign({}, first, { duplicate: true }));
    await expect(alice.request('message.send', text('C2Cbob', 'c1', 'other'))).rejects.toMatchObject({
      code: 2103,
    });
    await world.settle();
    expect(bob.events('C2Calice')).toHaveLength(1);
  });

  test('another device of the sender gets the message too', async () => {
    const world = createWorld({ instances: { web: 2, other: 1 } });
    await world.login('bob');
    const one = await world.login('alice', 'one');
    const two = await world.login('alice', 'two');
    await one.request('message.send', text('C2Cbob', 'c1', 'hello'));
    await world.settle();
    expect(two.events('C2Cbob')).toHaveLength(1);
    expect(one.events('C2Cbob')).toHaveLength(0);
  });

  test('a second web login ends the first: told once, closed for good, and fenced', async () => {
    const world = createWorld();
    await world.login('bob');
    const one = await world.login('alice', 'one');
    await world.login('alice', 'two');
    await world.settle();
    expect(one.pushes('kicked')).toEqual([{ type: 'multipleAccount' }]);
    expect(one.closed).toBe(4502);
    await expect(world.login('alice', 'one', { resume: one.reply.session })).rejects.toMatchObject({
      code: 6208,
      data: { type: 'multipleAccount' },
    });
  });

  test('members of a group are pushed its messages until they leave', async () => {
    const world = createWorld();
    const [alice, bob, carol] = [
      await world.login('alice'),
      await world.login('bob'),
      await world.login('carol'),
    ];
    await alice.request('group.create', {
      type: 'Private',
      name: 'club',
      groupID: 'club',
      members: [{ userID: 'bob' }, { userID: 'carol' }],
    });
    await world.settle();
    await alice.request('message.send', text('GROUPclub', 'g1', 'one'));
    await world.settle();
    expect(bob.texts('GROUPclub')).toEqual(['one']);
    await alice.request('group.deleteMembers', { groupID: 'club', userIDs: ['carol'] });
    await alice.request('message.send', text('GROUPclub', 'g2', 'two'));
    await world.settle();
    expect(bob.texts('GROUPclub')).toEqual(['one', 'two']);
    expect(carol.texts('GROUPclub')).toEqual(['one']);
    await expect(carol.request('message.send', text('GROUPclub', 'g3', 'three'))).rejects.toMatchObject({
      code: 10007,
    });
    const history = await carol.request('message.history', { conversationID: 'GROUPclub', limit: 50 });
    expect(JSON.stringify(history)).not.toContain('two');
  });

  test('a lost last notice is found by the sweep', async () => {
    const world = createWorld();
    const alice = await world.login('alice');
    const bob = await world.login('bob');
    world.bus.losing = true;
    await alice.request('message.send', text('C2Cbob', 'c1', 'hello'));
    await world.settle();
    expect(bob.items).toEqual([]);
    await world.pass(6000);
    expect(bob.pushes('conversation')).toEqual([{ conversationID: 'C2Calice', from: 2, to: 1, events: [] }]);
  });

  test('a delta sync continues a cursor, and tells a restored store by its epoch', async () => {
    const world = createWorld({ instances: { web: 5, other: 1 } });
    const alice = await world.login('alice');
    const bob = await world.login('bob');
    await alice.request('message.send', text('C2Cbob', 'c1', 'one'));
    await world.settle();
    const { epoch } = bob.reply.sync;
    bob.drop();
    await alice.request('message.send', text('C2Cbob', 'c2', 'two'));
    const cursor = { epoch, inbox: bob.reply.sync.inbox.to, conversations: { C2Calice: 1 } };
    const again = await world.login('bob', 'web', { resume: bob.reply.session, cursor });
    expect(again.reply.sync).toMatchObject({
      mode: 'delta',
      ranges: [{ conversationID: 'C2Calice', from: 2, to: 2 }],
    });
    const other = await world.login('bob', 'web', {
      resume: bob.reply.session,
      cursor: { ...cursor, epoch: 'old' },
    });
    expect(other.reply.sync.mode).toBe('reset');
    expect(other.reply.sync.conversations).toMatchObject([
      { conversationID: 'C2Calice', unread: 2, last: { seq: 2 } },
    ]);
  });

  test('commands before a login, unknown ones and broken frames are refused with their code', async () => {
    const world = createWorld();
    const early = world.connect();
    await expect(early.request('group.list', {})).rejects.toMatchObject({ code: 2024 });
    const alice = await world.login('alice');
    await expect(alice.request('no.such', {})).rejects.toMatchObject({ code: 10003 });
    await expect(alice.request('message.send', { conversationID: 7 })).rejects.toMatchObject({ code: 10004 });
    await expect(alice.request('session.login', alice.loginRequest)).rejects.toMatchObject({ code: 2025 });
    alice.raw('{"__proto__":1}');
    await world.settle();
    expect(alice.refusals(0)).toHaveLength(1);
    const named = JSON.parse('{"groupID":"g","action":"set","attributes":{"constructor":"x"}}') as object;
    await expect(alice.request('group.changeAttributes', named)).rejects.toMatchObject({
      message: expect.stringContaining('"constructor" is no name here'),
    });
    expect(alice.closed).toBeUndefined();
  });
});

function text(conversationID: string, clientID: string, body: string) {
  return { conversationID, clientID, elements: [{ type: 'TIMTextElem', payload: { text: body } }] };
}
