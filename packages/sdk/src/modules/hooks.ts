import type { ConversationEvent, InboxEvent, PushBody, PushName, ReplyOf } from '@sterna/protocol';
import type { SnapshotKind } from '../sync/sync.ts';
import type { EngineModule } from './engine-module.ts';
import type { Snapshot } from './conversations/conversation-store.ts';

/** Tells all domains of what happens, in the order in which they are listed. */
export interface Hooks {
  use(modules: readonly EngineModule[]): void;
  login(reply: ReplyOf<'session.login'>): void;
  logout(): void;
  prepare(): Promise<unknown>;
  reset(snapshots: readonly Snapshot[], isSameEpoch: boolean): void;
  snapshot(snapshot: Snapshot, kind: SnapshotKind): void;
  event(conversationID: string, pos: number, event: ConversationEvent): void;
  inbox(event: InboxEvent): void;
  push<Name extends PushName>(name: Name, body: PushBody<Name>): void;
}

/** The table of a module has for each name a handler of that name's events. */
type AnyEventHandler = (conversationID: string, event: ConversationEvent, pos: number) => void;
type AnyInboxHandler = (event: InboxEvent) => void;

export function createHooks(): Hooks {
  let modules: readonly EngineModule[] = [];
  const each = (run: (module: EngineModule) => void): void => modules.forEach(run);
  return {
    use: (all) => void (modules = all),
    login: (reply) => each(({ onLogin }) => onLogin?.(reply)),
    logout: () => each(({ onLogout }) => onLogout?.()),
    prepare: () => Promise.all(modules.map(async ({ prepare }) => prepare?.())),
    reset: (snapshots, isSameEpoch) => each(({ onReset }) => onReset?.(snapshots, isSameEpoch)),
    snapshot: (snapshot, kind) => each(({ onSnapshot }) => onSnapshot?.(snapshot, kind)),
    event(conversationID, pos, event) {
      each(({ onEvent }) => {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see the type
        const handle = onEvent?.[event.t] as AnyEventHandler | undefined;
        handle?.(conversationID, event, pos);
      });
    },
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see the type
    inbox: (event) => each(({ onInbox }) => (onInbox?.[event.t] as AnyInboxHandler | undefined)?.(event)),
    push: (name, body) => each(({ onPush }) => onPush?.[name]?.(body)),
  };
}
