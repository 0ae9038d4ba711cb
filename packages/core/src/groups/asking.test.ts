import { describe, expect, test } from 'vitest';
import { createTown, type Town } from '../testing/town.ts';
import { NOTICE } from './membership.ts';

type Name = 'ann' | 'bob' | 'bea' | 'cat' | 'dan';

/** A group of Ann's with Bob and Bea in it, where everybody has to ask. */
async function found(settings = {}): Promise<Town<Name>> {
  const town = await createTown<Name>(['ann', 'bob', 'bea', 'cat', 'dan'], { settings });
  await town.ask('ann', 'group.create', {
    type: 'Public',
    name: 'g',
    groupID: 'g',
    joinOption: 'NeedPermission',
    inviteOption: 'NeedPermission',
  });
  return town;
}

async function foundWithMembers(settings = {}): Promise<Town<Name>> {
  const town = await found(settings);
  for (const who of ['bob', 'bea'] as const) {
    await town.ask(who, 'group.join', { groupID: 'g' });
    await answer(town, 'ann', who, true);
  }
  return town;
}

const join = (town: Town<Name>, who: Name, applyMessage: string) =>
  town.ask(who, 'group.join', { groupID: 'g', applyMessage });
const invite = (town: Town<Name>, who: Name, userIDs: string[]) =>
  town.ask(who, 'group.addMembers', { groupID: 'g', userIDs });
const answer = (town: Town<Name>, who: Name, userID: string, agree: boolean) =>
  town.ask(who, 'group.handleApplication', { groupID: 'g', userID, agree });
const waiting = async (town: Town<Name>, who: Name) =>
  (await town.ask(who, 'group.applications', {})).applications;

/** Notices of some types that somebody was shown, as type and words. */
async function shown(town: Town<Name>, who: Name, types: number[]): Promise<string[]> {
  const system = { conversationID: '@TIM#SYSTEM', limit: 20 };
  const { messages } = await town.ask(who, 'message.history', system);
  return messages.flatMap(({ elements }) =>
    elements.flatMap(({ payload }) => {
      const { operationType, handleMessage } = payload as { operationType: number; handleMessage?: string };
      return types.includes(operationType) ? [`${operationType} ${handleMessage}`] : [];
    }),
  );
}

const reasonOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'allowed',
    (error: { reason: string }) => error.reason,
  );

const ASKED = [NOTICE.apply, NOTICE.inviteNeedsApproval];

describe('what waits for the admins', () => {
  test('is told once: applying again changes its words alone', async () => {
    const town = await found();
    for (const words of ['one', 'two', 'three'])
      expect(await join(town, 'cat', words)).toMatchObject({ status: 'WaitAdminApproval' });
    expect(await shown(town, 'ann', ASKED)).toEqual([`${NOTICE.apply} one`]);
    expect(await waiting(town, 'ann')).toMatchObject([{ userID: 'cat', note: 'three' }]);
  });

  test('is told anew after it was refused', async () => {
    const town = await found();
    await join(town, 'cat', 'one');
    await answer(town, 'ann', 'cat', false);
    await join(town, 'cat', 'two');
    expect(await shown(town, 'ann', ASKED)).toEqual([`${NOTICE.apply} one`, `${NOTICE.apply} two`]);
  });

  test('is told once of those whom members propose, whoever does', async () => {
    const town = await foundWithMembers();
    for (const who of ['bob', 'bea', 'bob'] as const)
      expect(await invite(town, who, ['dan'])).toMatchObject({ waiting: ['dan'] });
    expect(await shown(town, 'ann', [NOTICE.inviteNeedsApproval])).toHaveLength(1);
    expect(await waiting(town, 'ann')).toMatchObject([{ userID: 'dan', by: 'bob' }]);
  });

  test('is the wish of the user alone, once there is one', async () => {
    const town = await foundWithMembers();
    await invite(town, 'bob', ['dan']);
    await join(town, 'dan', 'let me in');
    expect(await waiting(town, 'ann')).toMatchObject([{ userID: 'dan', by: 'dan', kind: 'apply' }]);
    expect(await invite(town, 'bea', ['dan'])).toMatchObject({ waiting: ['dan'] });
    await join(town, 'dan', 'please');
    expect(await waiting(town, 'ann')).toMatchObject([{ by: 'dan', kind: 'apply', note: 'please' }]);
    expect((await shown(town, 'ann', ASKED)).slice(-2)).toEqual([
      `${NOTICE.inviteNeedsApproval} `,
      `${NOTICE.apply} let me in`,
    ]);
  });

  test('is nothing that somebody outside hears of, before it was answered or after', async () => {
    const town = await foundWithMembers();
    await join(town, 'cat', 'one');
    expect(await reasonOf(answer(town, 'dan', 'cat', true))).toBe('noPermission');
    await answer(town, 'ann', 'cat', false);
    for (const who of ['dan', 'bob'] as const)
      expect(await reasonOf(answer(town, who, 'cat', true)), who).toBe('noPermission');
    for (const who of ['ann', 'cat'] as const)
      expect(await reasonOf(answer(town, who, 'cat', true)), who).toBe('applicationHandled');
  });
});

describe('what waits for the invited', () => {
  test.each([
    ['Public', true],
    ['ChatRoom', true],
    ['Community', true],
    // Of this kind an app cannot want it.
    ['Private', false],
  ] as const)('are those too whom a %s is made with: %s', async (type, asks) => {
    const town = await found({ invitationsNeedConsent: true });
    const members = [{ userID: 'dan', role: 'Admin' as const }, { userID: 'nobody' }];
    const made = await town.ask('ann', 'group.create', { type, name: 'new', groupID: 'new', members });
    expect(made).toMatchObject({ group: { memberCount: asks ? 1 : 2 }, overLimitUserIDs: [] });
    const types = [NOTICE.invited, NOTICE.inviteNeedsConsent];
    expect(await shown(town, 'dan', types)).toEqual(
      asks ? [`${NOTICE.inviteNeedsConsent} `] : [`${NOTICE.invited} undefined`],
    );
    expect((await town.ask('dan', 'group.list', {})).groups).toHaveLength(asks ? 0 : 1);
    if (!asks) return;
    await town.ask('dan', 'group.handleApplication', { groupID: 'new', userID: 'dan', agree: true });
    expect((await town.ask('dan', 'group.list', {})).groups).toMatchObject([{ memberCount: 2 }]);
  });

  test('is told once, whoever invites', async () => {
    const town = await foundWithMembers({ invitationsNeedConsent: true });
    await town.ask('ann', 'group.setRole', { groupID: 'g', userID: 'bob', role: 'Admin' });
    for (const who of ['ann', 'bob', 'ann'] as const)
      expect(await invite(town, who, ['dan'])).toMatchObject({ waiting: ['dan'] });
    expect(await shown(town, 'dan', [NOTICE.inviteNeedsConsent])).toHaveLength(1);
    expect(await waiting(town, 'dan')).toMatchObject([{ userID: 'dan', by: 'ann', kind: 'consent' }]);
  });
});
