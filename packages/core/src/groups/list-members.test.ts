import { expect, test } from 'vitest';
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
