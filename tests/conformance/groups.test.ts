import { describe, expect, test } from 'vitest';
import {
  ACTORS,
  type Effects,
  MEMBERS,
  type Operation,
  OPERATIONS,
  PEOPLE,
  type Person,
} from './operations.ts';
import { type Kind, KINDS, type Role, ROLES, ruleOf } from './rules.ts';
import { createTown, first, noticesOn, tipsOn, type Town } from './town.ts';

const NAMES = Object.keys(OPERATIONS) as (keyof typeof OPERATIONS)[];

/** What everybody must have heard, on each device once: tips in the order of the group, notices in that of the user. */
function requireTold(
  town: Town,
  { groupID, kind, actor }: { groupID: string; kind: Kind; actor: Person },
  effects: Effects,
): void {
  const { tip, notices = {}, comes, goes = [] } = effects;
  for (const userID of PEOPLE) {
    const isThere = (MEMBERS.includes(userID) || userID === comes) && !goes.includes(userID);
    const groupProfile = { groupID, type: kind };
    const tips =
      isThere && tip ? [{ operatorID: actor, operatorInfo: { userID: actor }, groupProfile, ...tip }] : [];
    const operationType = notices[userID];
    const told = operationType ? [{ operationType, operatorID: actor, groupProfile: { groupID } }] : [];
    for (const [index, device] of town.devices[userID].entries()) {
      const whose = `${userID}’s device ${index + 1}`;
      expect(tipsOn(device, groupID), `tips on ${whose}`).toMatchObject(tips);
      expect(tipsOn(device, groupID), `tips on ${whose}`).toHaveLength(tips.length);
      expect(noticesOn(device), `notices on ${whose}`).toMatchObject(told);
      expect(noticesOn(device), `notices on ${whose}`).toHaveLength(told.length);
    }
  }
}

/** Who has the group in the list, on all devices. */
async function requireListed(town: Town, groupID: string, { comes, goes = [] }: Effects): Promise<void> {
  for (const userID of PEOPLE) {
    const isIn = (MEMBERS.includes(userID) || userID === comes) && !goes.includes(userID);
    for (const { events } of town.devices[userID]) {
      const lists = events.filter(({ name }) => name === 'onGroupListUpdated');
      const last = lists.at(-1)?.data as { groupID: string }[] | undefined;
      const hasChanged = userID === comes || goes.includes(userID);
      if (hasChanged) expect(lists.length, `${userID} hears of the list`).toBeGreaterThan(0);
      if (last)
        expect(
          last.some((group) => group.groupID === groupID),
          `${userID}’s list`,
        ).toBe(isIn);
    }
  }
}

async function play(town: Town, name: keyof typeof OPERATIONS, kind: Kind, role: Role): Promise<void> {
  const rule = ruleOf(name, kind, role);
  const operation: Operation = OPERATIONS[name];
  // What is refused changes nothing: such rows share a group.
  const isRefused = /^\d+$/.test(rule);
  const { groupID, message } = isRefused ? await town.lasting(kind) : await town.found(kind);
  town.mark();
  const { tim } = town.actor(role);
  const { value, code } = await town.outcome(() => operation.run(tim, groupID, { message }));
  const answer = value as { data?: { status?: string } } | undefined;
  expect(`${code ?? answer?.data?.status ?? 'ok'}`, `${role}: ${name}`).toBe(rule);
  const actor = ACTORS[role];
  const nothing: Effects = rule === 'JoinedSuccess' ? { comes: actor } : {};
  const applied: Effects = { notices: { omar: 1, ada: 1, abe: 1 } };
  const effects =
    rule === 'ok'
      ? (operation.effects?.(kind, actor) ?? {})
      : rule === 'WaitAdminApproval'
        ? applied
        : nothing;
  requireTold(town, { groupID, kind, actor }, effects);
  await requireListed(town, groupID, effects);
}

describe.each(KINDS)('in a group of kind %s', (kind) => {
  let town: Town | undefined;
  test.each(NAMES)('%s', async (name) => {
    // Lists are told whole: with every group that was made, a town grows slower.
    if (town === undefined || town.groups > 30) town = await createTown(NAMES.indexOf(name));
    for (const role of ROLES) await play(town, name, kind, role);
  });
});

describe('where there is no group any more', () => {
  const made = createTown(11);
  test.each(NAMES)('%s is refused with 10010', async (name) => {
    const town = await made;
    const { groupID, message } = await town.lasting('Public');
    await town.outcome(() => first(town.devices.omar).tim.dismissGroup(groupID));
    const operation: Operation = OPERATIONS[name];
    const { code } = await town.outcome(() => operation.run(town.actor('owner').tim, groupID, { message }));
    expect(code).toBe(10010);
  });
});
