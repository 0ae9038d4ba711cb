import { describe, expect, test } from 'vitest';
import { createRig, watch, type Device, type Rig } from './testing/rig.ts';

async function twoDevices(rig: Rig): Promise<[Device, Device]> {
  const devices: [Device, Device] = [rig.device('phone'), rig.device('laptop')];
  await devices[0].enter('alice');
  await devices[1].enter('bob');
  return devices;
}

describe('sending', () => {
  test('changes the very object, and tells the sender by its promise and the list alone', async () => {
    const rig = createRig();
    const [alice, bob] = await twoDevices(rig);
    alice.seen.length = 0;
    const message = alice.text('bob', 'hello');
    const sent = watch(alice.tim.sendMessage(message));
    expect(message.status).toBe('unSend');
    await rig.pass(500);
    expect(sent.value?.data.message).toBe(message);
    expect(message).toMatchObject({
      status: 'success',
      sequence: 1,
      flow: 'out',
      from: 'alice',
      conversationID: 'C2Cbob',
    });
    expect(message.ID).toBe(`${message.ID.split('-')[0]}-${message.clientTime}-${message.random}`);
    expect(new Set(alice.names())).toEqual(new Set(['onConversationListUpdated']));
    expect(alice.conversation('C2Cbob')).toMatchObject({
      unreadCount: 0,
      lastMessage: { messageForShow: 'hello', fromAccount: 'alice' },
    });
    expect(bob.received()).toEqual(['hello']);
    expect(bob.conversation('C2Calice')).toMatchObject({
      unreadCount: 1,
      lastMessage: { messageForShow: 'hello' },
    });
    expect(alice.tim.findMessage(message.ID)).toBe(message);
  });

  test('over a connection that breaks again and again stores one message', async () => {
    const rig = createRig(7);
    const [alice, bob] = await twoDevices(rig);
    const message = alice.text('bob', 'through the tunnel');
    const sent = watch(alice.tim.sendMessage(message));
    for (let cut = 0; cut < 5; cut++) {
      await rig.pass(15);
      alice.network.cut();
      await rig.pass(3_000);
    }
    await rig.pass(20_000);
    expect(sent.state).toBe('done');
    expect(rig.server.store.messages('alice|bob')).toHaveLength(1);
    expect(bob.received()).toEqual(['through the tunnel']);
    expect(alice.received()).toEqual([]);
  });

  test('fails at its deadline, and sends nothing more until it is resent with the same ID', async () => {
    const rig = createRig();
    const [alice] = await twoDevices(rig);
    alice.network.reachable = false;
    alice.network.cut();
    const message = alice.text('bob', 'later');
    const sent = watch(alice.tim.sendMessage(message));
    await rig.pass(59_000);
    expect(sent.state).toBe('pending');
    await rig.pass(2_000);
    expect(sent.error).toMatchObject({ code: 2800, data: { message } });
    expect(message.status).toBe('fail');
    alice.network.reachable = true;
    await rig.pass(60_000);
    expect(rig.server.log.filter(({ name }) => name === 'message.send')).toHaveLength(0);
    const { ID } = message;
    const again = watch(alice.tim.resendMessage(message));
    await rig.pass(1_000);
    expect(again.state).toBe('done');
    expect(message).toMatchObject({ status: 'success', isResend: true, ID });
  });

  test('that the server stored without answering becomes a success when its event is seen', async () => {
    const rig = createRig();
    const [alice] = await twoDevices(rig);
    rig.server.hold('message.send');
    const message = alice.text('bob', 'lost');
    const sent = watch(alice.tim.sendMessage(message));
    await rig.pass(61_000);
    expect(sent.error).toMatchObject({ code: 2801 });
    rig.server.release('message.send');
    const modified: unknown[] = [];
    alice.tim.on('onMessageModified', ({ data }) => modified.push(...data));
    const clientID = `${message.clientTime}-${message.random}`;
    rig.server.store.say('alice', 'bob', 'lost', { clientID, id: message.ID });
    await rig.pass(1_000);
    expect(message).toMatchObject({ status: 'success', sequence: 1 });
    expect(alice.received()).toEqual([]);
    expect(modified, 'the application hears of it').toEqual([message]);
    await expect(alice.tim.resendMessage(message)).resolves.toMatchObject({ code: 0, data: { message } });
    expect(rig.server.log.filter(({ name }) => name === 'message.send')).toHaveLength(1);
  });

  test('keeps call order although the first is refused for a moment', async () => {
    const rig = createRig();
    const [alice, bob] = await twoDevices(rig);
    rig.server.refuseNext('message.send', 91000);
    rig.server.refuseNext('message.send', 10002);
    rig.server.refuseNext('message.send', 2996);
    const sends = ['one', 'two', 'three'].map((text) =>
      watch(alice.tim.sendMessage(alice.text('bob', text))),
    );
    await rig.pass(30_000);
    expect(sends.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    expect(bob.received()).toEqual(['one', 'two', 'three']);
  });

  test.each([20007, 10017, 80001])('is refused at once with the server code %i', async (code) => {
    const rig = createRig();
    const [alice] = await twoDevices(rig);
    rig.server.refuseNext('message.send', code);
    const message = alice.text('bob', 'no');
    const sent = watch(alice.tim.sendMessage(message));
    await rig.pass(500);
    expect(sent.error).toMatchObject({ code, data: { message } });
    expect(message.status).toBe('fail');
  });

  test('takes no message twice, no stranger, and nobody who is not logged in', async () => {
    const rig = createRig();
    const [alice] = await twoDevices(rig);
    const message = alice.text('bob', 'once');
    const first = watch(alice.tim.sendMessage(message));
    await expect(alice.tim.sendMessage(message)).rejects.toMatchObject({ code: 2103 });
    await rig.pass(500);
    expect(first.state).toBe('done');
    await expect(alice.tim.sendMessage(message)).rejects.toMatchObject({ code: 2103 });
    await expect(alice.tim.resendMessage(message)).rejects.toMatchObject({ code: 2103 });
    await expect(alice.tim.sendMessage({} as never)).rejects.toMatchObject({ code: 2105 });
    const carol = rig.device('other');
    await expect(carol.tim.sendMessage(carol.text('bob', 'x'))).rejects.toMatchObject({ code: 2024 });
  });

  test('refuses what no frame can hold before it breaks a connection', async () => {
    const rig = createRig();
    const [alice] = await twoDevices(rig);
    const sent = watch(alice.tim.sendMessage(alice.text('bob', '字'.repeat(30_000))));
    await rig.pass(500);
    expect(sent.error).toMatchObject({ code: 80002 });
    expect(alice.network.sockets).toBe(1);
  });

  test('takes a thousand at once and refuses the next', async () => {
    const rig = createRig();
    const [alice] = await twoDevices(rig);
    rig.server.hold('message.send');
    const sends = Array.from({ length: 1_000 }, (_, index) =>
      watch(alice.tim.sendMessage(alice.text('bob', `${index}`))),
    );
    const last = watch(alice.tim.sendMessage(alice.text('bob', 'one too many')));
    await rig.pass(100);
    expect(last.error).toMatchObject({ code: 2996 });
    expect(sends.every(({ state }) => state === 'pending')).toBe(true);
    await rig.pass(61_000);
    expect(sends.every(({ state }) => state === 'failed')).toBe(true);
  });
});

describe('receiving', () => {
  test('puts in order what overtook, drops what is doubled, and reads what is lost', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const rig = createRig(seed);
      const bob = rig.device('laptop');
      await bob.enter('bob');
      Object.assign(rig.server.wire, { reorder: 0.5, duplicate: 0.5, lose: 0.3 });
      const texts = Array.from({ length: 30 }, (_, index) => `${index}`);
      for (const text of texts) {
        rig.server.store.say('alice', 'bob', text);
        await rig.pass(50);
      }
      await rig.pass(20_000);
      expect(bob.received(), `seed ${seed}`).toEqual(texts);
      expect(bob.conversation('C2Calice')?.unreadCount, `seed ${seed}`).toBe(30);
    }
  });

  test('reads a long absence page by page, whatever the size of a page', async () => {
    for (const pageSize of [1, 3, 200]) {
      const rig = createRig();
      const bob = rig.device('laptop');
      await bob.enter('bob');
      rig.server.store.say('alice', 'bob', 'before');
      await rig.pass(500);
      rig.server.wire.pageSize = pageSize;
      bob.network.reachable = false;
      bob.network.cut();
      const texts = Array.from({ length: 25 }, (_, index) => `${index}`);
      for (const text of texts) rig.server.store.say('alice', 'bob', text);
      rig.server.store.say('carol', 'bob', 'from carol');
      await rig.pass(1_000);
      bob.network.reachable = true;
      bob.platform.setOnline(true);
      await rig.pass(60_000);
      expect(bob.received('C2Calice'), `pages of ${pageSize}`).toEqual(['before', ...texts]);
      expect(bob.received('C2Ccarol'), `pages of ${pageSize}`).toEqual(['from carol']);
      expect(bob.conversation('C2Calice')?.unreadCount).toBe(26);
    }
  });

  test('gives the backlog of a fresh login before SDK_READY', async () => {
    const rig = createRig();
    rig.server.store.say('alice', 'bob', 'missed');
    rig.server.store.say('alice', 'bob', 'you');
    const bob = rig.device('laptop');
    await bob.enter('bob');
    expect(bob.received()).toEqual(['missed', 'you']);
    expect(bob.names().indexOf('onMessageReceived')).toBeLessThan(bob.names().indexOf('sdkStateReady'));
    expect(bob.conversation('C2Calice')?.unreadCount).toBe(2);
  });

  test('shows what my other device sent, with flow out and nothing unread', async () => {
    const rig = createRig();
    const bob = rig.device('laptop');
    await bob.enter('bob');
    rig.server.store.say('bob', 'alice', 'from my phone');
    await rig.pass(500);
    expect(bob.received()).toEqual(['from my phone']);
    expect(bob.conversation('C2Calice')).toMatchObject({
      unreadCount: 0,
      lastMessage: { fromAccount: 'bob' },
    });
  });

  test('starts anew when the store was restored, says so, and raises nothing twice', async () => {
    const rig = createRig();
    const bob = rig.device('laptop');
    await bob.enter('bob');
    rig.server.store.say('alice', 'bob', 'one');
    await rig.pass(500);
    rig.server.store.restore();
    bob.network.cut();
    await rig.pass(5_000);
    rig.server.store.say('alice', 'bob', 'two');
    await rig.pass(5_000);
    expect(bob.names()).toContain('sdkReload');
    expect(bob.received()).toEqual(['one', 'two']);
    expect(bob.conversation('C2Calice')?.unreadCount).toBe(2);
  });

  test('raises after a fresh start what was only looked at before it', async () => {
    const rig = createRig();
    const bob = rig.device('laptop');
    await bob.enter('bob');
    rig.server.wire.lose = 1;
    rig.server.hold('conversation.sync');
    rig.server.store.say('alice', 'bob', 'one');
    void bob.tim.getConversationProfile('C2Calice');
    await rig.pass(1_000);
    expect(bob.received()).toEqual([]);
    rig.server.wire.lose = 0;
    rig.server.store.restore();
    bob.network.cut();
    await rig.pass(10_000);
    expect(bob.names()).toContain('sdkReload');
    expect(bob.received()).toEqual(['one']);
  });

  test('starts anew when a log refuses to be continued', async () => {
    const rig = createRig();
    const bob = rig.device('laptop');
    await bob.enter('bob');
    rig.server.wire.lose = 1;
    rig.server.store.say('alice', 'bob', 'one');
    await rig.pass(100);
    rig.server.wire.lose = 0;
    rig.server.refuseNext('conversation.sync', 10042);
    rig.server.store.say('alice', 'bob', 'two');
    await rig.pass(10_000);
    expect(bob.names()).toContain('sdkReload');
    expect(bob.received()).toEqual(['one', 'two']);
  });
});

describe('recalls', () => {
  test('reach the object, the last message and the unread count', async () => {
    const rig = createRig();
    const bob = rig.device('laptop');
    await bob.enter('bob');
    rig.server.store.say('alice', 'bob', 'oops');
    await rig.pass(500);
    const held = (await bob.tim.getMessageList({ conversationID: 'C2Calice' })).data.messageList[0];
    rig.server.store.recall('alice|bob', 1, 'alice');
    await rig.pass(500);
    expect(held).toMatchObject({ isRevoked: true, revoker: 'alice', payload: { text: '' } });
    const revoked = bob.seen.findLast(({ name }) => name === 'onMessageRevoked');
    expect(revoked?.data).toMatchObject([{ ID: held?.ID, isRevoked: true }]);
    expect(bob.conversation('C2Calice')).toMatchObject({
      unreadCount: 0,
      lastMessage: { isRevoked: true, messageForShow: '' },
    });
  });

  test('that came with the message itself count once', async () => {
    const rig = createRig();
    const bob = rig.device('laptop');
    await bob.enter('bob');
    rig.server.store.say('alice', 'bob', 'stays');
    await rig.pass(500);
    bob.network.cut();
    rig.server.store.say('alice', 'bob', 'goes');
    rig.server.store.recall('alice|bob', 2, 'alice');
    await rig.pass(5_000);
    expect(bob.conversation('C2Calice')?.unreadCount).toBe(1);
    expect(rig.server.store.unread('bob', 'C2Calice')).toBe(1);
  });
});

describe('history', () => {
  async function history(total: number, pageSize = 200): Promise<{ rig: Rig; bob: Device; texts: string[] }> {
    const rig = createRig();
    const texts = Array.from({ length: total }, (_, index) => `${index}`);
    for (const text of texts) rig.server.store.say('alice', 'bob', text);
    rig.server.wire.pageSize = pageSize;
    const bob = rig.device('laptop');
    await bob.enter('bob');
    return { rig, bob, texts };
  }

  async function readAll(
    rig: Rig,
    bob: Device,
    between: () => void = () => undefined,
  ): Promise<{ texts: string[]; pages: number }> {
    const all: string[] = [];
    let nextReqMessageID: string | undefined;
    for (let pages = 1; pages < 100; pages++) {
      const page = watch(bob.tim.getMessageList({ conversationID: 'C2Calice', nextReqMessageID }));
      await rig.pass(1_000);
      if (!page.value) throw new Error(`page ${pages}: ${page.state} ${page.error?.message}`);
      const { data } = page.value;
      all.unshift(...data.messageList.map(({ payload }) => ('text' in payload ? payload.text : '?')));
      nextReqMessageID = data.nextReqMessageID;
      if (data.isCompleted) return { texts: all, pages };
      between();
    }
    throw new Error('the history has no end');
  }

  test.each([0, 1, 14, 15, 16, 45, 46])('of %i messages is read backwards in pages of 15', async (total) => {
    const { rig, bob, texts } = await history(total);
    const read = await readAll(rig, bob);
    expect(read.texts).toEqual(texts);
    expect(read.pages).toBe(Math.max(1, Math.ceil(total / 15)));
    // From memory the second time.
    expect((await readAll(rig, bob)).texts).toEqual(texts);
  });

  test('is not shifted by what arrives between two pages', async () => {
    const { rig, bob, texts } = await history(40);
    const read = await readAll(rig, bob, () => rig.server.store.say('alice', 'bob', 'new'));
    expect(read.texts).toEqual(texts);
  });

  test('survives a server whose pages hold one message', async () => {
    const { rig, bob, texts } = await history(20, 1);
    expect((await readAll(rig, bob)).texts).toEqual(texts);
  });

  test('has unsent and failed messages where they were written', async () => {
    const { rig, bob } = await history(3);
    rig.server.refuseNext('message.send', 80001);
    const failed = bob.text('alice', 'bad word');
    const sent = watch(bob.tim.sendMessage(failed));
    await rig.pass(500);
    expect(sent.state).toBe('failed');
    rig.server.store.say('alice', 'bob', 'after');
    await rig.pass(500);
    expect((await readAll(rig, bob)).texts).toEqual(['0', '1', '2', 'bad word', 'after']);
  });

  test('shows no hole while a gap is open', async () => {
    const { rig, bob } = await history(2);
    rig.server.wire.lose = 1;
    rig.server.store.say('alice', 'bob', 'lost');
    await rig.pass(50);
    rig.server.wire.lose = 0;
    rig.server.store.say('alice', 'bob', 'seen');
    await rig.pass(15);
    expect((await readAll(rig, bob)).texts).toEqual(['0', '1', 'lost', 'seen']);
  });

  test('rejects a cursor of nowhere', async () => {
    const { rig, bob } = await history(1);
    const page = watch(bob.tim.getMessageList({ conversationID: 'C2Calice', nextReqMessageID: 'nowhere' }));
    await rig.pass(500);
    expect(page.error).toMatchObject({ code: 10004 });
  });
});
