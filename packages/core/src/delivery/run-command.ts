import { ImError, toImError } from '../errors.ts';
import type { WriteDeps } from '../deps.ts';
import type { EntryNotice } from '../ports/bus.ts';
import type { AppendedEntry } from '../ports/store.ts';
import type { Command, CommandReply } from '../transaction/command.ts';
import { routeOf } from './subjects.ts';

/**
 * Commit, then ack, then publish. The publication is a hint: whoever misses it finds the entries in the store.
 * `origin` names the session whose reply will cover what it caused.
 * Takes no asynchronous step before the store unless a hook wants to be asked, so that a session's commands keep their order.
 */
export function runCommand<C extends Command>(
  deps: WriteDeps,
  command: C,
  origin?: string,
): Promise<CommandReply<C['type']>> {
  if (!deps.hooks.wants(command.type)) return execute(deps, command, origin);
  return askHook(deps, command).then(() => execute(deps, command, origin));
}

function execute<C extends Command>(
  deps: WriteDeps,
  command: C,
  origin: string | undefined,
): Promise<CommandReply<C['type']>> {
  return deps.store.execute(command).then((outcome) => {
    if (!outcome.ok) throw toImError(outcome.refusal);
    for (const entry of outcome.entries) publishEntry(deps, entry, origin);
    // Sound: an engine's reply is the decision's own, and `CommandReply` is its type.
    return outcome.reply as CommandReply<C['type']>;
  });
}

async function askHook(deps: WriteDeps, command: Command): Promise<void> {
  const verdict = await deps.hooks.before(command);
  if (!verdict.allow) throw new ImError('vetoed', verdict.text, { data: { code: verdict.code } });
}

function publishEntry(
  { bus }: WriteDeps,
  { log, pos, event, json }: AppendedEntry,
  origin: string | undefined,
): void {
  const { ref, subjects } = routeOf(log);
  const notice: EntryNotice = { kind: 'entry', ref, log, pos, event };
  if (json !== undefined) notice.json = json;
  if (origin !== undefined) notice.origin = origin;
  for (const subject of subjects) bus.publish(subject, notice);
}
