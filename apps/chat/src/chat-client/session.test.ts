import { describe, expect, test, vi } from 'vitest';
import { CHAT, lines, settled, signedIn, stage } from '../../dev/stage.ts';

describe('signing in', () => {
  test('in development mode with a signature from the server; the tab remembers', async () => {
    const { state, storage } = await signedIn();
    expect(state().session).toEqual({ name: 'active', userID: 'alice', SDKAppID: 1400000001, synced: true });
    expect(state().me?.nick).toBe('Alice Lindqvist');
    expect(JSON.parse(storage.get('sterna.session') ?? '')).toMatchObject({ userID: 'alice' });
  });

  test('a reload takes the session up again; a name in the address wins over it', async () => {
    const { storage } = await signedIn();
    const again = stage({ storage });
    await again.client.restore(undefined);
    expect(again.state().session).toMatchObject({ name: 'active', userID: 'alice' });
    const other = stage({ storage });
    await other.client.restore('bob');
    expect(other.state().session).toMatchObject({ name: 'active', userID: 'bob' });
  });

  test('in production there are no demo users and no signatures to be had', async () => {
    const { client, state } = stage({ production: true });
    await client.restore('bob');
    expect(state()).toMatchObject({
      demoUsers: undefined,
      session: { name: 'signedOut', failure: undefined },
    });
    await client.signIn({ SDKAppID: 1, userID: 'carol', userSig: 'mine' });
    expect(state().session).toMatchObject({ name: 'active', userID: 'carol' });
  });

  test('a refusal leads back to the form, with the reason', async () => {
    const { client, tim, state, storage } = stage();
    tim.login = () => Promise.reject(Object.assign(new Error('expired'), { code: 70001 }));
    await client.restore(undefined);
    await client.signInAs('alice');
    expect(state().session).toEqual({ name: 'signedOut', failure: { code: 70001, message: 'expired' } });
    await client.signInAs('nobody');
    expect(state().session).toMatchObject({
      name: 'signedOut',
      failure: { code: 0, message: 'there is nobody' },
    });
    expect(storage.size).toBe(0);
  });

  test('no browser’s words for a server that is not there reach a person', async () => {
    const { client, state } = stage({ unreached: 'Failed to fetch /dev/usersig' });
    await client.signInAs('alice');
    expect(state().session).toMatchObject({ name: 'signedOut', failure: { code: 2800 } });
  });

  test('a wish to be connected is handed to the SDK, of whoever is signed in', async () => {
    const { client, tim } = await signedIn();
    const login = vi.spyOn(tim, 'login');
    await client.reconnect();
    expect(login.mock.calls).toEqual([
      [{ userID: 'alice', userSig: expect.stringContaining('signed') as string }],
    ]);
    await client.signOut();
    await client.reconnect();
    expect(login).toHaveBeenCalledTimes(1);
  });

  test('signing out forgets everything of the user', async () => {
    const { client, state, storage, tim } = await signedIn({ histories: { [CHAT]: lines(3) } });
    await client.open(CHAT);
    await client.signOut();
    expect(state()).toMatchObject({
      session: { name: 'signedOut' },
      conversations: [],
      timelines: {},
      me: undefined,
    });
    expect(storage.size).toBe(0);
    expect(tim.controls.calls).toContain('logout');
  });
});

describe('being thrown out', () => {
  test.each([
    ['multipleAccount', 'multipleAccount'],
    ['multipleDevice', 'multipleDevice'],
    ['userSigExpired', 'userSigExpired'],
    ['REST_API_Kick', 'administrator'],
    ['something new', 'administrator'],
  ])('%s is told as %s, and there is a way back', async (type, reason) => {
    const { client, tim, state, passTime } = await signedIn();
    client.setDraft(CHAT, 'half a thought');
    tim.controls.emit('sdkStateNotReady', undefined);
    tim.controls.emit('kickedOut', { type });
    passTime();
    await settled();
    expect(state().session).toEqual({ name: 'kicked', userID: 'alice', reason });
    await client.signInAgain();
    await settled();
    expect(state().session).toMatchObject({ name: 'active', userID: 'alice', synced: true });
    expect(state().drafts).toEqual({ [CHAT]: 'half a thought' });
  });

  test('a login that is lost without a kick is taken up again', async () => {
    const { tim, state, passTime } = await signedIn();
    tim.controls.emit('sdkStateNotReady', undefined);
    expect(state().session).toMatchObject({ name: 'active', synced: false });
    passTime();
    await settled();
    expect(state().session).toMatchObject({ name: 'active', synced: true });
    expect(tim.controls.calls.filter((call) => call === 'login alice')).toHaveLength(2);
  });
});
