import type { AppSettings } from './app-settings.ts';
import type { Bus } from './ports/bus.ts';
import type { Clock } from './ports/clock.ts';
import type { Hooks } from './ports/hooks.ts';
import type { Language } from './ports/language.ts';
import type { Objects } from './ports/objects.ts';
import type { Presence } from './ports/presence.ts';
import type { Random } from './ports/random.ts';
import type { Rooms } from './ports/rooms.ts';
import type { SearchIndex } from './ports/search.ts';
import type { Store } from './ports/store.ts';

/** Everything that the domain needs of the world. */
export interface CoreDeps {
  store: Store;
  bus: Bus;
  clock: Clock;
  random: Random;
  hooks: Hooks;
  presence: Presence;
  rooms: Rooms;
  /** Absent where the server keeps no files. */
  objects?: Objects;
  /** Absent where nobody translates or listens. */
  language?: Language;
  /** Absent where the server keeps no index. */
  search?: SearchIndex;
  settings: (app: number) => AppSettings;
}

/** What changing state needs. */
export type WriteDeps = Pick<CoreDeps, 'store' | 'bus' | 'hooks'>;

/** What reading needs. */
export type ReadDeps = Pick<CoreDeps, 'store' | 'objects'>;
