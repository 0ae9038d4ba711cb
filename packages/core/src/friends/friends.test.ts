import { LIMITS, type RequestOf } from '@sterna/protocol';
import { describe, expect, test } from 'vitest';
import type { AppSettings } from '../app-settings.ts';
import { loggedIn } from '../testing/domain-commands.ts';
import { createTown, textTo, type Town } from '../testing/town.ts';
import { useCases } from '../use-cases.ts';

type Someone = 'ann' | 'ben' | 'cat';
const town = (settings: Partial<AppSettings> = {}) => createTown(['ann', 'ben', 'cat'], { settings });

type Adding = RequestOf<'friend.add'>;
const adding = (userID: string, more: Partial<Adding> = {}): Adding => ({
  userID,
  both: true,
  source: 'AddSource_Type_Web',
  ...more,
});

async function friendsOf({ ask }: Town<Someone>, who: Someone): Promise<string[]> {
  return (await ask(who, 'friend.list', {})).friends.map(({ userID }) => userID);
}

async function applications({ ask }: Town<Someone>, who: Someone) {
  const { applications: waiting, unread } = await ask(who, 'friendApplication.list', {});
  return { waiting: waiting.map(({ kind, userID }) => `${kind} ${userID}`), unread };
}

const allow = ({ ask }: Town<Someone>, who: Someone, kind: 'NeedConfirm' | 'DenyAny' | 'AllowAny') =>
  ask(who, 'profile.update', { changes: { allowType: `AllowType_Type_${kind}` } });

describe('friend.add', () => {
  test('of anybody who allows any: both at once, told to both, with what each noted', async () => {
    const here = await town();
    const { ask, told } = here;
    await ask('ben', 'profile.update', { changes: { nick: 'Benny' } });
    const added = await ask(
      'ann',
      'friend.add',
      adding('ben', { remark: 'B', groupName: 'tea', wording: 'hi' }),
    );
    expect(added).toEqual({ code: 0 });
    const [ben] = (await ask('ann', 'friend.list', {})).friends;
    expect(ben).toMatchObject({ userID: 'ben', remark: 'B', groups: ['tea'], profile: { nick: 'Benny' } });
    const [ann] = (await ask('ben', 'friend.list', {})).friends;
    expect(ann).toMatchObject({ userID: 'ann', groups: [], source: 'AddSource_Type_Web', wording: 'hi' });
    expect(ann).not.toHaveProperty('remark');
    expect(await told('ann', 'friends')).toEqual([{ t: 'friends', userIDs: ['ben'] }]);
    expect(await told('ben', 'friends')).toEqual([{ t: 'friends', userIDs: ['ann'] }]);
  });

  test('one-way puts nobody into the list of the other', async () => {
    const here = await town();
    await here.ask('ann', 'friend.add', adding('ben', { both: false }));
    expect(await friendsOf(here, 'ann')).toEqual(['ben']);
    expect(await friendsOf(here, 'ben')).toEqual([]);
    const relation = async (both: boolean) =>
      (await here.ask('ann', 'friend.check', { userIDs: ['ben'], both })).done[0]?.relation;
    expect(await relation(true)).toBe('CheckResult_Type_AWithB');
    const { done } = await here.ask('ben', 'friend.check', { userIDs: ['ann', 'cat'], both: true });
    expect(done.map((one) => one.relation)).toEqual([
      'CheckResult_Type_BWithA',
      'CheckResult_Type_NoRelation',
    ]);
  });

  test('a second time only renotes', async () => {
    const { ask, told } = await town();
    await ask('ann', 'friend.add', adding('ben', { remark: 'B' }));
    expect(await ask('ann', 'friend.add', adding('ben', { remark: 'other' }))).toEqual({ code: 0 });
    expect((await ask('ann', 'friend.list', {})).friends[0]?.remark).toBe('other');
    expect(await ask('ann', 'friend.add', adding('ben', { remark: 'other', groupName: 'tea' }))).toEqual({
      code: 0,
    });
    expect((await ask('ann', 'friend.list', {})).friends[0]?.groups).toEqual(['tea']);
    expect(await told('ann', 'friends')).toHaveLength(3);
    await ask('ann', 'friend.add', adding('ben', { remark: 'other', groupName: 'tea' }));
    expect(await told('ann', 'friends')).toHaveLength(3);
  });

  test.each<[string, Partial<Adding>, number]>([
    ['oneself', { userID: 'ann' }, 30001],
    ['a source that is none', { source: 'AddSource_Type_TooLongOne' }, 30001],
    ['nobody', { userID: 'nobody' }, 30003],
  ])('%s is refused', async (_, request, code) => {
    const { ask } = await town();
    await expect(ask('ann', 'friend.add', adding('ben', request))).rejects.toMatchObject({ code });
  });

  test('by who may not, to who wants none, and between those who blocked each other', async () => {
    const here = await town();
    const { ask } = here;
    await allow(here, 'ben', 'DenyAny');
    await expect(ask('ann', 'friend.add', adding('ben'))).rejects.toMatchObject({ code: 30516 });
    await ask('cat', 'blacklist.change', { action: 'add', userIDs: ['ann'] });
    await expect(ask('ann', 'friend.add', adding('cat'))).rejects.toMatchObject({ code: 30525 });
    await expect(ask('cat', 'friend.add', adding('ann'))).rejects.toMatchObject({ code: 30515 });
    await ask('ann', 'profile.update', { changes: { adminForbidType: 'AdminForbid_Type_SendOut' } });
    await expect(ask('ann', 'friend.add', adding('ben'))).rejects.toMatchObject({ code: 30009 });
  });

  test('a list that is full says whose it is, and has room again after one left', async () => {
    const here = await town();
    const { ask, deps } = here;
    for (let index = 0; index < LIMITS.friends; index++) {
      await loggedIn(deps.store, `f${index}`);
      await ask('ann', 'friend.add', adding(`f${index}`, { both: false }));
    }
    await expect(ask('ann', 'friend.add', adding('ben'))).rejects.toMatchObject({ code: 30010 });
    await expect(ask('ben', 'friend.add', adding('ann'))).rejects.toMatchObject({ code: 30014 });
    await ask('ann', 'friend.delete', { userIDs: ['f7'], both: false });
    expect(await ask('ben', 'friend.add', adding('ann'))).toEqual({ code: 0 });
  });
});

describe('an application', () => {
  const asked = async () => {
    const here = await town();
    await allow(here, 'ben', 'NeedConfirm');
    const wish = adding('ben', { remark: 'B', groupName: 'tea', wording: 'hi' });
    expect(await here.ask('ann', 'friend.add', wish)).toEqual({ code: 30539 });
    return here;
  };

  test('waits with both, unread with the one who is asked, until it is seen', async () => {
    const here = await asked();
    expect(await friendsOf(here, 'ann')).toEqual([]);
    expect(await applications(here, 'ann')).toEqual({ waiting: ['out ben'], unread: 0 });
    expect(await applications(here, 'ben')).toEqual({ waiting: ['in ann'], unread: 1 });
    await here.ask('ben', 'friendApplication.read', {});
    expect(await applications(here, 'ben')).toEqual({ waiting: ['in ann'], unread: 0 });
    const told = (await here.told('ben', 'friendApplications')).length;
    await here.ask('ben', 'friendApplication.read', {});
    expect(await here.told('ben', 'friendApplications')).toHaveLength(told);
    await here.ask('ann', 'friend.add', adding('ben', { wording: 'hello?' }));
    expect(await applications(here, 'ben')).toEqual({ waiting: ['in ann'], unread: 1 });
  });

  test.each([
    ['keeps what was noted', { wording: 'please' }, { remark: 'B', groups: ['tea'] }],
    ['notes anew what it says', { remark: '', groupName: 'work' }, { remark: '', groups: ['work'] }],
  ])('made again %s', async (_, again, friend) => {
    const here = await asked();
    await here.ask('ann', 'friend.add', adding('ben', again));
    await here.ask('ben', 'friendApplication.answer', { userID: 'ann', answer: 'accept' });
    expect((await here.ask('ann', 'friend.list', {})).friends).toMatchObject([{ userID: 'ben', ...friend }]);
  });

  test.each([
    ['accept', []],
    ['acceptAndAdd', ['ann']],
  ] as const)('%s: the applicant has the friend as wished', async (answer, mine) => {
    const here = await asked();
    const reply = { userID: 'ann', answer, remark: 'A', groupName: 'work' };
    await here.ask('ben', 'friendApplication.answer', reply);
    expect((await here.ask('ann', 'friend.list', {})).friends).toMatchObject([
      { userID: 'ben', remark: 'B', groups: ['tea'] },
    ]);
    expect(await friendsOf(here, 'ben')).toEqual(mine);
    if (mine.length > 0) {
      expect((await here.ask('ben', 'friend.list', {})).friends[0]).toMatchObject({
        remark: 'A',
        groups: ['work'],
      });
    }
    for (const who of ['ann', 'ben'] as const)
      expect(await applications(here, who)).toEqual({ waiting: [], unread: 0 });
    await expect(here.ask('ben', 'friendApplication.answer', reply)).rejects.toMatchObject({ code: 30614 });
  });

  test('refused, it is gone on both sides and nobody has a friend', async () => {
    const here = await asked();
    await here.ask('ben', 'friendApplication.answer', { userID: 'ann', answer: 'refuse' });
    expect(await applications(here, 'ann')).toEqual({ waiting: [], unread: 0 });
    expect(await friendsOf(here, 'ann')).toEqual([]);
  });

  test('deleted on one side, it can still be answered, and is missed if deleted by who is asked', async () => {
    const here = await asked();
    await here.ask('ann', 'friendApplication.delete', { userID: 'ben', kind: 'out' });
    expect(await applications(here, 'ann')).toEqual({ waiting: [], unread: 0 });
    await here.ask('ben', 'friendApplication.answer', { userID: 'ann', answer: 'acceptAndAdd' });
    expect(await friendsOf(here, 'ann')).toEqual(['ben']);
    const missing = { userID: 'ann', kind: 'in' } as const;
    await expect(here.ask('ben', 'friendApplication.delete', missing)).rejects.toMatchObject({ code: 30614 });
  });

  test('of two who ask each other the second makes them friends', async () => {
    const here = await town();
    await allow(here, 'ann', 'NeedConfirm');
    await allow(here, 'ben', 'NeedConfirm');
    const [one, other] = await Promise.all([
      here.ask('ann', 'friend.add', adding('ben', { remark: 'B' })),
      here.ask('ben', 'friend.add', adding('ann', { remark: 'A' })),
    ]);
    expect([one.code, other.code]).toEqual([30539, 0]);
    expect((await here.ask('ann', 'friend.list', {})).friends).toMatchObject([
      { userID: 'ben', remark: 'B' },
    ]);
    expect((await here.ask('ben', 'friend.list', {})).friends).toMatchObject([
      { userID: 'ann', remark: 'A' },
    ]);
    expect(await applications(here, 'ann')).toEqual({ waiting: [], unread: 0 });
  });

  test('has room for so many and no more', async () => {
    const here = await town();
    const { ask, deps } = here;
    for (let index = 0; index < LIMITS.friendApplications; index++) {
      const actor = await loggedIn(deps.store, `f${index}`);
      const body = {
        actor,
        changes: { allowType: 'AllowType_Type_NeedConfirm' as const },
        customFields: [],
        nowMs: 1,
      };
      await deps.store.execute({ type: 'profile.update', body });
      await ask('ann', 'friend.add', adding(`f${index}`));
    }
    await allow(here, 'ben', 'NeedConfirm');
    await expect(ask('ann', 'friend.add', adding('ben'))).rejects.toMatchObject({ code: 30012 });
    expect(await applications(here, 'ben')).toEqual({ waiting: [], unread: 0 });
    expect(await ask('ann', 'friend.add', adding('f7'))).toEqual({ code: 30539 });
  });
});

describe('friends', () => {
  const friends = async (settings: Partial<AppSettings> = {}) => {
    const here = await town(settings);
    await here.ask('ann', 'friend.add', adding('ben', { groupName: 'tea' }));
    return here;
  };

  test('are deleted one-way or both ways, from their groups too; who is none fails alone', async () => {
    const here = await friends();
    await here.ask('ann', 'friend.add', adding('cat'));
    const { done, failed } = await here.ask('ann', 'friend.delete', {
      userIDs: ['ben', 'nobody'],
      both: false,
    });
    expect([done, failed.map(({ code }) => code)]).toEqual([['ben'], [31704]]);
    expect((await here.ask('ann', 'friendGroup.list', {})).groups).toEqual([{ name: 'tea', userIDs: [] }]);
    expect(await friendsOf(here, 'ben')).toEqual(['ann']);
    await here.ask('ann', 'friend.delete', { userIDs: ['cat'], both: true });
    expect(await friendsOf(here, 'cat')).toEqual([]);
    expect((await here.told('cat', 'friends')).at(-1)).toEqual({ t: 'friends', userIDs: ['ann'] });
  });

  test('have a remark and the custom fields that are configured', async () => {
    const here = await friends({ friendCustomFields: ['Tag_SNS_Custom_Note'] });
    const { ask } = here;
    const custom = { Tag_SNS_Custom_Note: 'met at sea' };
    const { friend } = await ask('ann', 'friend.update', { userID: 'ben', remark: 'B', custom });
    expect(friend).toMatchObject({ remark: 'B', custom, groups: ['tea'] });
    expect((await ask('ann', 'friend.update', { userID: 'ben', remark: 'Bb' })).friend).toMatchObject({
      custom,
    });
    const unknown = { userID: 'ben', custom: { Tag_SNS_Custom_Other: 'x' } };
    await expect(ask('ann', 'friend.update', unknown)).rejects.toMatchObject({ code: 30001 });
    await expect(ask('ann', 'friend.update', { userID: 'cat' })).rejects.toMatchObject({ code: 31704 });
  });

  test('are none any more when one blocks the other, and what waits between them is void', async () => {
    const here = await friends();
    await allow(here, 'cat', 'NeedConfirm');
    await here.ask('ann', 'friend.add', adding('cat'));
    await here.ask('ben', 'blacklist.change', { action: 'add', userIDs: ['ann'] });
    await here.ask('cat', 'blacklist.change', { action: 'add', userIDs: ['ann'] });
    for (const who of ['ann', 'ben'] as const) expect(await friendsOf(here, who)).toEqual([]);
    expect(await applications(here, 'ann')).toEqual({ waiting: [], unread: 0 });
    expect(await applications(here, 'cat')).toEqual({ waiting: [], unread: 0 });
    expect((await here.told('ann', 'friends')).at(-1)).toEqual({ t: 'friends', userIDs: ['ben'] });
  });

  test('come in pages', async () => {
    const { ask, deps } = await town();
    const others = Array.from({ length: LIMITS.friendsPage + 1 }, (_, index) => `f${100 + index}`);
    for (const userID of others) {
      await loggedIn(deps.store, userID);
      await ask('ann', 'friend.add', adding(userID));
    }
    const first = await ask('ann', 'friend.list', {});
    expect(first.friends).toHaveLength(LIMITS.friendsPage);
    const rest = await ask('ann', 'friend.list', { after: first.next });
    expect([...first.friends, ...rest.friends].map(({ userID }) => userID)).toEqual(others);
    expect(rest.next).toBeUndefined();
    const some = await ask('ann', 'friend.get', { userIDs: ['f103', 'cat'] });
    expect(some).toMatchObject({ friends: [{ userID: 'f103' }], failed: [{ userID: 'cat', code: 31704 }] });
  });

  test('alone may write where the app says so', async () => {
    const here = await town({ friendsOnly: true });
    const { ask } = here;
    const code = (who: Someone, peer: Someone) =>
      ask(who, 'message.send', textTo(peer, `${who} ${peer}`)).then(
        () => 0,
        (error: { code: number }) => error.code,
      );
    expect(await code('ann', 'ben')).toBe(20009);
    await ask('ann', 'friend.add', adding('ben', { both: false }));
    expect([await code('ann', 'ben'), await code('ben', 'ann')]).toEqual([20010, 20011]);
    await ask('ben', 'friend.add', adding('ann'));
    expect([await code('ann', 'ben'), await code('ben', 'ann')]).toEqual([0, 0]);
    await ask('ann', 'friend.delete', { userIDs: ['ben'], both: true });
    const late = ask('ann', 'message.send', textTo('ben', 'late'));
    await expect(late).rejects.toMatchObject({ code: 20009 });
  });
});

describe('friendGroup.change', () => {
  test('makes, fills, renames, empties and deletes; who is no friend fails alone', async () => {
    const { ask, told } = await town();
    await ask('ann', 'friend.add', adding('ben'));
    const made = await ask('ann', 'friendGroup.change', {
      action: 'create',
      name: '茶',
      userIDs: ['ben', 'cat'],
    });
    expect(made).toMatchObject({
      group: { name: '茶', userIDs: ['ben'] },
      failed: [{ userID: 'cat', code: 32216 }],
    });
    await ask('ann', 'friend.add', adding('cat'));
    const { group } = await ask('ann', 'friendGroup.change', {
      action: 'add',
      name: '茶',
      userIDs: ['cat', 'ben'],
    });
    expect([...group.userIDs].sort()).toEqual(['ben', 'cat']);
    await ask('ann', 'friendGroup.change', { action: 'rename', name: '茶', newName: 'tea' });
    await ask('ann', 'friendGroup.change', { action: 'remove', name: 'tea', userIDs: ['ben'] });
    expect((await ask('ann', 'friendGroup.list', {})).groups).toEqual([{ name: 'tea', userIDs: ['cat'] }]);
    expect((await ask('ann', 'friend.list', {})).friends.map((one) => one.groups)).toEqual([[], ['tea']]);
    await ask('ann', 'friendGroup.change', { action: 'delete', name: 'tea' });
    expect((await ask('ann', 'friendGroup.list', {})).groups).toEqual([]);
    expect((await told('ann', 'friendGroups')).length).toBe(5);
  });

  test('asked for again by the same call, a group is made once, and answered as it was', async () => {
    const { ask, told, deps, actors } = await town();
    await ask('ann', 'friend.add', adding('ben'));
    const call = (number: number, actor = actors.ann) => {
      const request = { action: 'create' as const, name: 'tea', userIDs: ['ben', 'cat'] };
      return useCases['friendGroup.change'](deps, actor, request, number);
    };
    const first = await call(7);
    expect(first).toMatchObject({ group: { userIDs: ['ben'] }, failed: [{ userID: 'cat' }] });
    const before = await told('ann', 'friendGroups');
    const other = await loggedIn(deps.store, 'ann', 'other');
    expect(await call(7)).toEqual(first);
    expect(await told('ann', 'friendGroups')).toEqual(before);
    await expect(call(8)).rejects.toMatchObject({ reason: 'relationInvalid' });
    await expect(call(7, other)).rejects.toMatchObject({ reason: 'relationInvalid' });
    // Whatever became of it on another device: the call is done.
    await ask('ann', 'friendGroup.change', { action: 'delete', name: 'tea' });
    expect(await call(7)).toEqual(first);
    expect((await ask('ann', 'friendGroup.list', {})).groups).toEqual([]);
  });

  test('refuses what is not there, what is there already, and one too many', async () => {
    const { ask } = await town();
    const change = (action: 'create' | 'delete' | 'rename', name: string, newName?: string) =>
      ask('ann', 'friendGroup.change', { action, name, ...(newName && { newName }) });
    await expect(change('delete', 'tea')).rejects.toMatchObject({ code: 30001 });
    for (let index = 0; index < LIMITS.friendGroups; index++) await change('create', `group ${index}`);
    await expect(change('create', 'group 0')).rejects.toMatchObject({ code: 30001 });
    await expect(change('rename', 'group 0', 'group 1')).rejects.toMatchObject({ code: 30001 });
    await expect(change('create', 'tea')).rejects.toMatchObject({ code: 30011 });
    await expect(ask('ann', 'friend.add', adding('ben', { groupName: 'tea' }))).rejects.toMatchObject({
      code: 30011,
    });
  });
});
