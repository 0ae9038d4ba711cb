import { describe, expect, test } from 'vitest';
import { createRig, watch } from './testing/rig.ts';

describe('login', () => {
  test('resolves, then shows both lists, then is ready', async () => {
    const { device, pass } = createRig();
    const alice = device('phone');
    const order: string[] = [];
    alice.tim.on('sdkStateReady', () => order.push('ready'));
    const login = alice.tim.login({ userID: 'alice', userSig: 'good' }).then((result) => {
      order.push('resolved');
      return result;
    });
    await pass(1_000);
    expect(await login).toMatchObject({ code: 0, data: { actionStatus: 'OK', errorCode: 0, errorInfo: '' } });
    expect(order).toEqual(['resolved', 'ready']);
    expect(alice.names()).toEqual([
      'netStateChange',
      'blacklistUpdated',
      'onConversationListUpdated',
      'onGroupListUpdated',
      'sdkStateReady',
    ]);
    expect(alice.tim.isReady()).toBe(true);
    expect(alice.tim.getLoginUser()).toBe('alice');
  });

  test('of the same user again answers repeatLogin and announces nothing', async () => {
    const { device, pass } = createRig();
    const alice = device('phone');
    await alice.enter('alice');
    const before = alice.seen.length;
    await expect(alice.tim.login({ userID: 'alice', userSig: 'good' })).resolves.toMatchObject({
      data: { repeatLogin: true },
    });
    await pass(1_000);
    expect(alice.seen).toHaveLength(before);
  });

  test('while one is pending is refused with 2025, and does not disturb it', async () => {
    const { device, pass } = createRig();
    const alice = device('phone');
    const first = alice.tim.login({ userID: 'alice', userSig: 'good' });
    await expect(alice.tim.login({ userID: 'alice', userSig: 'good' })).rejects.toMatchObject({ code: 2025 });
    await pass(1_000);
    await expect(first).resolves.toMatchObject({ code: 0 });
  });

  test.each([
    [{ userID: '', userSig: 'good' }, 2002],
    [{ userID: 'alice', userSig: '' }, 2003],
    [{ userID: 'alice', userSig: 'expired' }, 70001],
    [{ userID: 'alice', userSig: 'forged' }, 70009],
  ])('%j is refused with %i and leaves nothing behind', async (account, code) => {
    const { clock, device, pass } = createRig();
    const alice = device('phone');
    const login = watch(alice.tim.login(account));
    await pass(1_000);
    expect(login.error).toMatchObject({ code });
    expect(clock.pending()).toBe(0);
    expect(alice.platform.listeners()).toBe(0);
    await alice.enter('alice');
    expect(alice.tim.isReady()).toBe(true);
  });

  test('with nothing, or what is no account, asks for the userID', async () => {
    const { device } = createRig();
    const login = device('phone').tim.login as (account?: unknown) => Promise<unknown>;
    for (const account of [undefined, null, 'alice', {}])
      await expect(login(account)).rejects.toMatchObject({ code: 2002, message: 'userID is missing' });
  });

  test('where nothing says no keeps trying for twenty seconds, then rejects with 2800', async () => {
    const { clock, server, device, pass } = createRig();
    const alice = device('phone');
    server.wire.latencyMs = 60_000;
    const login = watch(alice.tim.login({ userID: 'alice', userSig: 'good' }));
    await pass(19_000);
    expect(login.state).toBe('pending');
    await pass(2_000);
    expect(login.error).toMatchObject({ code: 2800 });
    await pass(60_000);
    expect(clock.pending()).toBe(0);
  });

  test('where every attempt is refused at once says so before that, with the address', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { clock, device, pass } = createRig(seed);
      const alice = device('phone');
      alice.network.reachable = false;
      const login = watch(alice.tim.login({ userID: 'alice', userSig: 'good' }));
      await pass(5_900);
      expect(login.state).toBe('pending');
      await pass(200);
      expect(login.error).toMatchObject({
        code: 2800,
        message: 'The server cannot be reached: ws://sterna.test/ws',
      });
      expect(clock.pending()).toBe(0);
    }
  });

  test('outlasts the restart of a server that refuses meanwhile', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { device, pass } = createRig(seed);
      const alice = device('phone');
      alice.network.reachable = false;
      const login = watch(alice.tim.login({ userID: 'alice', userSig: 'good' }));
      await pass(5_000);
      alice.network.reachable = true;
      await pass(1_100);
      expect(login.state).toBe('done');
    }
  });

  test('on a machine without sockets says so at once', async () => {
    const { clock, device } = createRig();
    const alice = device('phone');
    Object.assign(alice.platform, { lacksSockets: () => 'there is none' });
    await expect(alice.tim.login({ userID: 'alice', userSig: 'good' })).rejects.toMatchObject({
      code: 2800,
      message: 'The server cannot be reached: there is none',
    });
    expect(clock.pending()).toBe(0);
  });

  test('at a server that does not answer rejects with 2801', async () => {
    const { server, device, pass } = createRig();
    server.hold('session.login');
    const login = watch(device('phone').tim.login({ userID: 'alice', userSig: 'good' }));
    await pass(21_000);
    expect(login.error).toMatchObject({ code: 2801 });
  });

  test('survives a server that is not ready yet', async () => {
    const { server, device, pass } = createRig();
    server.refuseNext('session.login', 91000);
    const alice = device('phone');
    const login = watch(alice.tim.login({ userID: 'alice', userSig: 'good' }));
    await pass(5_000);
    expect(login.state).toBe('done');
  });

  test('of another user is a logout and a login: nothing of the first is left', async () => {
    const { server, device, pass } = createRig();
    server.store.say('bob', 'alice', 'for alice');
    const tablet = device('tablet');
    await tablet.enter('alice');
    expect(tablet.list()).toHaveLength(1);
    tablet.seen.length = 0;
    await tablet.enter('carol');
    expect(tablet.names()[0]).toBe('sdkStateNotReady');
    expect(tablet.list()).toEqual([]);
    expect(tablet.tim.findMessage('x')).toBeNull();
    expect(server.store.sessionsOf('alice')).toEqual([]);
    server.store.say('bob', 'alice', 'more for alice');
    await pass(10_000);
    expect(tablet.received()).toEqual([]);
  });

  test('from inside the SDK_READY handler does not loop', async () => {
    const { device, pass } = createRig();
    const alice = device('phone');
    let ready = 0;
    alice.tim.on('sdkStateReady', () => {
      ready += 1;
      void alice.tim.login({ userID: 'alice', userSig: 'good' });
    });
    await alice.enter('alice');
    await pass(5_000);
    expect(ready).toBe(1);
  });
});

describe('logout', () => {
  test('before any login resolves and throws nothing', async () => {
    const { device } = createRig();
    await expect(device('phone').tim.logout()).resolves.toEqual({ code: 0, data: {} });
  });

  test('a hundred times leaves no timer, no listener and no socket', async () => {
    const { clock, server, device, pass } = createRig();
    const alice = device('phone');
    for (let round = 0; round < 100; round++) {
      await alice.enter('alice');
      const logout = watch(alice.tim.logout());
      await pass(1_000);
      expect(logout.state).toBe('done');
    }
    await pass(60_000);
    expect(clock.pending()).toBe(0);
    expect(alice.platform.listeners()).toBe(0);
    expect(alice.network.sockets).toBe(0);
    expect(server.mostSockets).toBe(1);
    expect(server.store.sessionsOf('alice')).toEqual([]);
    expect(alice.names().filter((name) => name === 'sdkStateNotReady')).toHaveLength(100);
  });

  test('keeps the handlers', async () => {
    const { device, pass } = createRig();
    const alice = device('phone');
    await alice.enter('alice');
    void alice.tim.logout();
    await pass(1_000);
    alice.seen.length = 0;
    await alice.enter('alice');
    expect(alice.names()).toContain('sdkStateReady');
  });

  test('settles every promise that is under way', async () => {
    const { server, device, pass } = createRig();
    const alice = device('phone');
    await alice.enter('alice');
    for (const name of ['message.send', 'message.history', 'profile.get'] as const) server.hold(name);
    const message = alice.text('bob', 'late');
    const open = [
      watch(alice.tim.sendMessage(message)),
      watch(alice.tim.getMessageList({ conversationID: 'C2Cbob' })),
      watch(alice.tim.getUserProfile({ userIDList: ['bob'] })),
    ];
    await pass(1_000);
    expect(open.map(({ state }) => state)).toEqual(['pending', 'pending', 'pending']);
    void alice.tim.logout();
    await pass(1_000);
    expect(open.map(({ state }) => state)).toEqual(['failed', 'failed', 'failed']);
    expect(message.status).toBe('fail');
  });

  test('destroy says so, and the instance is of no use after it', async () => {
    const { clock, device, pass } = createRig();
    const alice = device('phone');
    await alice.enter('alice');
    alice.seen.length = 0;
    void alice.tim.destroy();
    await pass(1_000);
    expect(alice.names()).toEqual(['sdkStateNotReady', 'sdkDestroy']);
    await expect(alice.tim.login({ userID: 'alice', userSig: 'good' })).rejects.toMatchObject({ code: 2999 });
    await pass(60_000);
    expect(clock.pending()).toBe(0);
  });
});
