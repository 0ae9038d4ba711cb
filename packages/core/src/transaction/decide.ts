import { ImError, type Refusal, refusalOf } from '../errors.ts';
import type { Command } from './command.ts';
import { decisions } from './decisions.ts';
import type { Decision, Locks, Transaction } from './transaction.ts';

function decisionOf(command: Command): Decision<unknown, unknown> {
  // Sound by construction: `Command` pairs each type with the body of its own decision.
  return decisions[command.type] as Decision<unknown, unknown>;
}

/** Which scopes an engine must lock before it lets the command be decided. */
export function locksOf(command: Command): Locks {
  return decisionOf(command).locks(command.body);
}

/** The decision's answer, or its refusal. Anything else that is thrown is the engine's own signal, or a bug, and passes through. */
export function decide(
  tx: Transaction,
  command: Command,
): { ok: true; reply: unknown } | { ok: false; refusal: Refusal } {
  try {
    return { ok: true, reply: decisionOf(command).decide(tx, command.body) };
  } catch (error) {
    if (!(error instanceof ImError)) throw error;
    return { ok: false, refusal: refusalOf(error) };
  }
}
