import type { ReadDeps } from '../deps.ts';
import { keys } from '../keys.ts';
import { decode, type Head } from '../records.ts';

/** Where a log stands. */
export async function readHead(deps: ReadDeps, log: string): Promise<Head> {
  const [head] = await deps.store.get([keys.head(log)]);
  return decode.head(head);
}
