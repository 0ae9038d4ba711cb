import type { CommandName, ReplyOf, RequestOf } from '@sterna/protocol';
import type { Actor } from './actor.ts';
import type { CoreDeps } from './deps.ts';

/** What a session may ask for; its login is the gateway's, as there is no actor before it. */
export type SessionCommand = Exclude<CommandName, 'session.login' | 'session.guest' | 'session.ping'>;

/**
 * One function for each command: the same for every entrance. `call` is the request's number in its session, which it keeps when it
 * is sent again.
 */
export type UseCases<Name extends SessionCommand = SessionCommand> = {
  [N in Name]: (deps: CoreDeps, actor: Actor, request: RequestOf<N>, call?: number) => Promise<ReplyOf<N>>;
};
