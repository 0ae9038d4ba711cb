import { LIMITS } from '@sterna/protocol';
import { describe, expect, test } from 'vitest';
import { keys } from '../keys.ts';
import { loggedIn } from '../testing/domain-commands.ts';
import { createTown, type Town } from '../testing/town.ts';

type Someone = 'ann' | 'ben' | 'cat';
const town = () => createTown(['ann', 'ben', 'cat']);

const change = ({ ask }: Town<Someone>, who: Someone, action: 'add' | 'remove', ...userIDs: string[]) =>
  ask(who, 'follow.change', { action, userIDs });

const lists = async ({ ask }: Town<Someone>, who: Someone) => {
  const read = async (list: 'following' | 'followers' | 'mutual') =>
    (await ask(who, 'follow.list', { list })).users.map(({ userID }) => userID);
  return [await read('following'), await read('followers'), await read('mutual')];
};

describe('follow.change', () => {
  test('each side has it in its lists and counts, and is told; both ways it is mutual', async () => {
    const here = await town();
    await here.ask('ann', 'profile.update', { changes: { nick: 'Annie' } });
    expect(await change(here, 'ann', 'add', 'ben', 'cat')).toEqual({ done: ['ben', 'cat'], failed: [] });
    expect(await lists(here, 'ann')).toEqual([['ben', 'cat'], [], []]);
    expect(await lists(here, 'ben')).toEqual([[], ['ann'], []]);
    await change(here, 'ben', 'add', 'ann');
    expect(await lists(here, 'ann')).toEqual([['ben', 'cat'], ['ben'], ['ben']]);
    expect(await lists(here, 'ben')).toEqual([['ann'], ['ann'], ['ann']]);
    const { counts } = await here.ask('cat', 'follow.counts', { userIDs: ['ann', 'cat', 'nobody'] });
    expect(counts).toEqual([
      { userID: 'ann', following: 2, followers: 1, mutual: 1 },
      { userID: 'cat', following: 0, followers: 1, mutual: 0 },
    ]);
    const { relations } = await here.ask('ann', 'follow.check', { userIDs: ['ben', 'cat', 'nobody'] });
    expect(relations.map(({ following, follower }) => [following, follower])).toEqual([
      [true, true],
      [true, false],
      [false, false],
    ]);
    const annie = { userID: 'ann', nick: 'Annie' };
    expect(await here.told('ben', 'follow')).toEqual([
      { t: 'follow', list: 'followers', isAdd: true, users: [annie] },
      { t: 'follow', list: 'following', isAdd: true, users: [annie] },
      { t: 'follow', list: 'mutual', isAdd: true, users: [annie] },
    ]);
  });

  test('taken back, it is gone on both sides', async () => {
    const here = await town();
    await change(here, 'ann', 'add', 'ben');
    await change(here, 'ben', 'add', 'ann');
    expect(await change(here, 'ann', 'remove', 'ben', 'cat')).toEqual({ done: ['ben', 'cat'], failed: [] });
    expect(await lists(here, 'ann')).toEqual([[], ['ben'], []]);
    expect(await lists(here, 'ben')).toEqual([['ann'], [], []]);
    const told = (await here.told('ben', 'follow')).slice(-2);
    expect(told.map(({ list, isAdd }) => [list, isAdd])).toEqual([
      ['followers', false],
      ['mutual', false],
    ]);
  });

  test('a second time it changes nothing', async () => {
    const here = await town();
    await change(here, 'ann', 'add', 'ben', 'ben');
    await change(here, 'ann', 'add', 'ben');
    expect(await here.told('ben', 'follow')).toHaveLength(1);
    const { counts } = await here.ask('ann', 'follow.counts', { userIDs: ['ben'] });
    expect(counts[0]).toMatchObject({ followers: 1 });
  });

  test('each user fails alone: oneself, nobody, who has blocked me', async () => {
    const here = await town();
    await here.ask('cat', 'blacklist.change', { action: 'add', userIDs: ['ann'] });
    const { done, failed } = await change(here, 'ann', 'add', 'ann', 'nobody', 'cat', 'ben');
    expect(done).toEqual(['ben']);
    expect(failed.map(({ userID, code }) => [userID, code])).toEqual([
      ['ann', 30001],
      ['nobody', 30003],
      ['cat', 30525],
    ]);
  });

  test('a list has room for so many; pages follow each other', async () => {
    const here = await town();
    const { ask, deps } = here;
    const others = Array.from({ length: LIMITS.following }, (_, index) => `f${10_000 + index}`);
    for (const userID of others) await loggedIn(deps.store, userID);
    for (let at = 0; at < others.length; at += LIMITS.followsChanged)
      await change(here, 'ann', 'add', ...others.slice(at, at + LIMITS.followsChanged));
    expect(await deps.store.get([keys.followCounts(1, 'ann')])).toMatchObject([
      { following: LIMITS.following },
    ]);
    expect(await change(here, 'ann', 'add', 'ben')).toMatchObject({
      failed: [{ userID: 'ben', code: 32100 }],
    });
    const first = await ask('ann', 'follow.list', { list: 'following' });
    const second = await ask('ann', 'follow.list', { list: 'following', after: first.next });
    expect([...first.users, ...second.users].map(({ userID }) => userID)).toEqual(
      others.slice(0, 2 * LIMITS.followsPage),
    );
    await change(here, 'ann', 'remove', 'f10007');
    expect(await change(here, 'ann', 'add', 'ben')).toMatchObject({ done: ['ben'] });
  });
});
