import type { ReplyOf } from '@sterna/protocol';
import { createErrands } from './errands.ts';
import { sdkError } from './errors.ts';
import type { Methods, SessionInfo, Shell } from './module.ts';
import { createConversationStore } from './modules/conversations/conversation-store.ts';
import type {
  EngineContext,
  EngineModule,
  EngineModuleFactory,
  WholeMethods,
} from './modules/engine-module.ts';
import { createGroupStore } from './modules/groups/group-store.ts';
import { createOutlet } from './modules/outlet.ts';
import { createProfileStore } from './modules/profiles/profile-store.ts';
import { createTell, type Tell } from './modules/tell.ts';
import type { Platform } from './platform/platform.ts';
import * as SDK_ERRORS from './sdk-errors.ts';
import type { ServerClock } from './session/server-clock.ts';
import { createSync, type Sync } from './sync/sync.ts';
import type { Link } from './transport/link.ts';
import type { Requests } from './transport/requests.ts';

/** What an engine is made of below its domains. */
export interface EngineParts {
  shell: Shell;
  platform: Platform;
  clock: ServerClock;
  link: Link;
  requests: Requests;
  session(): SessionInfo;
}

/** The domains together, as the session and the connection know them. */
export interface Domains {
  readonly methods: Methods;
  /** Puts what domains have around methods, their own and the session's. */
  wrap(methods: WholeMethods): WholeMethods;
  readonly sync: Sync;
  tell: Tell;
  /** Takes in the server's answer to a login, at once: pushes may stand behind it in the frame. */
  apply(reply: ReplyOf<'session.login'>): void;
  /** The server can be asked again. */
  retry(): void;
  /** Loads all that must be there before SDK_READY. */
  prepare(): Promise<unknown>;
  /** Shows the lists, right before SDK_READY. */
  present(): void;
  /** Forgets everything of the user. */
  wipe(): void;
}

/** Makes the domains, and what they share: the stores, the sync, the way to the server and to the application. */
export function createDomains(parts: EngineParts, factories: readonly EngineModuleFactory[]): Domains {
  const { platform, clock, link, requests, session } = parts;
  const { emitter, logger } = parts.shell;
  const groups = createGroupStore();
  const profiles = createProfileStore();
  const userID = (): string => session().userID;
  const conversations = createConversationStore({ groups, profiles, userID, nowMs: clock.nowMs });
  const outlet = createOutlet(platform, emitter.emit, {
    conversations: conversations.list,
    groups: groups.mine,
    unread: conversations.totalUnread,
    shown: () => tell('onShown', []),
  });
  const errands = createErrands(platform);
  const tell = createTell(() => modules);
  const load = (): Promise<unknown> => Promise.all(modules.map(async ({ prepare }) => prepare?.()));

  const target: Parameters<typeof createSync>[2] = {
    reset(snapshots, isSameEpoch) {
      tell('onReset', [snapshots, isSameEpoch]);
      if (!session().isReady) return;
      emitter.emit('sdkReload', undefined);
      load().catch((error: unknown) => logger.warn('Not everything could be read', { cause: String(error) }));
    },
    adopt: (...snapshot) => tell('onSnapshot', snapshot),
    event: (conversationID, pos, event) => tell('onEvent', [conversationID, event, pos], event.t),
    inbox: (event) => tell('onInbox', [event], event.t),
  };
  const sync = createSync(platform, requests, target, link.restart);

  const context: EngineContext = {
    ...askingWith(parts, sync, tell),
    ...parts.shell,
    ...emitter,
    conversations,
    groups,
    profiles,
    outlet,
    sync,
    session,
    platform,
    timers: platform,
    tell,
    insist: errands.add,
    wantConversation: (conversationID) =>
      errands.add(`look up ${conversationID}`, () => context.refreshConversation(conversationID)),
    call: requests.call,
    isConnected: link.isUp,
    wantConnection: link.want,
    nowMs: clock.nowMs,
    random32: () => Math.floor(platform.random() * 2 ** 32),
  };
  const modules: EngineModule[] = factories.map((make) => make(context));

  return {
    methods: modules.reduce<Methods>((all, { methods }) => ({ ...all, ...methods }), {}),
    wrap: (methods) => modules.reduce((all, { wrap }) => (wrap ? wrap(all) : all), methods),
    sync,
    tell,
    apply(reply) {
      clock.set(reply.timeMs);
      tell('onLogin', [reply]);
      sync.login(reply.sync);
    },
    retry: errands.retry,
    prepare: () => Promise.all([load(), sync.caughtUp()]),
    present: outlet.present,
    wipe() {
      tell('onLogout', []);
      for (const part of [errands, sync, conversations, groups, profiles, outlet]) part.clear();
    },
  };
}

/** A snapshot may be older than what came meanwhile: then it is asked for again, but not for ever. */
const REFRESHES = 3;

/** The ways in which a domain asks the server. */
function askingWith(
  { requests, session }: EngineParts,
  sync: Sync,
  tell: Tell,
): Pick<EngineContext, 'request' | 'change' | 'refreshConversation'> {
  const request: EngineContext['request'] = (name, body, options) =>
    new Promise((resolve, reject) => {
      if (!session().userID) return reject(sdkError(SDK_ERRORS.notLoggedIn));
      const settle: Parameters<typeof requests.call<typeof name>>[2] = (answer) =>
        answer.isOk ? resolve(answer.reply) : reject(answer.error);
      requests.call(name, body, settle, options);
    });
  return {
    request,
    async change(name, body, options) {
      const reply = await request(name, body, options);
      await sync.refresh();
      return reply;
    },
    async refreshConversation(conversationID) {
      for (let tries = 1; ; tries++) {
        const { conversation } = await request('conversation.get', { conversationID });
        const pos = sync.pos(conversationID);
        const isBehind = pos !== undefined && conversation.pos < pos;
        if (isBehind && tries < REFRESHES) continue;
        sync.reach(conversationID, conversation.pos);
        return tell('onSnapshot', [conversation, isBehind ? 'behind' : 'ahead']);
      }
    },
  };
}
