import { conversationGroups } from './conversations/conversation-groups.ts';
import { receiveOption } from './conversations/receive-option.ts';
import type { EngineModuleFactory } from './engine-module.ts';
import { language } from './messages/language.ts';
import { mergers } from './messages/mergers.ts';
import { receipts } from './messages/receipts.ts';
import { textFilter } from './messages/text-filter.ts';
import { liveRooms } from './live-rooms/live-rooms.ts';
import { follows } from './people/follows.ts';
import { friends } from './people/friends.ts';
import { userStatus } from './people/user-status.ts';
import { topics } from './topics/topics.ts';
import { groupExtras } from './groups/group-extras.ts';
import { messageExtras } from './messages/message-extras.ts';
import { search } from './search/search.ts';
import { signaling } from './signaling/signaling.ts';

/**
 * The domains that the compact build leaves out, so that it stays small; every other build has them. Which and why:
 * `docs/decisions/sdk-size.md`.
 */
export const furtherModules: readonly EngineModuleFactory[] = [
  friends,
  userStatus,
  follows,
  search,
  signaling,
  mergers,
  language,
  textFilter,
  topics,
  liveRooms,
  groupExtras,
  receipts,
  messageExtras,
  conversationGroups,
  receiveOption,
];
