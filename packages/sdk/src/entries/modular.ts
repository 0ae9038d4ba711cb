import { consoleSink } from '../console.ts';
import { composeTIM } from '../create.ts';
import { createEngine } from '../engine.ts';
import { everyMethod } from '../methods.ts';
import type { EngineModuleFactory } from '../modules/engine-module.ts';
import { createOfflineCache } from '../modules/offline/offline-cache.ts';
import { createUploads } from '../modules/uploads/uploads.ts';
import { createBrowserPlatform } from '../platform/browser.ts';
import { browserCabinet } from '../platform/browser-cabinet.ts';
import { browserFiles } from '../platform/browser-files.ts';
import type { TIMStatic } from '../types/sdk.ts';

export { eventsOf } from '../event-stream.ts';
export { messageCreators } from '../messages/creators.ts';
export { conversationGroups } from '../modules/conversations/conversation-groups.ts';
export { conversationSettings } from '../modules/conversations/conversation-settings.ts';
export { conversations } from '../modules/conversations/conversations.ts';
export { receiveOption } from '../modules/conversations/receive-option.ts';
export { groupExtras } from '../modules/groups/group-extras.ts';
export { groupLife } from '../modules/groups/group-life.ts';
export { groups } from '../modules/groups/groups.ts';
export { language } from '../modules/messages/language.ts';
export { mergers } from '../modules/messages/mergers.ts';
export { liveRooms } from '../modules/live-rooms/live-rooms.ts';
export { messageExtras } from '../modules/messages/message-extras.ts';
export { messageLife } from '../modules/messages/message-life.ts';
export { messages } from '../modules/messages/messages.ts';
export { receipts } from '../modules/messages/receipts.ts';
export { blacklist } from '../modules/people/blacklist.ts';
export { follows } from '../modules/people/follows.ts';
export { friends } from '../modules/people/friends.ts';
export { userStatus } from '../modules/people/user-status.ts';
export { search } from '../modules/search/search.ts';
export { textFilter } from '../modules/messages/text-filter.ts';
export { topics } from '../modules/topics/topics.ts';
export { profiles } from '../modules/profiles/profiles.ts';
export { signaling } from '../modules/signaling/signaling.ts';

/** Images, recordings, videos and files: by a registered plug-in, or by the browser. */
export const uploads: EngineModuleFactory = createUploads(browserFiles);

/** Keeps the list and the newest messages in IndexedDB, for applications that create with `offlineCache: true`. */
export const offlineCache: EngineModuleFactory = createOfflineCache(browserCabinet);

/** The SDK with these domains only: methods of the others reject with 2998. The whole build is this with all of them. */
export function composeSDK(modules: readonly EngineModuleFactory[]): TIMStatic {
  const wrong = modules.findIndex((one: unknown) => typeof one !== 'function');
  if (wrong >= 0) throw new TypeError(`composeSDK: what stands at ${wrong} of the list is no domain`);
  return composeTIM(createEngine(createBrowserPlatform, modules), everyMethod(), consoleSink);
}
