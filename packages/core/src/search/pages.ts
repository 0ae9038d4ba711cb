import { LIMITS } from '@sterna/protocol';
import { ImError } from '../errors.ts';

/** A page of a result: where it begins, and as of when the question was asked. */
export interface PageStart {
  offset: number;
  /** What came later is not part of the result: it would shift the pages. */
  asOfMs: number;
}

const CURSOR = /^(\d{1,6})\.(\d{1,16})$/;

/** Says nothing but where to go on: each page is looked for, and checked, anew. */
export function pageStart(cursor: string | undefined, nowMs: number): PageStart {
  if (cursor === undefined || cursor === '') return { offset: 0, asOfMs: nowMs };
  const [, offset = '', asOf = ''] = CURSOR.exec(cursor) ?? [];
  const start = { offset: Number(offset), asOfMs: Number(asOf) };
  const age = nowMs - start.asOfMs;
  if (offset === '' || start.asOfMs > nowMs || age > LIMITS.searchCursorMs)
    throw new ImError('badParameter', 'the cursor of a search is good for two minutes: search again');
  return start;
}

/** One page of what was found, and the cursor for the next; an empty one is the end. */
export function pageOf<Item>(
  found: readonly Item[],
  { offset, asOfMs }: PageStart,
  limit: number,
): { items: Item[]; cursor: string } {
  const end = offset + limit;
  return { items: found.slice(offset, end), cursor: end < found.length ? `${end}.${asOfMs}` : '' };
}
