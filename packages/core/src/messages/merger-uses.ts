import { LIMITS, type StoredElement } from '@sterna/protocol';
import type { ReadDeps } from '../deps.ts';
import { ImError } from '../errors.ts';
import { keys, mergeLocks } from '../keys.ts';
import { decode } from '../records.ts';
import type { Locks, Transaction } from '../transaction/transaction.ts';

/** A message that names lists kept apart. */
interface MergerUser {
  app: number;
  log: string;
  seq: number;
}

/** Keys of lists that are kept apart, in messages inside of merged ones too: what is in there has no shape of its own here. */
export function mergerKeysIn(merged: unknown): string[] {
  const found = new Set<string>();
  collect(merged, found);
  return [...found];
}

function collect(value: unknown, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (name !== 'downloadKey') collect(inner, found);
    else if (typeof inner === 'string' && inner !== '' && inner.length <= LIMITS.mergerKeyLength)
      found.add(inner);
  }
}

/** Whether elements may name lists, without looking for them. */
export function hasMerged(elements: readonly StoredElement[]): boolean {
  return elements.some(({ type }) => type === 'TIMRelayElem');
}

const merged = (elements: readonly StoredElement[]) =>
  elements.filter((element) => element.type === 'TIMRelayElem');

/** All lists that can be opened from a message, directly or out of one another. */
export async function mergersWithin(
  { store }: ReadDeps,
  app: number,
  elements: readonly StoredElement[],
): Promise<string[]> {
  const named = mergerKeysIn(merged(elements));
  if (named.length === 0) return [];
  requireFew(named.length);
  const headers = await store.get(named.map((key) => keys.merger(app, key)));
  const all = new Set([...named, ...headers.flatMap((header) => decode.merger(header)?.nested ?? [])]);
  requireFew(all.size);
  return [...all];
}

export function requireFew(count: number): void {
  if (count > LIMITS.mergersInside)
    throw new ImError('messageTooLong', `${count} lists of merged messages inside of one`);
}

/** What a command locks beside the rest to use or release lists. */
export function withMergers(app: number, locks: Locks, mergers: readonly string[]): Locks {
  if (mergers.length === 0) return locks;
  return mergeLocks([...locks.exclusive, ...mergers.map((key) => keys.merger(app, key))], locks.shared);
}

/** The lists were looked up before they could be locked: another version of the message may name others. */
export function requireLocked(elements: readonly StoredElement[], mergers: readonly string[]): void {
  if (mergerKeysIn(merged(elements)).some((key) => !mergers.includes(key)))
    throw new ImError('modifyConflict', 'the message was changed meanwhile');
}

/** Without the lists that a message itself names it says nothing. One inside of another may be gone: what it held was recalled. */
export function requireMergers(
  tx: Transaction,
  app: number,
  elements: readonly StoredElement[],
  mergers: readonly string[],
): void {
  for (const { payload } of merged(elements)) {
    const { downloadKey: key } = payload;
    if (key === '') continue;
    if (!mergers.includes(key) || tx.get(keys.merger(app, key)) === undefined)
      throw new ImError('mergerNotFound');
  }
}

/** Lists stay as long as a message uses them. */
export function useMergers(tx: Transaction, user: MergerUser, mergers: readonly string[]): void {
  for (const key of mergers)
    if (tx.get(keys.merger(user.app, key)) !== undefined) tx.set(keys.mergerUse(user.app, key, user), true);
}

/** A list that no other message uses goes with the message. */
export function releaseMergers(tx: Transaction, user: MergerUser, mergers: readonly string[]): void {
  const { app } = user;
  for (const key of mergers) {
    const use = keys.mergerUse(app, key, user);
    if (tx.get(use) === undefined) continue;
    tx.delete(use);
    dropUnused(tx, app, key);
  }
}

export const isUsed = (tx: Transaction, app: number, key: string): boolean =>
  tx.scan({ prefix: keys.mergerUses(app, key), limit: 1 }).length > 0;

/** A list goes with all its parts, if no message uses it. */
export function dropUnused(tx: Transaction, app: number, key: string): void {
  if (isUsed(tx, app, key)) return;
  tx.delete(keys.merger(app, key));
  const parts = { prefix: keys.mergerParts(app, key), limit: LIMITS.mergedMessages };
  for (const [part] of tx.scan(parts)) tx.delete(part);
}
