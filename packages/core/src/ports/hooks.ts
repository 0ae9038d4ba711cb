import type { Command } from '../transaction/command.ts';

/** What a hook says before a command is decided. A veto carries the app's own code and text. */
export type Verdict = { allow: true } | { allow: false; code: number; text: string };

/**
 * The app's say in the matter. `before` is asked with the whole command before anything is decided;
 * `topics` are the event types for which the store keeps an outbox row, written in the command's own transaction.
 */
export interface Hooks {
  /** Whether `before` wants to hear of this type at all: when not, the command takes no asynchronous step. */
  wants(type: Command['type']): boolean;
  before(command: Command): Promise<Verdict>;
  readonly topics: ReadonlySet<string>;
}

/** No hooks configured. */
export const noHooks: Hooks = {
  wants: () => false,
  before: async () => ({ allow: true }),
  topics: new Set(),
};
