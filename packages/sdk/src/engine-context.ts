import { createErrands, type Errands } from './errands.ts';
import { sdkError } from './errors.ts';
import type { SessionInfo, Shell } from './module.ts';
import { createConversationStore } from './modules/conversations/conversation-store.ts';
import type { EngineContext } from './modules/engine-module.ts';
import { createGroupStore } from './modules/groups/group-store.ts';
import { createHooks, type Hooks } from './modules/hooks.ts';
import { createOutlet } from './modules/outlet.ts';
import { createProfileStore } from './modules/profiles/profile-store.ts';
import type { Platform } from './platform/platform.ts';
import * as SDK_ERRORS from './sdk-errors.ts';
import type { ServerClock } from './session/server-clock.ts';
import { createSync } from './sync/sync.ts';
import type { Link } from './transport/link.ts';
import type { Requests } from './transport/requests.ts';

export interface ContextParts {
  shell: Shell;
  platform: Platform;
  clock: ServerClock;
  link: Link;
  requests: Requests;
  session(): SessionInfo;
}

/** A snapshot may be older than what came meanwhile: then it is asked for again, but not for ever. */
const REFRESHES = 3;

/** What the domains share: the stores, the sync, the way to the server and to the application. */
export function createContext(parts: ContextParts): {
  context: EngineContext;
  hooks: Hooks;
  errands: Errands;
} {
  const { shell, platform, clock, link, requests, session } = parts;
  const { emitter, logger, plugins } = shell;
  const hooks = createHooks();
  const groups = createGroupStore();
  const profiles = createProfileStore();
  const userID = (): string => session().userID;
  const conversations = createConversationStore({ groups, profiles, userID, nowMs: clock.nowMs });
  const outlet = createOutlet(platform, emitter.emit, {
    conversations: conversations.list,
    groups: groups.mine,
    unread: conversations.totalUnread,
  });

  const sync = createSync(
    platform,
    requests,
    {
      reset(snapshots, isSameEpoch) {
        hooks.reset(snapshots, isSameEpoch);
        if (!session().isReady) return;
        emitter.emit('sdkReload', undefined);
        hooks
          .prepare()
          .catch((error: unknown) =>
            logger.warn('Not everything could be read anew', { cause: String(error) }),
          );
      },
      adopt: hooks.snapshot,
      event: hooks.event,
      inbox: hooks.inbox,
    },
    () => link.restart('later'),
  );

  const request = createRequest(requests, userID);
  const change: EngineContext['request'] = async (name, body, options) => {
    const reply = await request(name, body, options);
    await sync.refresh();
    return reply;
  };

  async function refreshConversation(conversationID: string): Promise<void> {
    for (let tries = 1; ; tries++) {
      const { conversation } = await request('conversation.get', { conversationID });
      const pos = sync.pos(conversationID);
      const isBehind = pos !== undefined && conversation.pos < pos;
      if (isBehind && tries < REFRESHES) continue;
      sync.reach(conversationID, conversation.pos);
      return hooks.snapshot(conversation, isBehind ? 'behind' : 'ahead');
    }
  }

  const errands = createErrands(platform);

  const context: EngineContext = {
    options: shell.options,
    conversations,
    groups,
    profiles,
    outlet,
    sync,
    logger,
    plugins,
    timers: platform,
    session,
    request,
    change,
    refreshConversation,
    insist: errands.add,
    wantConversation: (conversationID) =>
      errands.add(`look up ${conversationID}`, () => refreshConversation(conversationID)),
    call: requests.call,
    isConnected: link.isUp,
    emit: emitter.emit,
    nowMs: clock.nowMs,
    random32: () => Math.floor(platform.random() * 2 ** 32),
  };
  return { context, hooks, errands };
}

/** A request of somebody who is logged in, as a promise. */
function createRequest(requests: Requests, userID: () => string): EngineContext['request'] {
  return (name, body, options) =>
    new Promise((resolve, reject) => {
      if (!userID()) return reject(sdkError(SDK_ERRORS.notLoggedIn));
      const settle: Parameters<typeof requests.call<typeof name>>[2] = (answer) =>
        answer.ok ? resolve(answer.body) : reject(answer.error);
      requests.call(name, body, settle, options);
    });
}
