import { ImError, type Refusal, refusalOf } from '../errors.ts';
import type { Command } from './command.ts';
import { decide, locksOf } from './decide.ts';
import type { Locks, Transaction } from './transaction.ts';

/** What an engine applies to commands. The domain's own rules in production; a test may bring a table of its own. */
export interface Rules {
  locksOf(command: Command): Locks;
  decide(tx: Transaction, command: Command): { ok: true; reply: unknown } | { ok: false; refusal: Refusal };
}

/** The rules of the domain. */
export const domainRules: Rules = { locksOf, decide };

/** A command that names something unparsable cannot even say what it locks: that is its refusal, on every engine. */
export function locksOrRefusal(
  rules: Rules,
  command: Command,
): { ok: true; locks: Locks } | { ok: false; refusal: Refusal } {
  try {
    return { ok: true, locks: rules.locksOf(command) };
  } catch (error) {
    if (!(error instanceof ImError)) throw error;
    return { ok: false, refusal: refusalOf(error) };
  }
}
