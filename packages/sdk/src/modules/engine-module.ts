import type { ImError } from '../errors.ts';
import type { CommandName, ConversationEvent, InboxEvent, ReplyOf, RequestOf } from '@sterna/protocol';
import type { Emitter } from '../emitter.ts';
import type { Gate } from '../facade.ts';
import type { DomainModule, Methods, ModuleContext } from '../module.ts';
import type { Platform } from '../platform/platform.ts';
import type { SnapshotKind, Sync } from '../sync/sync.ts';
import type { Message } from '../types/message.ts';
import type { Abort, SendMessageOptions } from '../types/send.ts';
import type { CreateOptions } from '../types/sdk.ts';
import type { Answer, EndRequest, RequestOptions } from '../transport/requests.ts';
import type { ConversationStore, Snapshot } from './conversations/conversation-store.ts';
import type { GroupStore } from './groups/group-store.ts';
import type { Outlet } from './outlet.ts';
import type { ProfileStore } from './profiles/profile-store.ts';
import type { Tell } from './tell.ts';

/** What the engine's own domains share beside the public context. Still no socket, no platform. */
export interface EngineContext extends ModuleContext {
  request<Name extends CommandName>(
    name: Name,
    body: RequestOf<Name>,
    options?: RequestOptions,
  ): Promise<ReplyOf<Name>>;
  /** The same for what changes something of mine: resolves when the inbox has brought it to this device too. */
  change: EngineContext['request'];
  readonly options: CreateOptions;
  readonly conversations: ConversationStore;
  readonly groups: GroupStore;
  readonly profiles: ProfileStore;
  readonly outlet: Outlet;
  readonly gate: Gate;
  /** What applications hear, in the order of registration. */
  readonly on: Emitter['on'];
  readonly sync: Sync;
  /** Brings a message's file to the server, and writes into the message where it is. Set by the domain of uploads. */
  upload?: (message: Message, signal?: Abort) => Promise<void>;
  /** Sends a message that is right by its making. Set by the domain of messages. */
  send?: (message: Message, options: SendMessageOptions) => Promise<unknown>;
  /** Brings a list that is too long for a message to the server. Set by the domain of merged messages. */
  storeApart?: (message: Message) => Promise<void> | undefined;
  /** Lets a registered filter change a text, or answers that it may not be said. Set by the domain of filters. */
  filterText?: (message: Message, options: SendMessageOptions | undefined) => ImError | undefined;
  readonly timers: Pick<Platform, 'setTimer' | 'random' | 'monotonicMs'>;
  /** For a connection of a domain's own. */
  readonly platform: Platform;
  /** Like `request`, for those who must know in the turn in which the answer comes, and may cancel. */
  call<Name extends CommandName>(
    name: Name,
    body: RequestOf<Name>,
    answer: (answer: Answer<ReplyOf<Name>>) => void,
    options?: RequestOptions,
  ): EndRequest;
  /** The same for somebody who has not logged in: who joins or quits a live room. Set by the domain of live rooms. */
  askAsGuest?: EngineContext['request'];
  /** A live room is not to be joined again, unless it turns out that this cannot be quit. Set by the same. */
  leaveRoom?: (conversationID: string, quit: Promise<unknown>) => void;
  /** Hands to all domains what did not come through a log. */
  readonly tell: Tell;
  /** The server can be asked right now. */
  isConnected(): boolean;
  /** Whoever waits to connect waits no longer than it must: somebody has something to say. */
  wantConnection(): void;
  /** Loads what a conversation's own log does not tell: the peer, the group, the exact count of what is unread. */
  refreshConversation(conversationID: string): Promise<void>;
  /** Does this until it worked or the server said no, over whatever connections; a newer errand of the name replaces it. */
  insist(name: string, run: () => Promise<unknown>): void;
  /** The same as `refreshConversation`, but nobody waits for it: it comes when it can be had. */
  wantConversation(conversationID: string): void;
}

type EventOf<Event extends { t: string }, Name> = Extract<Event, { t: Name }>;

/** A domain that takes part in the sync: each event comes once, in the order of its log. */
export interface EngineModule extends DomainModule {
  readonly onEvent?: {
    readonly [Name in ConversationEvent['t']]?: (
      conversationID: string,
      event: EventOf<ConversationEvent, Name>,
      pos: number,
    ) => void;
  };
  readonly onInbox?: { readonly [Name in InboxEvent['t']]?: (event: EventOf<InboxEvent, Name>) => void };
  /** The device starts anew from these. Message numbers mean what they meant only in the same epoch. */
  readonly onReset?: (snapshots: readonly Snapshot[], isSameEpoch: boolean) => void;
  readonly onSnapshot?: (snapshot: Snapshot, kind: SnapshotKind) => void;
  /** Right after the list of conversations was told, at the rate at which it is. */
  readonly onShown?: () => void;
  /** Puts something around methods, those of the session among them. */
  readonly wrap?: (methods: WholeMethods) => WholeMethods;
  /** What must be loaded before SDK_READY, and after each reset. */
  readonly prepare?: () => Promise<void>;
}

/** What all domains have, and the session. */
export type WholeMethods = Methods & Required<Pick<Methods, 'login' | 'logout' | 'destroy'>>;

export type EngineModuleFactory = (context: EngineContext) => EngineModule;
