import { groupLog, groupSubject, type LogEntry, readHead, roomSettings } from '@sterna/core';
import type { GatewayDeps } from './deps.ts';
import type { HeldHubs } from './held-hubs.ts';
import type { LogFeed } from './log-feed.ts';
import { createRoomHub, type RoomHub } from './room-hub.ts';
import { createRooms, type NodeRooms } from './rooms.ts';

/** The live rooms of this node, each with a hub while somebody is in it. */
export function createLiveRooms(
  deps: GatewayDeps,
  hubs: HeldHubs<RoomHub>,
  feedOf: (log: string, start: number, apply: (entry: LogEntry) => void) => LogFeed,
): NodeRooms {
  const { bus, clock, events } = deps;
  const node = deps.random.id(12);

  async function make(app: number, groupID: string): Promise<RoomHub> {
    const log = groupLog(app, groupID);
    const { pos } = await readHead(deps, log);
    return createRoomHub({
      ...{ bus, clock, node, app, groupID },
      settings: roomSettings(deps, app),
      feed: (hub) => feedOf(log, pos, hub.apply),
      gone: (key) => rooms.gone(key, groupID),
      dropped: (priority) => events.droppedInRoom(priority),
      pushed: (count) => events.pushed(count),
    });
  }

  const rooms = createRooms({
    hold: (app, groupID) => hubs.hold(groupSubject(app, groupID), () => make(app, groupID)),
    release(app, hub) {
      if (hubs.release(groupSubject(app, hub.groupID), hub)) hub.close();
    },
    find: (app, groupID) => hubs.find(groupSubject(app, groupID)),
    most: (app) => roomSettings(deps, app).joined,
  });
  return rooms;
}
