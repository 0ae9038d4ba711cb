import type { Message } from '@sterna/sdk';
import { allModules, topics } from '@sterna/sdk/testing';
import { createWorld, type Device, type World } from '../sdk/world.ts';
import { ACTORS, MEMBERS, PEOPLE, type Person } from './operations.ts';
import type { Kind, Role } from './rules.ts';

/** People with two devices each: what one of them does, the other must show too. */
export interface Town {
  world: World;
  devices: Record<Person, Device[]>;
  /** A group of a kind with its five members, in which Tess has said something that all have. */
  found(kind: Kind, options?: object): Promise<{ groupID: string; message: Message }>;
  /** One such group for all that is refused. */
  lasting(kind: Kind): Promise<{ groupID: string; message: Message }>;
  /** How many groups were made. */
  readonly groups: number;
  /** Lets what was called settle, and gives the outcome. */
  outcome<Value>(run: () => Promise<Value>): Promise<{ value?: Value; code?: number }>;
  actor(role: Role): Device;
  /** Forgets all events so far. */
  mark(): void;
}

/** Longer than lists are held back. */
const SETTLE_MS = 1_200;

export async function createTown(seed: number, settings = {}): Promise<Town> {
  const world = createWorld(seed, { webInstances: 2, domains: [...allModules, topics], settings });
  const devices = {} as Town['devices'];
  for (const userID of PEOPLE) {
    devices[userID] = [world.device(), world.device()];
    for (const { tim } of devices[userID]) void tim.login({ userID, userSig: 'sig' });
  }
  await world.pass(3_000);
  let groups = 0;

  async function outcome<Value>(run: () => Promise<Value>): Promise<{ value?: Value; code?: number }> {
    const settled = run().then(
      (value) => ({ value }),
      (error: { code: number }) => ({ code: error.code }),
    );
    await world.pass(SETTLE_MS);
    return settled;
  }

  async function found(kind: Kind, options = {}): Promise<{ groupID: string; message: Message }> {
    const groupID = `g${(groups += 1)}`;
    const [owner, speaker] = [first(devices.omar).tim, first(devices.tess).tim];
    const memberList = MEMBERS.filter((userID) => userID !== 'omar').map((userID) => ({
      userID,
      role: userID === 'ada' || userID === 'abe' ? ('Admin' as const) : ('Member' as const),
    }));
    const made = await outcome(() =>
      owner.createGroup({ type: kind, name: 'old', groupID, memberList, ...options }),
    );
    if (made.code !== undefined) throw new Error(`no group of kind ${kind}: ${made.code}`);
    const text = { to: groupID, conversationType: 'GROUP' as const, payload: { text: 'words' } };
    const said = await outcome(() => speaker.sendMessage(speaker.createTextMessage(text)));
    if (said.value === undefined) throw new Error(`Tess cannot speak: ${said.code}`);
    return { groupID, message: said.value.data.message };
  }

  const lasting = new Map<Kind, Promise<{ groupID: string; message: Message }>>();

  return {
    world,
    devices,
    outcome,
    found,
    get groups() {
      return groups;
    },
    lasting(kind) {
      const known = lasting.get(kind) ?? found(kind);
      lasting.set(kind, known);
      return known;
    },
    actor: (role) => first(devices[ACTORS[role]]),
    mark: () => PEOPLE.forEach((userID) => devices[userID].forEach(({ events }) => events.splice(0))),
  };
}

export function first(devices: Device[]): Device {
  const [device] = devices;
  if (device === undefined) throw new Error('nobody has fewer than one device');
  return device;
}

/** The tips of a group that a device has heard of since the mark. */
export const tipsOn = ({ events }: Device, groupID: string): unknown[] =>
  heard(events).flatMap(({ type, conversationID, payload }) =>
    type === 'TIMGroupTipElem' && conversationID === `GROUP${groupID}` ? [payload] : [],
  );

/** The notices that a device has heard of since the mark. */
export const noticesOn = ({ events }: Device): { operationType: number }[] =>
  heard(events).flatMap(({ type, conversationID, payload }) =>
    type === 'TIMGroupSystemNoticeElem' && conversationID === '@TIM#SYSTEM' ? [payload as never] : [],
  );

const heard = (events: Device['events']): Message[] =>
  events.flatMap(({ name, data }) => (name === 'onMessageReceived' ? (data as Message[]) : []));
