import type { EngineModuleFactory } from './engine-module.ts';
import { language } from './messages/language.ts';
import { mergers } from './messages/mergers.ts';
import { textFilter } from './messages/text-filter.ts';
import { liveRooms } from './live-rooms/live-rooms.ts';
import { follows } from './people/follows.ts';
import { friends } from './people/friends.ts';
import { topics } from './topics/topics.ts';
import { userStatus } from './people/user-status.ts';
import { search } from './search/search.ts';
import { signaling } from './signaling/signaling.ts';

/** The domains that the whole build for browsers leaves out, so that it stays small: those for mini programs and Node have them. */
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
];
