import { LIMITS } from '@sterna/protocol';
import { describe, expect, test } from 'vitest';
import { groupLog } from '../conversations/conversation-id.ts';
import { keys } from '../keys.ts';
import type { Json, ScanRange } from '../ports/store.ts';
import { toJson } from '../records.ts';
import { createTown } from '../testing/town.ts';

test('owner and admins are listed without a look at all members', async () => {
  const town = await createTown(['ann', 'ben', 'cas', 'dan']);
  const groupID = 'terns';
  const members = [{ userID: 'ben' }, { userID: 'cas' }, { userID: 'dan' }];
  await town.ask('ann', 'group.create', { type: 'Public', name: 'terns', groupID, members });
  for (const userID of ['ben', 'dan'])
    await town.ask('ann', 'group.setRole', { groupID, userID, role: 'Admin' });
  const scanned: string[] = [];
  const { store } = town.deps;
  town.deps.store = Object.assign(Object.create(store), {
    scan(range: Parameters<typeof store.scan>[0]) {
      scanned.push(range.prefix);
      return store.scan(range);
    },
  });
  const list = async (role: 'Owner' | 'Admin' | 'Member', more: object = {}) =>
    (await town.ask('cas', 'group.members', { groupID, limit: 10, role, ...more })).members.map(
      ({ userID }) => userID,
    );
  expect(await list('Owner')).toEqual(['ann']);
  expect(await list('Admin')).toEqual(['ben', 'dan']);
  expect(await list('Admin', { limit: 1, after: 'ben' })).toEqual(['dan']);
  expect(scanned.filter((prefix) => prefix.endsWith('/member/'))).toEqual([]);
  expect(await list('Member')).toEqual(['cas']);
  expect(scanned.filter((prefix) => prefix.endsWith('/member/'))).toHaveLength(1);
});

const MOST = 100_000;
const groupID = 'crowd';
const member = toJson({ role: 'Member', joinTimeMs: 0, joinPos: 0, joinSeq: 0 });
const nameOf = (index: number): string => `m${String(index).padStart(6, '0')}`;

/** A community of a hundred thousand, whose member records are made as they are read. Every record that is read is counted. */
async function crowd() {
  const town = await createTown(['ann', 'ben']);
  await town.ask('ann', 'group.create', { type: 'Community', name: 'crowd', groupID });
  await town.ask('ben', 'group.join', { groupID });
  const { store } = town.deps;
  const prefix = keys.members(groupLog(1, groupID));
  const members: [string, Json][] = Array.from({ length: MOST }, (_, index) => [
    keys.member(groupLog(1, groupID), nameOf(index)),
    member,
  ]);
  const read = { records: 0, atOnce: 0, mostAtOnce: 0 };
  async function scan(range: ScanRange): Promise<[string, Json][]> {
    if (range.prefix !== prefix) return store.scan(range);
    read.atOnce += 1;
    read.mostAtOnce = Math.max(read.mostAtOnce, read.atOnce);
    const { after = '' } = range;
    const first = after === '' ? 0 : Number(after.slice(prefix.length + 1)) + 1;
    const page = members.slice(first, first + range.limit);
    read.records += page.length;
    await Promise.resolve();
    read.atOnce -= 1;
    return page;
  }
  town.deps.store = Object.assign(Object.create(store), { scan });
  const page = async (offset: number, { limit = 100, who = 'ann' as 'ann' | 'ben', id = groupID } = {}) => {
    const before = read.records;
    const { members: shown, next } = await town.ask(who, 'group.members', { groupID: id, offset, limit });
    return { first: shown[0]?.userID, count: shown.length, next, records: read.records - before };
  };
  return { town, read, page };
}

describe('members by number', () => {
  test('cost a page wherever it is, for whoever goes through them in order', async () => {
    const { page } = await crowd();
    for (let offset = 0; offset < MOST; offset += 100) {
      const { first, count, records } = await page(offset);
      expect({ first, count }).toEqual({ first: nameOf(offset), count: 100 });
      expect(records, `at ${offset}`).toBeLessThanOrEqual(101);
    }
    expect(await page(MOST)).toMatchObject({ count: 0 });
  });

  test('are where they are when pages are left out, gone back to, or of another size', async () => {
    const { page } = await crowd();
    expect(await page(0)).toMatchObject({ first: nameOf(0), records: 101 });
    expect(await page(300)).toMatchObject({ first: nameOf(300), records: 301 });
    expect(await page(400, { limit: 7 })).toMatchObject({ first: nameOf(400), count: 7, records: 8 });
    expect(await page(407)).toMatchObject({ first: nameOf(407), records: 101 });
    expect(await page(100)).toMatchObject({ first: nameOf(100), records: 201 });
    expect(await page(MOST - 5)).toMatchObject({ first: nameOf(MOST - 5), count: 5, next: undefined });
    expect(await page(MOST + 5)).toMatchObject({ count: 0, next: undefined });
  });

  test('that are far away are counted up to one after the other', async () => {
    const { page, read } = await crowd();
    const far = await Promise.all([40_000, 30_000, 50_000].map((offset) => page(offset)));
    expect(far.map(({ first }) => first)).toEqual([40_000, 30_000, 50_000].map(nameOf));
    expect(read.mostAtOnce).toBe(1);
  });

  test('are gone through in several groups, and by several sessions, side by side', async () => {
    const { town, page } = await crowd();
    await town.ask('ann', 'group.create', { type: 'Public', name: 'small', groupID: 'small' });
    for (let offset = 0; offset < 1_000; offset += 100) {
      expect(await page(offset)).toMatchObject({ first: nameOf(offset), records: 101 });
      expect(await page(0, { id: 'small', limit: 1 })).toMatchObject({ first: 'ann', count: 1 });
      const half = offset / 2;
      expect(await page(half, { who: 'ben', limit: 50 })).toMatchObject({ first: nameOf(half), records: 51 });
    }
    for (let index = 0; index < LIMITS.memberListsWalked; index++) {
      const id = `g${index}`;
      const members = [{ userID: 'ben' }];
      await town.ask('ann', 'group.create', { type: 'Public', name: id, groupID: id, members });
      await page(0, { id, limit: 1 });
    }
    // As many lists are remembered, and no more.
    expect(await page(1_000)).toMatchObject({ first: nameOf(1_000), records: 1_101 });
  });
});
