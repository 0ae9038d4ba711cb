import {
  type Actor,
  type CoreDeps,
  type GuestCommand,
  guestUseCases,
  type SessionCommand,
  useCases,
} from '@sterna/core';
import type { CommandName, RequestOf } from '@sterna/protocol';

/** A request that its command's schema has accepted. */
export type AcceptedCommand = { [Name in CommandName]: { name: Name; body: RequestOf<Name> } }[CommandName];

/** Sound where `body` is what the schema of the command `name` has made of a request. */
export function accepted(name: string, body: unknown): AcceptedCommand {
  return { name, body } as AcceptedCommand;
}

type AnyUseCase = (deps: CoreDeps, actor: Actor, body: unknown) => Promise<unknown>;

/** Runs the use case of a command: the table has, for each name, a function of that name's request. */
export function runUseCase(deps: CoreDeps, actor: Actor, { name, body }: AcceptedCommand): Promise<unknown> {
  const useCase = useCases[name as SessionCommand] as AnyUseCase;
  return useCase(deps, actor, body);
}

type AcceptedGuestCommand = Extract<AcceptedCommand, { name: GuestCommand }>;

/** The command, if somebody without a login may ask it. */
export function guestCommand(command: AcceptedCommand): AcceptedGuestCommand | undefined {
  return Object.hasOwn(guestUseCases, command.name) ? (command as AcceptedGuestCommand) : undefined;
}

export function runGuestCommand(
  deps: CoreDeps,
  guest: Actor,
  { name, body }: AcceptedGuestCommand,
): Promise<unknown> {
  return (guestUseCases[name] as AnyUseCase)(deps, guest, body);
}
