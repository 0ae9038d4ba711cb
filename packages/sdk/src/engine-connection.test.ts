import { CLOSE } from '@sterna/protocol/tables';
import { describe, expect, test } from 'vitest';
import { createRig, watch } from './testing/rig.ts';

describe('a connection that breaks', () => {
  test('leaves the session ready, tells the state of the network, and catches up', async () => {
    const { server, device, pass } = createRig();
    const alice = device('phone');
    await alice.enter('alice');
    alice.seen.length = 0;
    alice.network.cut();
    await pass(5);
    expect(alice.tim.isReady()).toBe(true);
    server.store.say('bob', 'alice', 'meanwhile');
    await pass(5_000);
    expect(alice.received()).toEqual(['meanwhile']);
    const states = alice.seen.flatMap((it) => (it.name === 'netStateChange' ? [it.data.state] : []));
    expect(states).toEqual(['connecting', 'connected']);
    expect(alice.names()).not.toContain('sdkStateReady');
    expect(server.log.filter(({ name }) => name === 'session.login').at(-1)?.body).toMatchObject({
      resume: 1,
    });
  });

  test('for long is told as disconnected, once', async () => {
    const { device, pass } = createRig();
    const alice = device('phone');
    await alice.enter('alice');
    alice.seen.length = 0;
    alice.network.reachable = false;
    alice.network.cut();
    await pass(120_000);
    alice.network.reachable = true;
    await pass(30_000);
    const states = alice.seen.flatMap((it) => (it.name === 'netStateChange' ? [it.data.state] : []));
    expect(states).toEqual(['connecting', 'disconnected', 'connected']);
  });

  test('is tried at once when the network or the user comes back', async () => {
    for (const wake of ['online', 'foreground'] as const) {
      const { device, pass } = createRig(3);
      const alice = device('phone');
      await alice.enter('alice');
      alice.network.reachable = false;
      alice.network.cut();
      await pass(120_000);
      alice.network.reachable = true;
      alice.seen.length = 0;
      if (wake === 'online') alice.platform.setOnline(true);
      else alice.platform.setForeground(true);
      await pass(100);
      expect(
        alice.seen.map((it) => it.data),
        wake,
      ).toEqual([{ state: 'connected' }]);
    }
  });

  test.each(['a message', 'a repeated login'])('is tried within a second for %s', async (wish) => {
    const { device, pass } = createRig(3);
    const alice = device('phone');
    await alice.enter('alice');
    alice.network.reachable = false;
    alice.network.cut();
    await pass(120_000);
    alice.network.reachable = true;
    const attempts = alice.network.attempts;
    await pass(1_000);
    // Else this shows nothing.
    expect(alice.network.attempts).toBe(attempts);
    const asked =
      wish === 'a message'
        ? watch(alice.tim.sendMessage(alice.text('bob', 'are you there?')))
        : watch(alice.tim.login({ userID: 'alice', userSig: 'good' }));
    await pass(1_100);
    expect(asked.state).toBe('done');
    expect(alice.seen.findLast(({ name }) => name === 'netStateChange')?.data).toEqual({
      state: 'connected',
    });
  });

  test('is tried about once a second however many messages wait', async () => {
    const { device, pass } = createRig();
    const alice = device('phone');
    await alice.enter('alice');
    alice.network.reachable = false;
    alice.network.cut();
    await pass(60_000);
    const attempts = alice.network.attempts;
    for (let tenth = 0; tenth < 200; tenth++) {
      void alice.tim.sendMessage(alice.text('bob', `${tenth}`)).catch(() => {});
      await pass(100);
    }
    expect(alice.network.attempts - attempts).toBeGreaterThanOrEqual(10);
    expect(alice.network.attempts - attempts).toBeLessThanOrEqual(30);
  });

  test('without a word is noticed, and replaced within the heartbeat', async () => {
    const { server, device, pass } = createRig();
    const alice = device('phone');
    await alice.enter('alice');
    alice.network.cut('silent');
    server.store.say('bob', 'alice', 'into the void');
    await pass(31_000);
    expect(alice.received()).toEqual(['into the void']);
    expect(server.mostSockets).toBe(1);
  });

  test('without a word is noticed sooner by whoever says something and hears nothing', async () => {
    const { server, device, pass } = createRig();
    const alice = device('phone');
    await alice.enter('alice');
    await pass(5_000);
    alice.network.cut('silent');
    const sending = watch(alice.tim.sendMessage(alice.text('bob', 'hello?')));
    await pass(11_000);
    expect(sending.state).toBe('done');
    expect(server.mostSockets).toBe(1);
  });

  test('without a word is noticed as soon where the last frame came after what was said', async () => {
    const { server, device, pass } = createRig();
    const alice = device('phone');
    await alice.enter('alice');
    await pass(5_000);
    server.hold('message.send');
    const sending = watch(alice.tim.sendMessage(alice.text('bob', 'hello?')));
    server.store.say('bob', 'alice', 'on the way');
    await pass(100);
    expect(alice.received()).toEqual(['on the way']);
    alice.network.cut('silent');
    server.release('message.send');
    await pass(11_000);
    expect(sending.state).toBe('done');
    expect(server.mostSockets).toBe(1);
  });

  test('without a word is noticed within three seconds by whoever comes back to it', async () => {
    const { server, device, pass } = createRig();
    const alice = device('phone');
    await alice.enter('alice');
    alice.network.cut('silent');
    server.store.say('bob', 'alice', 'into the void');
    await pass(1_000);
    alice.platform.setForeground(true);
    await pass(4_000);
    expect(alice.received()).toEqual(['into the void']);
    expect(server.mostSockets).toBe(1);
  });

  test('is not replaced because a page was hidden and its timers slept', async () => {
    const { clock, server, device, pass } = createRig();
    const alice = device('phone');
    // The timers of a hidden page run once a minute; the socket's messages are handled as ever.
    let hidden = false;
    const { setTimer } = alice.platform;
    Object.assign(alice.platform, {
      setTimer: (ms: number, run: () => void) => setTimer(hidden ? Math.max(ms, 60_000) : ms, run),
    });
    await alice.enter('alice');
    hidden = true;
    for (let minute = 0; minute < 30; minute++) {
      await pass(60_000);
      for (const session of server.store.sessionsOf('alice')) server.push(session, 'ping', {});
    }
    expect(server.log.filter(({ name }) => name === 'session.login')).toHaveLength(1);
    expect(server.log.filter(({ name }) => name === 'session.ping').length).toBeGreaterThanOrEqual(29);
    expect(clock.pending()).toBeGreaterThan(0);
  });

  test('answers the server’s question for a sign of life in the same turn', async () => {
    const { server, device, pass } = createRig();
    const alice = device('phone');
    await alice.enter('alice');
    const [session] = server.store.sessionsOf('alice');
    if (!session) throw new Error('no session');
    server.push(session, 'ping', {});
    await pass(25);
    expect(server.log.at(-1)?.name).toBe('session.ping');
  });

  test('repeats what is safe to repeat, and rejects what is not', async () => {
    const { server, device, pass } = createRig();
    const alice = device('phone');
    await alice.enter('alice');
    server.hold('group.create');
    server.hold('profile.get');
    const nameless = watch(alice.tim.createGroup({ name: 'club' }));
    const named = watch(alice.tim.createGroup({ name: 'club', groupID: 'club' }));
    const profile = watch(alice.tim.getUserProfile({ userIDList: ['alice'] }));
    await pass(100);
    server.release('group.create');
    server.release('profile.get');
    alice.network.cut();
    await pass(5_000);
    expect(nameless.error).toMatchObject({ code: 2800 });
    expect(named.state).toBe('done');
    expect(profile.state).toBe('done');
  });
});

describe('the end of a session', () => {
  test.each([
    [CLOSE.kicked, 'multipleAccount'],
    [CLOSE.userSigExpired, 'userSigExpired'],
  ])('by close %i is the kick %s, once, and nothing connects again', async (code, type) => {
    const { clock, server, device, pass } = createRig();
    const alice = device('phone');
    await alice.enter('alice');
    alice.seen.length = 0;
    server.closeAll(code);
    await pass(60_000);
    expect(alice.seen).toEqual([
      { name: 'kickedOut', data: { type } },
      { name: 'sdkStateNotReady', data: undefined },
    ]);
    expect(clock.pending()).toBe(0);
    expect(alice.tim.isReady()).toBe(false);
    expect(alice.tim.getLoginUser()).toBe('');
  });

  test('by another login has the server’s reason, and the loser stays out', async () => {
    const { server, device, pass } = createRig();
    const [phone, laptop] = [device('phone'), device('laptop')];
    await phone.enter('alice');
    phone.seen.length = 0;
    await laptop.enter('alice');
    await pass(60_000);
    expect(phone.seen).toEqual([
      { name: 'kickedOut', data: { type: 'multipleAccount' } },
      { name: 'sdkStateNotReady', data: undefined },
    ]);
    expect(laptop.tim.isReady()).toBe(true);
    expect(server.store.sessionsOf('alice')).toHaveLength(1);
  });

  test('that happened while the device was away is told at its return, once', async () => {
    const { device, pass } = createRig();
    const [phone, laptop] = [device('phone'), device('laptop')];
    await phone.enter('alice');
    phone.seen.length = 0;
    phone.network.reachable = false;
    phone.network.cut();
    await pass(1_000);
    await laptop.enter('alice');
    phone.network.reachable = true;
    await pass(60_000);
    expect(phone.seen.filter(({ name }) => name !== 'netStateChange')).toEqual([
      { name: 'kickedOut', data: { type: 'multipleAccount' } },
      { name: 'sdkStateNotReady', data: undefined },
    ]);
    expect(laptop.tim.isReady()).toBe(true);
    await phone.enter('alice');
    expect(phone.tim.isReady()).toBe(true);
  });

  test('by an account that was blocked is an ERROR, as nobody asked', async () => {
    const { server, device, pass } = createRig();
    const alice = device('phone');
    await alice.enter('alice');
    alice.seen.length = 0;
    server.refuseNext('session.login', 70051);
    alice.network.cut();
    await pass(5_000);
    expect(alice.names().filter((name) => name !== 'netStateChange')).toEqual(['error', 'sdkStateNotReady']);
  });

  test('a login from inside the KICKED_OUT handler works', async () => {
    const { server, device, pass } = createRig();
    const alice = device('phone');
    await alice.enter('alice');
    alice.tim.once('kickedOut', () => void alice.tim.login({ userID: 'alice', userSig: 'good' }));
    server.closeAll(CLOSE.kicked);
    await pass(5_000);
    expect(alice.tim.isReady()).toBe(true);
    expect(server.mostSockets).toBe(1);
  });
});

describe('time', () => {
  test('is the server’s, in seconds, whatever the device’s clock says', async () => {
    const { clock, device, pass } = createRig();
    const alice = device('phone');
    Object.assign(alice.platform, {
      nowMs: () => 1_000_000,
      monotonicMs: () => clock.nowMs() - 1_600_000_000_000,
    });
    await alice.enter('alice');
    await pass(10_000);
    expect(Math.abs(alice.tim.getServerTime() - Math.floor(clock.nowMs() / 1_000))).toBeLessThanOrEqual(1);
  });
});

describe('the server’s address', () => {
  test('that is missing rejects the login in a sentence', async () => {
    const { device } = createRig();
    const alice = device('phone');
    Object.assign(alice.platform, { defaultServerURL: () => undefined });
    await expect(alice.tim.login({ userID: 'alice', userSig: 'good' })).rejects.toMatchObject({
      code: 2800,
      message: expect.stringContaining('proxyServer') as string,
    });
  });
});
