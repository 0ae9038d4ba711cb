import { type Actor, type CoreDeps, type SessionCommand, useCases } from '@sterna/core';
import type { CommandName, RequestOf } from '@sterna/protocol';

/** A request that its command's schema has accepted. */
export type AcceptedCommand = { [Name in CommandName]: { name: Name; body: RequestOf<Name> } }[CommandName];

/** Sound where `body` is what the schema of the command `name` has made of a request. */
export function accepted(name: string, body: unknown): AcceptedCommand {
  return { name, body } as AcceptedCommand;
}

/** Runs the use case of a command: the table has, for each name, a function of that name's request. */
export function runUseCase(deps: CoreDeps, actor: Actor, { name, body }: AcceptedCommand): Promise<unknown> {
  const useCase = useCases[name as SessionCommand] as (
    deps: CoreDeps,
    actor: Actor,
    body: unknown,
  ) => Promise<unknown>;
  return useCase(deps, actor, body);
}
