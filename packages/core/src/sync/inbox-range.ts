import { type InboxEvent, type InboxRange, LIMITS } from '@sterna/protocol';
import type { ReadDeps } from '../deps.ts';
import { ImError } from '../errors.ts';
import { inboxLog, keys } from '../keys.ts';
import { decode, inboxEventOf } from '../records.ts';

/** One page of the user's inbox. */
export async function inboxAfter(
  deps: ReadDeps,
  app: number,
  userID: string,
  request: { epoch: string; after: number },
): Promise<{ inbox: InboxRange; more: boolean }> {
  const top = await inboxPos(deps, app, userID);
  if (request.epoch !== deps.store.epoch || request.after > top)
    throw new ImError('reset', `the inbox ends at ${top}`);
  const entries = await deps.store.entries({
    log: inboxLog(app, userID),
    after: request.after,
    limit: LIMITS.syncPage,
  });
  const events = entries.map((entry): [number, InboxEvent] => [entry.pos, inboxEventOf(entry)]);
  const to = Math.max(request.after, entries.at(-1)?.pos ?? 0);
  return { inbox: { from: request.after + 1, to, events }, more: entries.length === LIMITS.syncPage };
}

/** The newest position of the user's inbox. */
export async function inboxPos(deps: ReadDeps, app: number, userID: string): Promise<number> {
  const [head] = await deps.store.get([keys.inboxHead(app, userID)]);
  return decode.head(head).pos;
}
