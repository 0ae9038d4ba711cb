import { describe, expect, test } from 'vitest';
import { CHAT, lines, settled, signedIn } from '../../dev/stage.ts';
import { LIMITS } from './limits.ts';

describe('lists', () => {
  test('rows that did not change stay the same objects', async () => {
    const { state, tim } = await signedIn({ histories: { [CHAT]: lines(1), C2Ccarol: lines(1, 'carol') } });
    const before = state().conversations.find(({ id }) => id === 'C2Ccarol');
    tim.controls.deliver(CHAT, 'bob', 'new');
    expect(state().conversations.find(({ id }) => id === 'C2Ccarol')).toBe(before);
    expect(state().conversations[0]).toMatchObject({ id: CHAT, unread: 1, title: 'Bob Okafor' });
  });

  test('names are asked for once, together, and not again when there is no such user', async () => {
    const { client, state, tim } = await signedIn();
    client.ensurePeople(['bob', 'ghost', 'constructor']);
    client.ensurePeople(['carol', 'bob']);
    await settled();
    client.ensurePeople(['ghost', 'constructor', 'bob']);
    await settled();
    expect(tim.controls.calls.filter((call) => call.startsWith('profiles'))).toEqual([
      'profiles bob ghost constructor carol',
    ]);
    expect(state().people.get('bob')?.nick).toBe('Bob Okafor');
    expect(state().people.get('constructor')?.nick).toBe('');
  });

  test('a name asked for twice at once is not lost between the answers', async () => {
    const { client, state } = await signedIn();
    client.ensurePeople(['bob']);
    await client.findPerson('bob');
    await settled();
    expect(state().people.get('bob')?.nick).toBe('Bob Okafor');
  });

  test('strangers are told from users, however many are asked about', async () => {
    const { client, tim } = await signedIn();
    const ghosts = Array.from({ length: LIMITS.peoplePerRequest }, (_, index) => `ghost${index}`);
    expect(await client.strangersAmong(['bob', ...ghosts, 'carol'])).toEqual(ghosts);
    expect(tim.controls.calls.filter((call) => call.startsWith('profiles'))).toHaveLength(2);
    expect(await client.strangersAmong([])).toEqual([]);
  });

  test('drafts are bounded, the oldest going first', async () => {
    const { client, state } = await signedIn();
    for (let index = 0; index <= LIMITS.drafts; index += 1) client.setDraft(`C2Cuser${index}`, 'draft');
    expect(Object.keys(state().drafts)).toHaveLength(LIMITS.drafts);
    expect(state().drafts['C2Cuser0']).toBeUndefined();
    client.setDraft('C2Cuser1', '');
    expect(state().drafts['C2Cuser1']).toBeUndefined();
  });

  test('notes go by themselves, and there are never many', async () => {
    const { client, state, passTime } = await signedIn();
    for (let index = 0; index < LIMITS.toasts + 2; index += 1) client.notify({ kind: 'copied' });
    expect(state().toasts).toHaveLength(LIMITS.toasts);
    passTime();
    expect(state().toasts).toEqual([]);
  });
});

describe('groups', () => {
  test('creating one puts it in the list; leaving takes it out', async () => {
    const { client, state } = await signedIn();
    const groupID = await client.createGroup({ name: 'Terns', type: 'Private', userIDs: ['bob'] });
    expect(state().groups.get(groupID)).toMatchObject({ name: 'Terns', myRole: 'Owner' });
    const unwatch = client.watchGroup(groupID);
    await settled();
    expect(state().members?.members.map(({ userID }) => userID)).toEqual(['alice', 'bob']);
    await client.addMembers(groupID, ['carol']);
    expect(state().groups.get(groupID)?.memberCount).toBe(3);
    await client.removeMember(groupID, 'bob');
    expect(state().members).toMatchObject({ complete: true, loading: false });
    expect(state().members?.members.map(({ userID }) => userID)).toEqual(['alice', 'carol']);
    unwatch();
    expect(state().members).toBeUndefined();
    await client.quitGroup(groupID);
    expect(state().groups.has(groupID)).toBe(false);
    await client.reloadGroup(groupID);
    expect(state().groups.has(groupID)).toBe(false);
  });

  test('what happens in the group that is watched is seen, once for many tips', async () => {
    const { client, state, tim, passTime } = await signedIn();
    const groupID = await client.createGroup({ name: 'Terns', type: 'Private', userIDs: [] });
    client.watchGroup(groupID);
    await settled();
    await tim.addGroupMember({ groupID, userIDList: ['bob'] });
    const reads = () => tim.controls.calls.filter((call) => call === `members ${groupID}`).length;
    const before = reads();
    const tip = {
      ...tim.controls.deliver(`GROUP${groupID}`, 'bob', ''),
      type: 'TIMGroupTipElem',
      payload: {},
    };
    tim.controls.emit('onMessageReceived', [tip]);
    tim.controls.emit('onMessageReceived', [{ ...tip, ID: 'another' }]);
    passTime();
    await settled();
    expect(state().members?.members.map(({ userID }) => userID)).toEqual(['alice', 'bob']);
    expect(reads()).toBe(before + 1);
  });

  test('an unknown group cannot be joined, and the reason is passed on', async () => {
    const { client } = await signedIn();
    await expect(client.joinGroup('nowhere', '')).rejects.toMatchObject({ code: 10010 });
  });
});
