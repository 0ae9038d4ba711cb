/** The front door for tests and simulations: the real engine on a platform that they move. */
export { allModules, createInstance } from './instance.ts';
export {
  createFakePlatform,
  createVirtualClock,
  type FakePlatform,
  type FakeWorld,
  type VirtualClock,
} from '../platform/fake.ts';
export { createNodePlatform } from '../platform/node.ts';
export type { Platform, Socket, SocketHandlers } from '../platform/platform.ts';
export { follows } from '../modules/people/follows.ts';
export { friends } from '../modules/people/friends.ts';
export { furtherModules } from '../modules/further.ts';
export { liveRooms } from '../modules/live-rooms/live-rooms.ts';
export { search } from '../modules/search/search.ts';
export { userStatus } from '../modules/people/user-status.ts';
export { topics } from '../modules/topics/topics.ts';
export type { EngineModuleFactory } from '../modules/engine-module.ts';
export { createUploads } from '../modules/uploads/uploads.ts';
export type { Files, Sending } from '../platform/files.ts';
export { signaling } from '../modules/signaling/signaling.ts';
export { createOfflineCache } from '../modules/offline/offline-cache.ts';
export type { Cabinet } from '../platform/cabinet.ts';
