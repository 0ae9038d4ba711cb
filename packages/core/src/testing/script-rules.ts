import { ImError } from '../errors.ts';
import type { AppendedEntry, EntryRange, Json, LogEvent, Outcome, ScanRange, Store } from '../ports/store.ts';
import type { Command } from '../transaction/command.ts';
import { decide, locksOf } from '../transaction/decide.ts';
import type { Rules } from '../transaction/rules.ts';
import type { Transaction } from '../transaction/transaction.ts';

/** One thing that a scripted command does to the store. */
export type Step =
  | { do: 'get' | 'peek'; key: string }
  | { do: 'scan' | 'peekScan'; range: ScanRange }
  | { do: 'entries' | 'messages' | 'peekMessages'; range: EntryRange }
  | { do: 'set'; key: string; value: Json }
  | { do: 'delete'; key: string }
  /** Adds to the number under a key and answers the sum. */
  | { do: 'add'; key: string; amount: number }
  | { do: 'copy'; from: string; to: string }
  | { do: 'append'; log: string; pos: number; seq?: number; text: string; once?: string }
  /** Appends at the next position, which a head record keeps, and answers it; with a `once` that is there, answers its place. */
  | { do: 'next'; log: string; text: string; isMessage: boolean; once?: string }
  | { do: 'amend'; log: string; pos: number; text: string }
  | { do: 'refuse' }
  | { do: 'throw' };

/** A command that the domain does not have: whatever a test of an engine wants done, under whatever locks. */
export interface Script {
  exclusive: readonly string[];
  shared?: readonly string[];
  steps: readonly Step[];
}

const SCRIPT = 'test.script';

/** The domain's rules, and scripts beside them. */
export const scriptRules: Rules = {
  locksOf(command) {
    const script = scriptOf(command);
    return script === undefined
      ? locksOf(command)
      : { exclusive: script.exclusive, shared: script.shared ?? [] };
  },
  decide(tx, command) {
    const script = scriptOf(command);
    if (script === undefined) return decide(tx, command);
    const reply: Json[] = [];
    for (const step of script.steps) {
      if (step.do === 'refuse')
        return { ok: false, refusal: { reason: 'noPermission', detail: 'as asked', data: { by: 'script' } } };
      try {
        reply.push(perform(tx, step) ?? null);
      } catch (error) {
        if (error instanceof ImError) return { ok: false, refusal: { reason: error.reason } };
        throw error;
      }
    }
    return { ok: true, reply };
  },
};

function scriptOf(command: Command): Script | undefined {
  const { type, body } = command as { type: string; body: unknown };
  return type === SCRIPT ? (body as Script) : undefined;
}

/** The script as a store takes it. */
export function scripted(script: Script): Command {
  return { type: SCRIPT, body: script } as unknown as Command;
}

/** Executes a script that must succeed; answers what its steps answered. */
export async function play(
  store: Store,
  script: Script,
): Promise<{ reply: Json[]; entries: readonly AppendedEntry[] }> {
  return played(await store.execute(scripted(script)));
}

export function played(outcome: Outcome): { reply: Json[]; entries: readonly AppendedEntry[] } {
  if (!outcome.ok) throw new Error(`the script was refused: ${JSON.stringify(outcome.refusal)}`);
  const { reply, entries } = plain(outcome);
  return { reply: reply as Json[], entries };
}

/** The outcome as every engine tells it: without the JSON of its events, which must be right where it is there. */
export function plain<Ended extends Outcome>(outcome: Ended): Ended {
  if (!outcome.ok) return outcome;
  const entries = outcome.entries.map(({ json, ...entry }) => {
    if (json !== undefined && json !== JSON.stringify(entry.event))
      throw new Error(`${json} is another event`);
    return entry;
  });
  return { ...outcome, entries };
}

type Read = Extract<
  Step,
  { do: 'get' | 'peek' | 'scan' | 'peekScan' | 'entries' | 'messages' | 'peekMessages' }
>;

function perform(tx: Transaction, step: Exclude<Step, { do: 'refuse' }>): Json | undefined {
  switch (step.do) {
    case 'set':
      tx.set(step.key, step.value);
      return undefined;
    case 'delete':
      tx.delete(step.key);
      return undefined;
    case 'copy':
      tx.set(step.to, tx.get(step.from) ?? null);
      return undefined;
    case 'append':
      tx.append(step.log, entryOf(step));
      return undefined;
    case 'amend':
      tx.amend(step.log, step.pos, textEvent(step.text));
      return undefined;
    case 'add':
      return addTo(tx, step.key, step.amount);
    case 'next':
      return appendNext(tx, step);
    case 'throw':
      throw new TypeError('a planted bug');
    default:
      return read(tx, step);
  }
}

function read(tx: Transaction, step: Read): Json | undefined {
  switch (step.do) {
    case 'get':
      return tx.get(step.key);
    case 'peek':
      return tx.peek(step.key);
    case 'scan':
      return tx.scan(step.range);
    case 'peekScan':
      return tx.peekScan(step.range);
    case 'entries':
      return tx.entries(step.range) as unknown as Json;
    case 'messages':
      return tx.messages(step.range) as unknown as Json;
    case 'peekMessages':
      return tx.peekMessages(step.range) as unknown as Json;
  }
}

function addTo(tx: Transaction, key: string, amount: number): number {
  const sum = Number(tx.get(key) ?? 0) + amount;
  tx.set(key, sum);
  return sum;
}

function appendNext(tx: Transaction, { log, text, isMessage, once }: Extract<Step, { do: 'next' }>): Json {
  const place = once === undefined ? undefined : tx.get(once);
  if (place !== undefined) return place;
  const key = `${log}/head`;
  const head = (tx.get(key) ?? { pos: 0, seq: 0 }) as { pos: number; seq: number };
  const next = { pos: head.pos + 1, seq: head.seq + (isMessage ? 1 : 0) };
  tx.append(
    log,
    entryOf({ pos: next.pos, ...(isMessage && { seq: next.seq }), text, ...(once && { once }) }),
  );
  tx.set(key, next);
  return next;
}

function entryOf({ pos, seq, text, once }: { pos: number; seq?: number; text: string; once?: string }) {
  return { pos, ...(seq !== undefined && { seq }), event: textEvent(text), ...(once && { once }) };
}

/** The smallest event that a log may hold, carrying a text. */
export function textEvent(text: string): LogEvent {
  return { t: 'group', by: text, timeMs: 0, changes: {} };
}

/** What an entry made by {@link textEvent} carries. */
export function textOf(event: LogEvent): string | undefined {
  return event.t === 'group' ? event.by : undefined;
}
