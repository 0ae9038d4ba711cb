import {
  groupLog,
  groupSubject,
  ImError,
  inboxEventOf,
  inboxLog,
  inboxPos,
  isLoggedOut,
  parseLog,
  type Presence,
  readHead,
  readMembership,
  runCommand,
  memberGroups,
  userSubject,
} from '@sterna/core';
import type { GatewayDeps } from './deps.ts';
import { createGroupHub, type GroupHub } from './group-hub.ts';
import { createGuests, type Guests } from './guests.ts';
import { createEventEncoder } from './items.ts';
import { createLogFeed, type LogFeed } from './log-feed.ts';
import { createHeldHubs } from './held-hubs.ts';
import { createLiveRooms } from './live-rooms.ts';
import type { RoomHub } from './room-hub.ts';
import type { NodeRooms } from './rooms.ts';
import { createStatuses, type Statuses } from './statuses.ts';
import { createUserHub, type UserHub } from './user-hub.ts';

/** By group. */
type Seats = Map<string, GroupHub>;

/** Each user's seats change one after the other, in the order of the user's inbox. */
interface Seating {
  chain: Promise<void>;
  seated: Seats;
  /** Groups whose membership could not be read: tried again with the next sweep. */
  unsure: Set<string>;
}

/** The hubs of this node: what it must hear of the bus is exactly what its users may hear. */
export interface Hubs {
  readonly statuses: Statuses;
  /** All that this node knows of who is connected. */
  readonly presence: Presence;
  readonly rooms: NodeRooms;
  readonly guests: Guests;
  /** The user's hub, subscribed and in step, with a seat in each of the user's groups. Give it back with `release`. */
  hold(app: number, userID: string): Promise<UserHub>;
  release(hub: UserHub): void;
  /** Positions that logs are known to have reached: whoever is behind catches up, and what failed before is tried again. */
  stand(logs: readonly [log: string, pos: number][]): void;
  /** Nothing that hubs know holds any more: whoever comes from now on gets new ones, and the old ones end with their holders. */
  forget(): void;
  readonly users: number;
}

/** `watch` resolves when no growth of any log goes unnoticed any more. */
export function createHubs(deps: GatewayDeps, watch: () => Promise<void>): Hubs {
  const users = createHeldHubs<UserHub>(deps.bus);
  const groups = createHeldHubs<GroupHub>(deps.bus);
  const liveRooms = createHeldHubs<RoomHub>(deps.bus);
  /** How often everything was forgotten. */
  let incarnation = 0;
  const encode = createEventEncoder();
  const statuses = createStatuses({
    ...deps,
    failed: (error) => deps.events.failed('presence', error),
    isLoggedOut: (app, userID) => isLoggedOut(deps, app, userID),
    async forget(app, userID, setMs) {
      await runCommand(deps, { type: 'status.forget', body: { app, userID, setMs } });
    },
  });

  const feedOf = (log: string, start: number, apply: Parameters<typeof createLogFeed>[0]['apply']): LogFeed =>
    createLogFeed({
      store: deps.store,
      log,
      start,
      apply,
      repaired: (entries) => deps.events.repaired(entries),
      failed: (error) => deps.events.failed(log, error),
    });

  const holdGroup = (app: number, groupID: string): Promise<GroupHub> =>
    groups.hold(groupSubject(app, groupID), async () => {
      const log = groupLog(app, groupID);
      const { pos } = await readHead(deps, log);
      return createGroupHub({
        groupID,
        encode,
        clock: deps.clock,
        feed: (hub) => feedOf(log, pos, hub.apply),
      });
    });

  const rooms = createLiveRooms(deps, liveRooms, feedOf);
  const seating = new Map<UserHub, Seating>();

  function changeSeat(hub: UserHub, groupID: string, change: (seated: Seats) => Promise<void>): void {
    const state = seating.get(hub);
    if (state === undefined) return;
    state.chain = state.chain
      .then(() => change(state.seated))
      .catch((error: unknown) => {
        state.unsure.add(groupID);
        deps.events.failed('seat', error);
      });
  }

  const seatAnew = (hub: UserHub, groupID: string): void =>
    changeSeat(hub, groupID, (seated) => takeSeat(hub, groupID, seated));

  async function takeSeat(hub: UserHub, groupID: string, seated: Seats): Promise<void> {
    if (seated.has(groupID)) leaveSeat(hub, groupID, seated);
    const group = await holdGroup(hub.app, groupID);
    seated.set(groupID, group);
    if (!seating.has(hub)) return leaveSeat(hub, groupID, seated);
    // Seated first, but shown nothing: a leaving that the feed meets from here on removes the seat,
    // and one that it met before shows in the record.
    group.reserve(hub);
    const membership = await readMembership(deps, hub.app, groupID, hub.userID);
    if (membership === undefined || !seating.has(hub)) leaveSeat(hub, groupID, seated);
    else group.seat(hub, membership);
  }

  function leaveSeat(hub: UserHub, groupID: string, seated: Seats): void {
    const group = seated.get(groupID);
    if (group === undefined) return;
    seated.delete(groupID);
    group.unseat(hub);
    groups.release(groupSubject(hub.app, groupID), group);
  }

  async function makeUser(app: number, userID: string, begun: number): Promise<UserHub> {
    const start = await inboxPos(deps, app, userID);
    if (begun !== incarnation) throw new ImError('reset', 'the store was restored');
    const hub: UserHub = createUserHub({
      app,
      userID,
      encode,
      feed: (apply) => feedOf(inboxLog(app, userID), start, (entry) => apply(entry.pos, inboxEventOf(entry))),
      joined: (groupID) => seatAnew(hub, groupID),
      left: (groupID) => changeSeat(hub, groupID, async (seated) => leaveSeat(hub, groupID, seated)),
      blocked: (userIDs) => statuses.hide(hub.sessions, userIDs),
      present: statuses.hear,
      kicked: (type) => deps.events.kicked(type),
      pushed: (count) => deps.events.pushed(count),
    });
    const state: Seating = { chain: Promise.resolve(), seated: new Map(), unsure: new Set() };
    seating.set(hub, state);
    try {
      // A seat that is missing would be a group that falls silent: without all of them there is no hub.
      for (const groupID of await memberGroups(deps, app, userID)) await takeSeat(hub, groupID, state.seated);
    } catch (error) {
      closeUser(hub);
      throw error;
    }
    return hub;
  }

  function closeUser(hub: UserHub): void {
    const state = seating.get(hub);
    seating.delete(hub);
    if (state === undefined) return;
    // After whatever seat is being taken: that one sees that the hub is gone, and gives itself up.
    void state.chain.then(() => {
      for (const groupID of state.seated.keys()) leaveSeat(hub, groupID, state.seated);
    });
  }

  function standOne(log: string, pos: number): void {
    const ref = parseLog(log);
    if (ref.kind === 'inbox') users.grown(userSubject(ref.app, ref.userID), pos);
    else if (ref.kind === 'group' && ref.topicID !== undefined)
      groups.find(groupSubject(ref.app, ref.groupID))?.standTopic(ref.topicID, pos);
    else if (ref.kind === 'group') {
      groups.grown(groupSubject(ref.app, ref.groupID), pos);
      liveRooms.grown(groupSubject(ref.app, ref.groupID), pos);
    } else {
      const readers = ref.kind === 'c2c' ? ref.users : [ref.userID];
      for (const userID of readers) users.find(userSubject(ref.app, userID))?.stand(log, pos);
    }
  }

  function retry(): void {
    for (const held of [users, groups, liveRooms]) for (const { feed } of held.made()) feed.retry();
    for (const [hub, state] of seating) {
      const groupIDs = [...state.unsure];
      state.unsure.clear();
      for (const groupID of groupIDs) seatAnew(hub, groupID);
    }
  }

  const onlineMembers = (app: number, groupID: string): number =>
    groups.find(groupSubject(app, groupID))?.members ?? 0;

  function forget(): void {
    incarnation += 1;
    // Whoever was to be seated is not any more: a seat would be taken from the user's next hub.
    seating.clear();
    for (const hub of liveRooms.made()) hub.close();
    for (const held of [users, groups, liveRooms]) held.forget();
  }

  return {
    async hold(app, userID) {
      await watch();
      const begun = incarnation;
      return users.hold(userSubject(app, userID), () => makeUser(app, userID, begun));
    },
    release(hub) {
      if (users.release(userSubject(hub.app, hub.userID), hub)) closeUser(hub);
    },
    stand(logs) {
      retry();
      for (const [log, pos] of logs) standOne(log, pos);
      for (const hub of [...users.made(), ...groups.made()]) hub.forget();
    },
    forget,
    statuses,
    rooms,
    guests: createGuests(deps, rooms),
    presence: { ...statuses, onlineMembers },
    get users() {
      return users.size;
    },
  };
}
