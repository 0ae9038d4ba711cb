import { describe, expect, test } from 'vitest';
import { bodyOf, createRig, watch } from './testing/rig.ts';

describe('a message that was refused', () => {
  test('stands where it was sent, between those before and those after it', async () => {
    const rig = createRig();
    const alice = rig.device('phone');
    await alice.enter('alice');
    const sends = ['A', 'B', '字'.repeat(30_000), 'D', 'E'].map((text) =>
      watch(alice.tim.sendMessage(alice.text('bob', text))),
    );
    await rig.pass(1_000);
    expect(sends.map(({ state }) => state)).toEqual(['done', 'done', 'failed', 'done', 'done']);
    const page = watch(alice.tim.getMessageList({ conversationID: 'C2Cbob' }));
    await rig.pass(500);
    const shown = page.value?.data.messageList.map((message) => bodyOf(message)[0]);
    expect(shown).toEqual(['A', 'B', '字', 'D', 'E']);
  });

  test.each([
    ['characters', 'x'.repeat(12 * 1024)],
    ['bytes', '字'.repeat(4 * 1024)],
  ])('because it has too many %s says so before it leaves, and stays in view', async (_, most) => {
    const rig = createRig();
    const alice = rig.device('phone');
    await alice.enter('alice');
    const fits = watch(alice.tim.sendMessage(alice.text('bob', most)));
    const message = alice.text('bob', `${most}x`);
    const refused = watch(alice.tim.sendMessage(message));
    await rig.pass(500);
    expect(fits.state).toBe('done');
    expect(refused.error).toMatchObject({
      code: 80002,
      message: 'Too long: text has more than 12288 bytes',
      data: { message },
    });
    expect(alice.tim.findMessage(message.ID)).toBe(message);
    expect(message.status).toBe('fail');
    expect(rig.server.log.filter((it) => it.name === 'message.send')).toHaveLength(1);
  });

  test('is sent again as a copy, which is the one from then on', async () => {
    const rig = createRig();
    const alice = rig.device('phone');
    await alice.enter('alice');
    const first = alice.text('bob', 'hello');
    rig.server.refuseNext('message.send', 80001);
    watch(alice.tim.sendMessage(first));
    await rig.pass(500);
    const copy = { ...first };
    const sent = watch(alice.tim.resendMessage(copy));
    // Stored, and its answer lost: the log tells of it.
    await rig.pass(15);
    alice.network.cut();
    await rig.pass(5_000);
    expect(sent.state).toBe('done');
    expect([first.status, copy.status]).toEqual(['fail', 'success']);
    expect(alice.tim.findMessage(first.ID)).toBe(copy);
  });

  test('is not forgotten because many others wait', async () => {
    const rig = createRig();
    const alice = rig.device('phone');
    await alice.enter('alice');
    const refused = Array.from({ length: 40 }, () => alice.text('bob', 'no'));
    for (const message of refused) {
      rig.server.refuseNext('message.send', 80001);
      watch(alice.tim.sendMessage(message));
    }
    await rig.pass(5_000);
    rig.server.hold('message.send');
    for (let index = 0; index < 200; index++) watch(alice.tim.sendMessage(alice.text('bob', 'waits')));
    await rig.pass(100);
    expect(refused.map(({ ID }) => alice.tim.findMessage(ID))).toEqual(refused);
    expect(refused.every(({ status }) => status === 'fail')).toBe(true);
  });

  test('is forgotten once a hundred newer ones failed', async () => {
    const rig = createRig();
    const alice = rig.device('phone');
    await alice.enter('alice');
    rig.server.hold('message.send');
    const messages = Array.from({ length: 150 }, (_, index) => alice.text('bob', `${index}`));
    for (const message of messages) watch(alice.tim.sendMessage(message));
    await rig.pass(61_000);
    const held = messages.map(({ ID }) => alice.tim.findMessage(ID) !== null);
    expect(held.indexOf(true)).toBe(50);
    expect(held.slice(50)).toEqual(Array.from({ length: 100 }, () => true));
  });
});

describe('a message that is changed on its way', () => {
  test('goes out as it was sent, also a second time, and is shown as the others see it', async () => {
    const rig = createRig();
    const [alice, bob] = [rig.device('phone'), rig.device('laptop')];
    await alice.enter('alice');
    await bob.enter('bob');
    alice.network.reachable = false;
    alice.network.cut();
    const messages = ['first', 'second'].map((text) => alice.text('bob', text));
    const sends = messages.map((message) => watch(alice.tim.sendMessage(message)));
    for (const message of messages) Object.assign(message.payload, { text: 'changed' });
    await rig.pass(1_000);
    alice.network.reachable = true;
    await rig.pass(20_000);
    expect(sends.map(({ state }) => state)).toEqual(['done', 'done']);
    expect(bob.received()).toEqual(['first', 'second']);
    expect(messages.map(bodyOf)).toEqual(['first', 'second']);
    expect(alice.conversation('C2Cbob')?.lastMessage.messageForShow).toBe('second');
  });

  test('is shown as it was stored, though only its event tells', async () => {
    const rig = createRig();
    const alice = rig.device('phone');
    await alice.enter('alice');
    rig.server.hold('message.send');
    const message = alice.text('bob', 'sent');
    watch(alice.tim.sendMessage(message));
    await rig.pass(100);
    Object.assign(message.payload, { text: 'changed' });
    const clientID = `${message.clientTime}-${message.random}`;
    rig.server.store.say('alice', 'bob', 'sent', { clientID, id: message.ID });
    await rig.pass(1_000);
    expect(message).toMatchObject({ status: 'success', payload: { text: 'sent' } });
  });
});

describe('the answer to a message that was sent again', () => {
  test('comes late and after a fresh start undoes no recall', async () => {
    const rig = createRig();
    const alice = rig.device('phone');
    await alice.enter('alice');
    const { log, store, wire } = rig.server;
    const times = (name: string): number => log.filter((it) => it.name === name).length;
    const message = alice.text('bob', 'oops');
    const sent = watch(alice.tim.sendMessage(message));
    // Stored, and its answer lost.
    await rig.pass(15);
    alice.network.cut();
    store.restore();
    store.say('bob', 'alice', 'what?');
    while (times('session.login') < 2) await rig.pass(5);
    wire.latencyMs = 500;
    while (times('message.send') < 2) await rig.pass(5);
    wire.latencyMs = 10;
    store.recall('alice|bob', 1, 'alice');
    await rig.pass(100);
    expect(sent.state).toBe('pending');
    await rig.pass(1_000);
    expect(sent.state).toBe('done');
    expect(message).toMatchObject({ status: 'success', isRevoked: true, revoker: 'alice' });
  });
});
