import type { CommandName, PushBody, PushName, ReplyOf, RequestOf } from '@sterna/protocol';
import type { Emitter } from './emitter.ts';
import type { Gate } from './facade.ts';
import type { Logger } from './logger.ts';
import type { SYNC_METHODS } from './methods.ts';
import type { Plugins } from './plugins.ts';
import type { IMResponse } from './types/result.ts';
import type { ChatSDK, CreateOptions } from './types/sdk.ts';

/**
 * The seam between the public face and the engine.
 *
 * `composeTIM(engine)` makes the default export. For each `create` it builds a `Shell` and asks the engine for the
 * methods that are built; the facade turns them into the public object and answers for the rest of the 150 names.
 * The engine is itself composed: the connection and the session, and a list of domain modules. The whole build names
 * all modules, a modular build those that it needs; there is no other difference between the two.
 */

/** What a method gives to the facade: the `data` of its answer alone; nothing stands for an empty one. */
type Plain<Answer> =
  Answer extends Promise<IMResponse<infer Data>>
    ? Data | (object extends Data ? void : never) | Promise<Data | (object extends Data ? void : never)>
    : Answer;

/**
 * Some of the public methods, as a module implements them: they may throw, the facade rejects; they return plain data,
 * the facade adds the `code`; and but for `login`, `logout` and `destroy` they are called only when somebody is logged in.
 */
export type Methods = {
  [Name in keyof ChatSDK]?: Name extends keyof typeof SYNC_METHODS
    ? ChatSDK[Name]
    : (...args: Parameters<ChatSDK[Name]>) => Plain<ReturnType<ChatSDK[Name]>>;
};

/** What outlives the engine of one instance and is shared by all its parts. */
export interface Shell {
  readonly options: CreateOptions;
  readonly emitter: Emitter;
  readonly logger: Logger;
  readonly plugins: Plugins;
  readonly gate: Gate;
  /** Takes the instance out of the registry: the next `create` makes a new one. */
  free(): void;
}

/** Builds everything behind one instance. What it returns is what is built: `docs/compatibility.md` is made from it. */
export type EngineFactory = (shell: Shell) => Methods;

/** Who is logged in; empty strings and false while nobody is. */
export interface SessionInfo {
  readonly SDKAppID: number;
  readonly userID: string;
  readonly tinyID: string;
  readonly isReady: boolean;
}

/** All that a domain module knows of the world: no socket, no clock, no platform. */
export interface ModuleContext {
  readonly session: () => SessionInfo;
  /** Sends one command; rejects with an `ImError`, 2024 when nobody is logged in. */
  request<Name extends CommandName>(name: Name, body: RequestOf<Name>): Promise<ReplyOf<Name>>;
  readonly emit: Emitter['emit'];
  /** The server's time as estimated here. */
  nowMs(): number;
  /** 32 random bits. */
  random32(): number;
  readonly logger: Logger;
  readonly plugins: Plugins;
}

export interface DomainModule {
  readonly methods: Methods;
  readonly onPush?: { readonly [Name in PushName]?: (body: PushBody<Name>) => void };
  /** A login begins: there may be no other connection beside its own. */
  readonly onConnect?: () => void;
  /** After each login and each reconnect, with the server's answer, before SDK_READY. */
  readonly onLogin?: (reply: ReplyOf<'session.login'>) => void;
  /** Forgets everything of the user. */
  readonly onLogout?: () => void;
}

export type ModuleFactory = (context: ModuleContext) => DomainModule;
