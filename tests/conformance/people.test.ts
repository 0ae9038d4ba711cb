import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { LIMITS } from '@sterna/protocol';
import { describe, expect, test } from 'vitest';
import { logIn, settle } from '../sdk/talk.ts';
import type { Device } from '../sdk/world.ts';
import { FOLLOW_OPERATIONS } from './follow-operations.ts';
import { FRIEND_APPLICATION_OPERATIONS } from './friend-application-operations.ts';
import { FRIEND_OPERATIONS } from './friend-operations.ts';
import { noting } from './message-scene.ts';
import { everything, type PeopleOperation, type Told } from './people-operation.ts';
import { createDevice, forgetEvents, OWNERS, type PeopleScene, ROLES, setScene } from './people-scene.ts';
import { PROFILE_OPERATIONS } from './profile-operations.ts';
import { SIGNALING_OPERATIONS } from './signaling-operations.ts';

const OPERATIONS: Readonly<Record<string, PeopleOperation>> = {
  ...PROFILE_OPERATIONS,
  ...FRIEND_OPERATIONS,
  ...FRIEND_APPLICATION_OPERATIONS,
  ...FOLLOW_OPERATIONS,
  ...SIGNALING_OPERATIONS,
};
const ROWS = Object.entries(OPERATIONS);
const methodOf = (row: string): string => row.replace(/:.*/, '');

/** What a connection says of itself, and lists that follow from nearly everything. */
const FOLLOWING: ReadonlySet<string> = new Set([
  'onConversationListUpdated',
  'onGroupListUpdated',
  'onTotalUnreadMessageCountUpdated',
  'netStateChange',
]);
/** A device that begins is told these whole. */
const AT_LOGIN: ReadonlySet<string> = new Set([
  'blacklistUpdated',
  'onFriendListUpdated',
  'onFriendGroupListUpdated',
  'onFriendApplicationListUpdated',
  'newInvitationReceived',
]);

/** The newest event of each name. */
const heardBy = ({ events }: Device): Record<string, unknown> =>
  Object.fromEntries(
    events.filter(({ name }) => !FOLLOWING.has(name)).map((event) => [event.name, event.data]),
  );

function requireTold({ devices }: PeopleScene, told: Told, roles: readonly (typeof ROLES)[number][]): void {
  for (const role of roles) {
    const expected = told[role === 'tablet' ? 'bob' : role] ?? {};
    const heard = heardBy(devices[role]);
    expect(Object.keys(heard).sort(), `events of ${role}`).toEqual(Object.keys(expected).sort());
    expect(heard, `what ${role} is told`).toMatchObject(expected);
  }
}

async function requireThere(scene: PeopleScene, row: PeopleOperation): Promise<void> {
  const { devices, world } = scene;
  if (row.there === undefined)
    expect({ result: await row.call(devices.other, scene) }).toMatchObject({ result: row.result });
  for (const role of ROLES) {
    const [look, shows] = row.there?.[OWNERS[role]] ?? [];
    if (look) expect({ has: await look(scene, devices[role]) }, role).toMatchObject({ has: shows });
  }
  for (const userID of ['alice', 'bob'] as const) {
    const [look, shows] = row.there?.[userID] ?? [];
    if (!look) continue;
    const fresh = createDevice(world);
    await logIn(world, fresh, userID);
    expect({ has: await look(scene, fresh) }, `a new device of ${userID}`).toMatchObject({ has: shows });
  }
}

async function callOf(name: string, row: PeopleOperation, scene: PeopleScene): Promise<void> {
  const called = new Set<string>();
  const result = await row.call(noting(scene.devices.alice, called), scene);
  expect({ result }).toMatchObject({ result: row.result });
  expect(called).toContain(methodOf(name));
  await scene.world.pass(5_000);
}

const goAway = (device: Device): void => {
  device.setReachable(false);
  device.cut();
};

describe('each method does what it says, and tells who is to know', () => {
  test.each(ROWS)('%s', async (name, row) => {
    const scene = await setScene();
    await row.before?.(scene);
    await forgetEvents(scene);
    await callOf(name, row, scene);
    requireTold(scene, row.told ?? {}, ROLES);
    for (const role of ROLES) goAway(scene.devices[role]);
    await scene.world.pass(5_000);
    for (const role of ROLES) scene.devices[role].setReachable(true);
    await scene.world.pass(60_000);
    await requireThere(scene, row);
  });
});

describe('who was away then hears of it at the next connection, and finds it at the next login', () => {
  test.each(ROWS)('%s', async (name, row) => {
    const scene = await setScene();
    const { devices, world } = scene;
    await row.before?.(scene);
    // No longer told anew to whoever is back.
    await forgetEvents(scene, 2 * LIMITS.profilesToldAgainMs);
    await settle(world, devices.tablet.tim.logout());
    goAway(devices.bob);
    goAway(devices.other);
    await callOf(name, row, scene);
    await world.pass(20_000);
    devices.bob.setReachable(true);
    devices.other.setReachable(true);
    await world.pass(60_000);
    const told = { ...row.told, ...row.missed };
    requireTold(scene, told, ['alice', 'other', 'bob', 'carol']);
    devices.tablet.events.length = 0;
    await logIn(world, devices.tablet, 'bob');
    const atLogin = Object.entries(told.bob ?? {}).filter(([event]) => AT_LOGIN.has(event));
    expect(heardBy(devices.tablet)).toMatchObject(Object.fromEntries(atLogin));
    await requireThere(scene, row);
  });
});

const REFUSALS = ROWS.flatMap(([name, { refused = {} }]) =>
  Object.entries(refused).map(([why, refusal]) => [`${name}: ${why}`, refusal] as const),
);

describe('what is refused says why, is told to nobody and changes nothing', () => {
  test.each(REFUSALS)('%s', async (name, { before, call, answers }) => {
    const scene = await setScene();
    const { devices, world } = scene;
    await before?.(scene);
    const looks = async (): Promise<unknown[]> => [
      await everything(scene, devices.alice),
      await everything(scene, devices.bob),
    ];
    const stood = await looks();
    await forgetEvents(scene);
    const called = new Set<string>();
    const outcome = await call(noting(devices.alice, called), scene).catch(
      ({ code }: { code: number }) => code,
    );
    expect({ outcome }).toMatchObject({ outcome: answers });
    expect(called).toContain(methodOf(name));
    await world.pass(5_000);
    requireTold(scene, {}, ROLES);
    expect(await looks()).toEqual(stood);
  });
});

const PEOPLE = /friend|blacklist|myProfile|userProfile|follow|userStatus|selfStatus|invit|signaling/i;
/** Signaling’s, with names that say nothing of it. */
const SHORT = new Set(['accept', 'reject', 'cancel']);

test.each(['published-tim/tim-js.d.ts', 'published-chat/index.d.ts'])(
  'no method about people of the published typings is left out: %s',
  (path) => {
    const typings = createRequire(import.meta.url).resolve(path);
    const names = [...readFileSync(typings, 'utf8').matchAll(/^ {2}(\w+)\(/gm)].map(([, name = '']) => name);
    const published = names.filter((name) => PEOPLE.test(name) || SHORT.has(name));
    expect(published.length).toBeGreaterThan(25);
    const tested = new Set(ROWS.map(([name]) => methodOf(name)));
    expect(published.filter((name) => !tested.has(name))).toEqual([]);
  },
);
