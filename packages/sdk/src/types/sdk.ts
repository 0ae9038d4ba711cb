import type { EVENT, TSignaling, TYPES, VERSION } from '../constants.ts';
import type { ConversationMethods } from './conversation-methods.ts';
import type { EventHandler, TIMEvent } from './events.ts';
import type { GroupMemberMethods, GroupMethods, TopicMethods } from './group-methods.ts';
import type { MessageMethods } from './message-methods.ts';
import type { Message } from './message.ts';
import type { ProfileMethods, RelationMethods, UserStatusMethods } from './people-methods.ts';
import type { PluginMap } from './plugin.ts';
import type { IMError, IMResponse } from './result.ts';
import type {
  InvitationOptions,
  InviteInGroupOptions,
  InviteOptions,
  Signaling,
  SignalingEventMap,
} from './signaling.ts';
import type { EventName, LogLevel, SignalingEventName } from './values.ts';

export interface LoginResult {
  actionStatus: 'OK';
  errorCode: 0;
  errorInfo: '';
  tinyID: string;
  /** Present when this user was logged in already. */
  repeatLogin?: true;
}

export interface LifecycleMethods {
  /** Resolves before `SDK_READY`; logging in again as the same user changes nothing. */
  login(options: { userID: string; userSig: string }): Promise<IMResponse<LoginResult>>;
  /** Ours: resolves when the SDK is ready, at once when it is already. */
  ready(): Promise<void>;
  logout(): Promise<IMResponse<object>>;
  /** Logs out and frees the instance: the next `create` makes a new one. */
  destroy(): Promise<IMResponse<object>>;
  isReady(): boolean;
  /** Empty while nobody is logged in. */
  getLoginUser(): string;
  /** The server's clock in seconds, as estimated here. */
  getServerTime(): number;
  /** The published switchboard: unknown keys resolve with an empty `data`. */
  callExperimentalAPI(key: 'canIUseModule', moduleList?: string | string[]): boolean;
  callExperimentalAPI(key: string, params?: unknown): Promise<IMResponse<object>>;
  /** A method of 2.6 only; the log goes to the console or to your own logger. */
  downloadLog(): void;
}

export interface ListenerMethods {
  on<Name extends EventName>(name: Name, handler: EventHandler<Name>, context?: unknown): void;
  once<Name extends EventName>(name: Name, handler: EventHandler<Name>, context?: unknown): void;
  /** Takes the function that was given to `on` or `once`. */
  off<Name extends EventName>(name: Name, handler: EventHandler<Name>, context?: unknown): void;
  setLogLevel(level: LogLevel): void;
  registerPlugin(plugins: PluginMap): void;
}

export type SignalingHandler<Name extends SignalingEventName> = (
  event: TIMEvent<Name, SignalingEventMap[Name]>,
) => unknown;
export type SignalingResult = IMResponse<{ inviteID: string; message?: Message }>;
export type SignalingSuccess = (result: SignalingResult) => void;
export type SignalingFailure = (error: IMError) => void;

export interface SignalingMethods {
  addSignalingListener<Name extends SignalingEventName>(
    name: Name,
    handler: SignalingHandler<Name>,
    context?: unknown,
  ): void;
  removeSignalingListener<Name extends SignalingEventName>(
    name: Name,
    handler: SignalingHandler<Name>,
    context?: unknown,
  ): void;
  invite(options: InviteOptions): Promise<SignalingResult>;
  /** Returns the invitation's ID at once and reports by callbacks. */
  inviteSync(options: InviteOptions, onSuccess?: SignalingSuccess, onError?: SignalingFailure): string;
  inviteInGroup(options: InviteInGroupOptions): Promise<SignalingResult>;
  inviteInGroupSync(
    options: InviteInGroupOptions,
    onSuccess?: SignalingSuccess,
    onError?: SignalingFailure,
  ): string;
  cancel(options: InvitationOptions): Promise<SignalingResult>;
  accept(options: InvitationOptions): Promise<SignalingResult>;
  reject(options: InvitationOptions): Promise<SignalingResult>;
  modifyInvitation(options: InvitationOptions & { data: string }): Promise<SignalingResult>;
  /** Null for a message that is no signal. */
  getSignalingInfo(message: Message): Signaling | null;
}

/** The instance: every method of 2.6, 2.27 and 3.6. No method needs `this`, none throws. */
export interface ChatSDK
  extends
    LifecycleMethods,
    ListenerMethods,
    MessageMethods,
    ConversationMethods,
    GroupMethods,
    GroupMemberMethods,
    TopicMethods,
    ProfileMethods,
    RelationMethods,
    UserStatusMethods,
    SignalingMethods {}

export interface CreateOptions {
  SDKAppID: number;
  /** The server's WebSocket address; a page served by the server needs none. */
  proxyServer?: string | undefined;
  fileUploadProxy?: string | undefined;
  fileDownloadProxy?: string | undefined;
  oversea?: boolean | undefined;
  scene?: string | undefined;
  /** Files go by a registered plug-in or not at all (2040). Without it, what no plug-in carries the SDK sends by itself. */
  useUploadPlugin?: boolean | undefined;
  /**
   * Ours, in builds that have the domain: keeps the list and the newest messages of the last user on this device, so that they
   * show before the network answers, and without one. A logout, or another login, removes them.
   */
  offlineCache?: boolean | undefined;
  /** Whatever else an application passes is ignored. */
  [option: string]: unknown;
}

/** What an application may set on the global object before a login, where the platform does not tell it. */
export interface SternaGlobals {
  /** The server's WebSocket address. */
  STERNA_SERVER?: string | undefined;
  /** Subscribes to whether the app is in front, which React Native tells by its `AppState`; returns how to end that. */
  STERNA_FOREGROUND?: ((listener: (isInFront: boolean) => void) => () => void) | undefined;
}

/** The default export. */
export interface TIMStatic {
  /** One instance per SDKAppID: a second call returns the first one's. */
  create: (options: CreateOptions) => ChatSDK;
  EVENT: typeof EVENT;
  TYPES: typeof TYPES;
  TSignaling: typeof TSignaling;
  VERSION: typeof VERSION;
  STERNA_VERSION: string;
}
