import type { ChatSDK } from '@sterna/sdk';
import { settle } from '../sdk/talk.ts';
import type { Device } from '../sdk/world.ts';
import type { PeopleScene, Person, Role } from './people-scene.ts';

/** What a device has, asked for anew. */
export type Look = (scene: PeopleScene, device: Device) => Promise<unknown>;
type Call = (device: Device, scene: PeopleScene) => Promise<unknown>;
type Before = (scene: PeopleScene) => Promise<unknown>;

/** Each event with what the newest of its name shows. Both of Bob's devices hear the same. */
export type Told = Partial<Record<Exclude<Role, 'tablet'>, Readonly<Record<string, unknown>>>>;

/** A call that changes nothing and is told to nobody; its code, or what it answers of each user. */
export interface Refusal {
  before?: Before;
  call: Call;
  answers: number | object;
}

export type There = Partial<Record<Person, readonly [look: Look, shows: unknown]>>;

export interface PeopleOperation {
  /** How things stand when it is called. */
  before?: Before;
  /** By Alice. */
  call: Call;
  result: unknown;
  told?: Told;
  /** Where the other devices were away: who hears something else than `told`, in the end. */
  missed?: Told;
  /** What each has on all their devices, also on those that were away or begin later. Reading alone is done there once more. */
  there?: There;
  refused?: Readonly<Record<string, Refusal>>;
}

/** By the method's name; of several ways of calling it the others have a colon and words. */
export type PeopleOperations = {
  readonly [Name in keyof ChatSDK | `${keyof ChatSDK}: ${string}`]?: PeopleOperation;
};

export const data = async <Data>({ world }: PeopleScene, answer: Promise<{ data: Data }>): Promise<Data> =>
  (await settle(world, answer)).data;

export const friendList: Look = (scene, { tim }) => data(scene, tim.getFriendList());
export const friendGroups: Look = (scene, { tim }) => data(scene, tim.getFriendGroupList());
export const applications: Look = (scene, { tim }) => data(scene, tim.getFriendApplicationList());
export const blacklist: Look = (scene, { tim }) => data(scene, tim.getBlacklist());
export const profileOf =
  (userID: string): Look =>
  async (scene, { tim }) =>
    (await data(scene, tim.getUserProfile({ userIDList: [userID] })))[0];
export const following: Look = async (scene, { tim }) =>
  (await data(scene, tim.getMyFollowingList())).resultList;
export const followers: Look = async (scene, { tim }) =>
  (await data(scene, tim.getMyFollowersList())).resultList;

/** Everything about people that a device can ask for: what a refused call must leave as it was. */
export const everything: Look = async (scene, device) => {
  const seen: unknown[] = [await data(scene, device.tim.getMyProfile())];
  for (const look of [friendList, friendGroups, applications, blacklist, following, followers])
    seen.push(structuredClone(await look(scene, device)));
  return seen;
};

/** Somebody has blocked another. */
export const blocks =
  (role: 'alice' | 'bob', userID: string): Before =>
  ({ world, devices }) =>
    settle(world, devices[role].tim.addToBlacklist({ userIDList: [userID] }));

/** Refused for what its arguments are, or for how things stand. */
export const refused = (call: Call, answers: number | object, before?: Before): Refusal => ({
  call,
  answers,
  ...(before && { before }),
});
/** What no type allows, as JavaScript passes it. */
export const untyped = (value: unknown) => value as never;
