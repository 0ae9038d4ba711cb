import { LIMITS } from '@sterna/protocol';
import { describe, expect, test } from 'vitest';
import { createTown, type Town } from '../testing/town.ts';

type Name = 'ann' | 'bob' | 'cat' | 'dan';

const found = () => createTown<Name>(['ann', 'bob', 'cat', 'dan']);

const group = (groupID: string, more: object = {}) => ({
  type: 'Public' as const,
  name: groupID,
  groupID,
  joinOption: 'FreeAccess' as const,
  ...more,
});

const reasonOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'allowed',
    (error: { reason: string }) => error.reason,
  );

describe('how many groups a user may be in', () => {
  test(`is ${LIMITS.groupsJoined}, however they would get into one more; leaving one makes room`, async () => {
    const town = await found();
    for (let index = 1; index < LIMITS.groupsJoined; index++)
      await town.ask('bob', 'group.create', { type: 'Private', name: 'x', groupID: `b${index}` });
    await town.ask('ann', 'group.create', group('g'));
    await town.ask('ann', 'group.create', group('h'));
    await town.ask('bob', 'group.join', { groupID: 'g' });

    expect(await reasonOf(town.ask('bob', 'group.join', { groupID: 'h' }))).toBe('groupQuota');
    expect(await reasonOf(town.ask('bob', 'group.create', group('mine')))).toBe('groupQuota');
    const added = await town.ask('ann', 'group.addMembers', { groupID: 'h', userIDs: ['bob', 'cat'] });
    expect(added).toMatchObject({ overLimit: ['bob'], added: ['cat'] });
    const made = await town.ask('ann', 'group.create', group('i', { members: [{ userID: 'bob' }] }));
    expect(made).toMatchObject({ overLimitUserIDs: ['bob'], group: { memberCount: 1 } });
    await town.ask('bob', 'group.quit', { groupID: 'g' });
    expect(await reasonOf(town.ask('bob', 'group.join', { groupID: 'h' }))).toBe('allowed');
  });
});

describe('how many members a group may have', () => {
  test('is what its owner said, and at most what its kind allows', async () => {
    const town = await found();
    const members = [{ userID: 'bob' }, { userID: 'cat' }];
    const small = group('small', { maxMemberCount: 2 });
    expect(await reasonOf(town.ask('ann', 'group.create', { ...small, members }))).toBe('memberQuota');
    await town.ask('ann', 'group.create', { ...small, members: [{ userID: 'bob' }] });
    expect(await reasonOf(town.ask('cat', 'group.join', { groupID: 'small' }))).toBe('groupFull');
    const { overLimit, existed, failed } = await town.ask('ann', 'group.addMembers', {
      groupID: 'small',
      userIDs: ['cat', 'bob', 'nobody'],
    });
    expect({ overLimit, existed, failed }).toEqual({
      overLimit: ['cat'],
      existed: ['bob'],
      failed: ['nobody'],
    });

    const most = { Private: 6000, Public: 6000, ChatRoom: 10_000, Community: 100_000 } as const;
    for (const [type, count] of Object.entries(most)) {
      const huge = { type: type as 'Private', name: 'x', groupID: `huge-${type}`, maxMemberCount: 1_000_000 };
      const made = await town.ask('ann', 'group.create', huge);
      expect(made.group.maxMemberCount, type).toBe(count);
      const more = { groupID: huge.groupID, changes: { maxMemberCount: count + 1 } };
      expect(await reasonOf(town.ask('ann', 'group.update', more)), type).toBe('memberQuota');
    }
  });

  test('an application that was let in last finds the group full', async () => {
    const town = await found();
    await town.ask('ann', 'group.create', {
      ...group('g', { maxMemberCount: 2 }),
      joinOption: 'NeedPermission',
    });
    for (const who of ['bob', 'cat'] as const) await town.ask(who, 'group.join', { groupID: 'g' });
    const answer = (userID: string) =>
      town.ask('ann', 'group.handleApplication', { groupID: 'g', userID, agree: true });
    expect(await reasonOf(answer('bob'))).toBe('allowed');
    expect(await reasonOf(answer('cat'))).toBe('groupFull');
    // It waits on, for when there is room.
    expect((await town.ask('ann', 'group.applications', {})).applications).toMatchObject([{ userID: 'cat' }]);
  });
});

describe('the ID of a group', () => {
  test('is nobody else’s, and not one of those that the server makes', async () => {
    const town = await found();
    await town.ask('ann', 'group.create', group('g'));
    expect(await reasonOf(town.ask('ann', 'group.create', group('g')))).toBe('groupIDMine');
    expect(await reasonOf(town.ask('bob', 'group.create', group('g')))).toBe('groupIDTaken');
    expect(await reasonOf(town.ask('bob', 'group.create', group('@TGS#mine')))).toBe('groupIDInvalid');
  });

  test('stays that of a group which has ended, and is nobody’s then', async () => {
    const town = await found();
    await town.ask('ann', 'group.create', group('g'));
    await town.ask('ann', 'group.dismiss', { groupID: 'g' });
    for (const who of ['ann', 'bob'] as const) {
      await expect(town.ask(who, 'group.create', group('g'))).rejects.toMatchObject({
        code: 10021,
        message: 'The groupID is taken: g was that of a group that has been dismissed',
      });
    }
  });
});

describe('what a group keeps', () => {
  const fields = (count: number, value = 'v') =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, value]));

  async function withGroup(): Promise<Town<Name>> {
    const town = await found();
    await town.ask('ann', 'group.create', group('g', { members: [{ userID: 'bob' }] }));
    return town;
  }

  test('are so many custom fields of its own, and of each member', async () => {
    const town = await withGroup();
    const update = (custom: Record<string, string>) =>
      reasonOf(town.ask('ann', 'group.update', { groupID: 'g', changes: { custom } }));
    expect(await update(fields(LIMITS.groupCustomFields))).toBe('allowed');
    expect(await update({ more: 'v' })).toBe('badParameter');
    const updateMember = (custom: Record<string, string>) =>
      reasonOf(town.ask('ann', 'group.updateMember', { groupID: 'g', userID: 'bob', custom }));
    expect(await updateMember(fields(LIMITS.memberCustomFields))).toBe('allowed');
    expect(await updateMember({ more: 'v' })).toBe('badParameter');
  });

  test('are so many attributes and counters', async () => {
    const town = await withGroup();
    const set = (attributes: Record<string, string>) =>
      reasonOf(town.ask('bob', 'group.changeAttributes', { groupID: 'g', action: 'set', attributes }));
    expect(await set(fields(LIMITS.attributes))).toBe('allowed');
    expect(await set({ more: 'v' })).toBe('attributesOverLimit');
    expect(await set({ k0: 'x'.repeat(LIMITS.attributeValueBytes) })).toBe('allowed');
    expect(await set(fields(4, 'x'.repeat(LIMITS.attributeValueBytes)))).toBe('attributesOverLimit');
    const count = (counters: Record<string, string>) =>
      reasonOf(town.ask('bob', 'group.changeCounters', { groupID: 'g', set: counters }));
    expect(await count(fields(LIMITS.counters, '1'))).toBe('allowed');
    expect(await count({ more: '1' })).toBe('badParameter');
    expect(await count({ k0: '9223372036854775807' })).toBe('allowed');
    const one = town.ask('bob', 'group.changeCounters', { groupID: 'g', add: { key: 'k0', value: '1' } });
    expect(await reasonOf(one)).toBe('badParameter');
  });
});

describe('invitations that wait for a user', () => {
  test(`are ${LIMITS.groupInvitations} at most`, async () => {
    const town = await createTown<Name>(['ann', 'bob', 'cat', 'dan'], {
      settings: { invitationsNeedConsent: true },
    });
    const invite = async (index: number) => {
      await town.ask('ann', 'group.create', group(`g${index}`));
      return town.ask('ann', 'group.addMembers', { groupID: `g${index}`, userIDs: ['bob'] });
    };
    for (let index = 0; index < LIMITS.groupInvitations; index++)
      expect(await invite(index)).toMatchObject({ waiting: ['bob'] });
    expect(await invite(LIMITS.groupInvitations)).toMatchObject({ waiting: [], overLimit: ['bob'] });
    await town.ask('bob', 'group.handleApplication', { groupID: 'g0', userID: 'bob', agree: false });
    expect(await invite(LIMITS.groupInvitations + 1)).toMatchObject({ waiting: ['bob'] });
  });
});

describe('applications that wait in a group', () => {
  const most = LIMITS.groupApplications;

  /** A group that wants to be asked, in which so many have asked; members may propose others. */
  async function withWaiting(count: number): Promise<Town<string>> {
    const asking = Array.from({ length: most + 1 }, (_, index) => `u${index}`);
    const town = await createTown<string>(['ann', 'bob', 'cat', ...asking]);
    const members = [{ userID: 'bob' }];
    await town.ask('ann', 'group.create', {
      ...group('g', { joinOption: 'NeedPermission', members }),
      inviteOption: 'NeedPermission',
    });
    for (const userID of asking.slice(0, count)) await town.ask(userID, 'group.join', { groupID: 'g' });
    return town;
  }

  const waiting = async (town: Town<string>): Promise<number> =>
    (await town.ask('ann', 'group.applications', {})).applications.length;

  test(`are ${most} at most: who comes after is refused, who waits may ask again`, async () => {
    const town = await withWaiting(most - 1);
    const apply = (userID: string) => reasonOf(town.ask(userID, 'group.join', { groupID: 'g' }));
    expect(await apply(`u${most - 1}`)).toBe('allowed');
    expect(await apply(`u${most}`)).toBe('tooManyApplications');
    expect(await apply('u0')).toBe('allowed');
    expect(await waiting(town)).toBe(most);
    await town.ask('ann', 'group.handleApplication', { groupID: 'g', userID: 'u0', agree: false });
    expect(await apply(`u${most}`)).toBe('allowed');
  });

  test('and those whom members propose, of whom those that are too many are named', async () => {
    const town = await withWaiting(most - 1);
    const propose = (userIDs: string[]) => town.ask('bob', 'group.addMembers', { groupID: 'g', userIDs });
    expect(await propose(['u0', 'cat', `u${most}`])).toMatchObject({
      waiting: ['u0', 'cat'],
      overLimit: [`u${most}`],
    });
    expect(await waiting(town)).toBe(most);
  });

  test('end when their user is in by another way', async () => {
    const town = await withWaiting(2);
    await town.ask('ann', 'group.addMembers', { groupID: 'g', userIDs: ['u0'] });
    expect(await waiting(town)).toBe(1);
    const late = town.ask('ann', 'group.handleApplication', { groupID: 'g', userID: 'u0', agree: true });
    expect(await reasonOf(late)).toBe('applicationHandled');
  });
});

describe('stays in a group that are over', () => {
  test(`are ${LIMITS.pastMemberships} at most: the oldest fall out, and what was said then with them`, async () => {
    const town = await found();
    const conversationID = 'GROUPg';
    await town.ask('ann', 'group.create', group('g'));
    const stay = async (index: number) => {
      await town.ask('bob', 'group.join', { groupID: 'g' });
      const elements = [{ type: 'TIMTextElem' as const, payload: { text: `said ${index}` } }];
      await town.ask('ann', 'message.send', { conversationID, clientID: `c${index}`, elements });
      await town.ask('bob', 'group.quit', { groupID: 'g' });
    };
    const oldest = async (): Promise<unknown> => {
      const { messages } = await town.ask('bob', 'message.history', { conversationID, limit: 5, after: 0 });
      return messages.flatMap(({ elements }) =>
        elements.flatMap(({ type, payload }) => (type === 'TIMTextElem' ? [payload.text] : [])),
      )[0];
    };
    for (let index = 1; index < LIMITS.pastMemberships; index++) await stay(index);
    expect(await oldest()).toBe('said 1');
    await stay(LIMITS.pastMemberships);
    expect(await oldest()).toBe('said 1');
    await stay(LIMITS.pastMemberships + 1);
    expect(await oldest()).toBe('said 2');
  });
});
