import { expect, test } from 'vitest';
import { logIn, settle } from './talk.ts';
import { createWorld, type Device, type World } from './world.ts';

const groupID = 'terns';

async function meet(seed: number): Promise<{ world: World; alice: Device; bob: Device }> {
  const world = createWorld(seed);
  const [alice, bob, carol] = [world.device(), world.device(), world.device()];
  await logIn(world, carol, 'carol');
  await logIn(world, bob, 'bob');
  await logIn(world, alice, 'alice');
  return { world, alice, bob };
}

const countOf = async ({ tim }: Device) => (await tim.getGroupProfile({ groupID })).data.group.memberCount;

test('each answer counts what was answered before it, from the moment on at which the group was made', async () => {
  const { world, alice, bob } = await meet(1);
  const life = async (): Promise<number[]> => {
    const { tim } = alice;
    const counts: number[] = [];
    const note = (group: { memberCount: number }) => void counts.push(group.memberCount);
    note(
      (await tim.createGroup({ type: 'Public', groupID, name: 'terns', joinOption: 'FreeAccess' })).data
        .group,
    );
    note((await tim.addGroupMember({ groupID, userIDList: ['carol'] })).data.group);
    counts.push(await countOf(alice));
    await bob.tim.joinGroup({ groupID });
    counts.push(await countOf(bob), await countOf(alice));
    note((await tim.deleteGroupMember({ groupID, userIDList: ['carol'] })).data.group);
    counts.push(await countOf(alice), await countOf(bob));
    await bob.tim.quitGroup(groupID);
    counts.push(await countOf(alice));
    return counts;
  };
  expect(await settle(world, life())).toEqual([1, 2, 2, 3, 3, 2, 2, 2, 1]);
  // What the group's log brings later has been counted.
  expect(await settle(world, countOf(alice))).toBe(1);
  expect((await settle(world, alice.tim.getGroupList())).data.groupList[0]).toMatchObject({
    memberCount: 1,
    memberNum: 1,
  });
});

test('an answer that is older than what the log has told undoes no count', async () => {
  const { world, alice, bob } = await meet(2);
  await settle(
    world,
    alice.tim.createGroup({ type: 'Public', groupID, name: 'terns', joinOption: 'FreeAccess' }),
  );
  // Asked together, answered in the order of the asking.
  const early = alice.tim.getGroupProfile({ groupID });
  await settle(world, bob.tim.joinGroup({ groupID }));
  expect((await early).data.group.memberCount).toBe(2);
  expect(await settle(world, countOf(alice))).toBe(2);
});
