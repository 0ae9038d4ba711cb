import {
  type Actor,
  type CoreDeps,
  type GuestCommand,
  guestUseCases,
  ImError,
  type SessionCommand,
  useCases,
} from '@sterna/core';
import { acceptanceOf, type CommandName, commands, type RequestOf } from '@sterna/protocol';
import * as v from 'valibot';
import { invalidRequest } from './invalid-request.ts';

/** A request that its command's schema has accepted. */
export type AcceptedCommand = { [Name in CommandName]: { name: Name; body: RequestOf<Name> } }[CommandName];

/** Sound where `body` is what the schema of the command `name` has made of a request. */
function accepted(name: string, body: unknown): AcceptedCommand {
  return { name, body } as AcceptedCommand;
}

/** The request as its command's schema takes it, or why it does not. */
export function acceptCommand(name: string, body: unknown): AcceptedCommand | ImError {
  const command = commands.get(name);
  if (command === undefined) return new ImError('unknownCommand', JSON.stringify(name));
  if (acceptanceOf(command.request)(body)) return accepted(name, body);
  const parsed = v.safeParse(command.request, body);
  return parsed.success ? accepted(name, parsed.output) : invalidRequest(name, parsed.issues);
}

type AnyUseCase = (deps: CoreDeps, actor: Actor, body: unknown, call?: number) => Promise<unknown>;

/** Runs the use case of a command: the table has, for each name, a function of that name's request. */
export function runUseCase(
  deps: CoreDeps,
  actor: Actor,
  { name, body }: AcceptedCommand,
  call: number,
): Promise<unknown> {
  const useCase = useCases[name as SessionCommand] as AnyUseCase;
  return useCase(deps, actor, body, call);
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
