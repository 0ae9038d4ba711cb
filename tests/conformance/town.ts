import { allModules, liveRooms, topics } from '@sterna/sdk/testing';
import { createWorld, type Device, type World } from '../sdk/world.ts';
import { ACTORS, MEMBERS, PEOPLE, type Person, type Place } from './group-operation.ts';
import { isLive, type Kind, type Role } from './group-rules.ts';

export type Found = Place;

/** People with two devices each: what one of them does, the other must show too. */
export interface Town {
  world: World;
  devices: Record<Person, Device[]>;
  /** A group of a kind with its five members, in which Tess has said something that all have. */
  found(kind: Kind, options?: object): Promise<Found>;
  /** One such group for all that is refused. */
  lasting(kind: Kind): Promise<Found>;
  typeOf(kind: Kind): Exclude<Kind, 'Topics'>;
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
/** Rooms that a device may be in: a table's groups stay. */
const ROOMS = 20;

export async function createTown(
  seed: number,
  settings: { invitationsNeedConsent?: boolean } = {},
): Promise<Town> {
  const domains = [...allModules, topics, liveRooms];
  const world = createWorld(seed, { webInstances: 2, domains, settings, rooms: { joined: ROOMS } });
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

  async function done<Value>(what: string, run: () => Promise<Value>): Promise<Value> {
    const { value, code } = await outcome(run);
    if (value === undefined) throw new Error(`${what}: ${code}`);
    return value;
  }

  const typeOf: Town['typeOf'] = (kind) => (kind === 'Topics' ? 'Community' : kind);

  async function create(kind: Kind, groupID: string, options: object): Promise<void> {
    const owner = first(devices.omar).tim;
    const memberList = MEMBERS.filter((userID) => userID !== 'omar').map((userID) => ({
      userID,
      role: isAdmin(userID) ? ('Admin' as const) : ('Member' as const),
    }));
    const isSupportTopic = kind === 'Topics';
    const fields = { type: typeOf(kind), name: 'old', groupID, isSupportTopic, ...options };
    await done(`no group of kind ${kind}`, () =>
      owner.createGroup(isLive(kind) ? fields : { ...fields, memberList }),
    );
    if (isLive(kind)) await fill(groupID);
    else if (settings.invitationsNeedConsent) await consent(groupID);
  }

  /** All agree to come, where they are asked; who is to be an admin is made one. */
  async function consent(groupID: string): Promise<void> {
    for (const userID of MEMBERS) {
      const { tim } = first(devices[userID]);
      const { data } = await done('no list', () => tim.getGroupApplicationList());
      const application = data.applicationList.find(
        (one) => one.groupID === groupID && one.userID === userID,
      );
      if (application === undefined) continue;
      await done('not in', () => tim.handleGroupApplication({ handleAction: 'Agree', application }));
      if (!isAdmin(userID)) continue;
      const admin = { groupID, userID, role: 'Admin' as const };
      await done('no admin', () => first(devices.omar).tim.setGroupMemberRole(admin));
    }
  }

  /** All come into a live room, with all their devices. */
  async function fill(groupID: string): Promise<void> {
    const owner = first(devices.omar).tim;
    const admins = MEMBERS.filter(isAdmin).map((userID) => ({ groupID, userID, role: 'Admin' as const }));
    await done('no admins', () => Promise.all(admins.map((admin) => owner.setGroupMemberRole(admin))));
    const all = MEMBERS.flatMap((userID) => devices[userID]);
    await done('not let in', () => Promise.all(all.map(({ tim }) => tim.joinGroup({ groupID }))));
  }

  async function found(kind: Kind, options = {}): Promise<Found> {
    const name = `g${(groups += 1)}`;
    const groupID = kind === 'Topics' ? `@TGS#_${name}` : name;
    const topicID = `${groupID}@TOPIC#_t`;
    await create(kind, groupID, options);
    const [owner, speaker] = [first(devices.omar).tim, first(devices.tess).tim];
    if (kind === 'Topics')
      await done('no topic', () => owner.createTopicInCommunity({ groupID, topicID, topicName: 'Topic' }));
    const to = kind === 'Topics' ? topicID : groupID;
    const text = { to, conversationType: 'GROUP' as const, payload: { text: 'words' } };
    const { data } = await done('Tess cannot speak', () =>
      speaker.sendMessage(speaker.createTextMessage(text)),
    );
    return { kind, groupID, topicID, message: data.message };
  }

  const lasting = new Map<Kind, Promise<Found>>();

  return {
    world,
    devices,
    outcome,
    found,
    typeOf,
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

const isAdmin = (userID: Person): boolean => userID === 'ada' || userID === 'abe';

/** Devices go out of a live room. */
export async function leave(
  { outcome }: Pick<Town, 'outcome'>,
  devices: readonly Device[],
  groupID: string,
): Promise<void> {
  for (const { tim } of devices) await outcome(() => tim.quitGroup(groupID));
}

export function first(devices: Device[]): Device {
  const [device] = devices;
  if (device === undefined) throw new Error('nobody has fewer than one device');
  return device;
}
