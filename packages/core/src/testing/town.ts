import type { InboxEvent, ReplyOf, RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import type { AppSettings } from '../app-settings.ts';
import type { CoreDeps } from '../deps.ts';
import { ImError } from '../errors.ts';
import { inboxLog } from '../keys.ts';
import type { Notice } from '../ports/bus.ts';
import type { Presence } from '../ports/presence.ts';
import { noHooks } from '../ports/hooks.ts';
import type { Rooms } from '../ports/rooms.ts';
import { inboxEventOf } from '../records.ts';
import type { SessionCommand } from '../use-case.ts';
import { useCases } from '../use-cases.ts';
import { loggedIn } from './domain-commands.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createMemoryStore } from './memory-store.ts';
import { createSeededRandom } from './seeded-random.ts';

/** Some users who are logged in, on the store in memory: for tests of what they ask for. */
export interface Town<Name extends string> {
  deps: CoreDeps;
  clock: FakeClock;
  actors: Record<Name, Actor>;
  ask<Command extends SessionCommand>(
    who: Name,
    command: Command,
    request: RequestOf<Command>,
  ): Promise<ReplyOf<Command>>;
  /** What the user's inbox has of a kind, in order. */
  told<Kind extends InboxEvent['t']>(who: Name, kind: Kind): Promise<Extract<InboxEvent, { t: Kind }>[]>;
  /** What the bus was given. */
  published: { subject: string; notice: Notice }[];
}

/** Everybody is offline. */
export const nobodyPresent: Presence = {
  onlineMembers: () => 0,
  statusesOf: async (_, userIDs) => userIDs.map((userID) => ({ userID, platforms: [], custom: '' })),
  setStatus: ({ userID }, { text }) => ({ userID, platforms: [], custom: text }),
  watch: (actor, userIDs) => nobodyPresent.statusesOf(actor.app, userIDs),
  unwatch: () => undefined,
};

/** Nobody is in any room. */
export const emptyRooms: Rooms = {
  enter: async () => ({ isNew: true }),
  leave: () => false,
  inTurn: (_, work) => work(),
  isIn: () => false,
  say() {
    throw new ImError('notInRoom');
  },
  count: async () => 0,
  visitors: async () => [],
};

export async function createTown<Name extends string>(
  userIDs: readonly Name[],
  given: { settings?: Partial<AppSettings>; presence?: Partial<CoreDeps['presence']> } = {},
): Promise<Town<Name>> {
  const clock = createFakeClock();
  const random = createSeededRandom(1);
  const store = createMemoryStore({ clock, random });
  const published: Town<Name>['published'] = [];
  const deps: CoreDeps = {
    store,
    clock,
    random,
    bus: {
      publish: (subject, notice) => published.push({ subject, notice }),
      subscribe: async () => () => undefined,
      close: async () => undefined,
    },
    hooks: noHooks,
    presence: { ...nobodyPresent, ...given.presence },
    rooms: emptyRooms,
    settings: () => ({
      loginPolicy: { mode: 'multi', instances: { web: 0, other: 0 } },
      profileCustomFields: [],
      recallWindowMs: 120_000,
      ...given.settings,
    }),
  };
  const actors = new Map<Name, Actor>();
  for (const userID of userIDs) actors.set(userID, await loggedIn(store, userID));
  return {
    deps,
    clock,
    actors: Object.fromEntries(actors) as Record<Name, Actor>,
    ask(who, command, request) {
      const actor = actors.get(who);
      if (actor === undefined) throw new Error(`${who} does not live here`);
      return useCases[command](deps, actor, request as never) as never;
    },
    async told(who, kind) {
      const entries = await store.entries({ log: inboxLog(1, who), limit: 999 });
      return entries.map(inboxEventOf).filter((event) => event.t === kind) as never;
    },
    published,
  };
}

/** A one-to-one text, as `message.send` asks for it. */
export const textTo = (peer: string, clientID: string, text = clientID): RequestOf<'message.send'> => ({
  conversationID: `C2C${peer}`,
  clientID,
  elements: [{ type: 'TIMTextElem', payload: { text } }],
});
