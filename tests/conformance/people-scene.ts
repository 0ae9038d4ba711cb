import { allModules, furtherModules } from '@sterna/sdk/testing';
import type { Message } from '@sterna/sdk';
import { history, logIn, say, settle } from '../sdk/talk.ts';
import { createWorld, type Device, type World } from '../sdk/world.ts';

export const HOBBY = 'Tag_Profile_Custom_Hobby';
export const NOTE = 'Tag_SNS_Custom_Note';
export const source = 'AddSource_Type_Web';

/** Alice does it, here and on her other device, to Bob, who has two as well; Carol stands by. */
export const ROLES = ['alice', 'other', 'bob', 'tablet', 'carol'] as const;
export type Role = (typeof ROLES)[number];
export type Person = 'alice' | 'bob' | 'carol';
export const OWNERS: Readonly<Record<Role, Person>> = {
  alice: 'alice',
  other: 'alice',
  bob: 'bob',
  tablet: 'bob',
  carol: 'carol',
};

export interface PeopleScene {
  world: World;
  devices: Record<Role, Device>;
  /** Bob's to Alice, as she has it. */
  theirs: Message;
}

const SIGNALS = [
  'newInvitationReceived',
  'ts_invitee_accepted',
  'ts_invitee_rejected',
  'ts_invitation_cancelled',
  'ts_invitation_timeout',
  'ts_invitation_modified',
] as const;

/** A device that notes what signaling tells among its events. */
export function createDevice(world: World): Device {
  const device = world.device();
  for (const name of SIGNALS)
    device.tim.addSignalingListener(name, ({ data }) =>
      device.events.push({ name, data: structuredClone(data) }),
    );
  return device;
}

/** Alice and Bob have talked, and all three are in a group. */
export async function setScene(): Promise<PeopleScene> {
  const world = createWorld(1, {
    webInstances: 4,
    domains: [...allModules, ...furtherModules],
    settings: { profileCustomFields: [HOBBY], friendCustomFields: [NOTE] },
  });
  const devices = {} as Record<Role, Device>;
  for (const role of ROLES) {
    devices[role] = createDevice(world);
    await logIn(world, devices[role], OWNERS[role]);
  }
  const { alice, bob } = devices;
  const memberList = [{ userID: 'bob' }, { userID: 'carol' }];
  await settle(world, alice.tim.createGroup({ groupID: 'tea', name: 'tea', type: 'Public', memberList }));
  await settle(world, bob.tim.updateMyProfile({ nick: 'Bobby' }));
  await say(world, bob, 'alice', 'hello');
  const theirs = (await history(world, alice, 'C2Cbob')).at(-1);
  if (!theirs) throw new Error('what Bob said did not come');
  return { world, devices, theirs };
}

/** Lets what follows come, and forgets what devices were told so far. */
export async function forgetEvents({ world, devices }: PeopleScene, afterMs = 3_000): Promise<void> {
  await world.pass(afterMs);
  for (const role of ROLES) devices[role].events.length = 0;
}
