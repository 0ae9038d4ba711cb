import { ERRORS, LIMITS, type RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { ImError } from '../errors.ts';
import { keys } from '../keys.ts';
import { appendEvent } from '../logs/append.ts';
import { decode, type Extension, load, toJson } from '../records.ts';
import type { Decision, Transaction } from '../transaction/transaction.ts';
import { audienceOf } from './audience.ts';
import { messageLocks, requireMessage } from './require-message.ts';

export interface SetExtensionsBody {
  actor: Actor;
  request: RequestOf<'message.setExtensions'>;
}

interface SetResult {
  key: string;
  value: string;
  revision: number;
  code: number;
}

/** Sets pairs that nobody changed meanwhile; the others keep their newest value, which the result names. */
export const setExtensions: Decision<SetExtensionsBody, { results: SetResult[] }> = {
  locks: ({ actor, request }) => messageLocks(actor, request.conversationID),

  decide(tx, { actor, request }) {
    const { conversationID, seq } = request;
    const { log, event } = requireMessage(tx, actor, conversationID, seq);
    if (!event.supportsExtensions)
      throw new ImError('notSupported', 'the message was sent without extensions');
    const all = storedExtensions(tx, log, seq);
    let room = LIMITS.extensionsOfMessage - all.filter(({ deleted }) => deleted !== true).length;
    let rows = ROWS - all.length;
    const head = load.head(tx, log);
    const pos = head.pos + 1;
    const earlier: Extension[] = [];
    const results = request.extensions.map(({ key, value, revision }): SetResult => {
      const stored = decode.extension(tx.get(keys.extension(log, seq, key)));
      if (stored !== undefined && stored.revision !== revision) {
        return { key, value: stored.value, revision: stored.revision, code: ERRORS.extensionConflict.code };
      }
      const isNew = stored === undefined || stored.deleted === true;
      if (isNew && (room === 0 || (stored === undefined && rows === 0)))
        return { key, value: '', revision: 0, code: ERRORS.tooManyExtensions.code };
      if (isNew) room -= 1;
      if (stored === undefined) rows -= 1;
      else earlier.push(stored);
      const next = { key, value, revision: (stored?.revision ?? 0) + 1 };
      tx.set(keys.extension(log, seq, key), toJson({ ...next, pos }));
      return { ...next, code: 0 };
    });
    const set = new Map(results.filter(({ code }) => code === 0).map(({ key, value }) => [key, value]));
    if (set.size > 0) {
      forgetTold(tx, log, earlier);
      const about = { seq, id: event.id, by: actor.userID, ...audienceOf(event) };
      const pairs = [...set].map(([key, value]) => ({ key, value }));
      appendEvent(tx, log, head, { t: 'extensions', ...about, set: pairs, deleted: [] });
    }
    return { results };
  },
};

/** Deleted pairs stay as revisions, beside the living that fill the message; a key beyond so many of both is refused. */
const ROWS = LIMITS.extensionsOfMessage * 4;

function storedExtensions(tx: Transaction, log: string, seq: number): Extension[] {
  const rows = tx.scan({ prefix: keys.extensions(log, seq), limit: ROWS });
  return rows.flatMap(([, value]) => decode.extension(value) ?? []);
}

/** Takes pairs out of the events that told of them: only the newest of a key is anywhere. */
function forgetTold(tx: Transaction, log: string, extensions: readonly Extension[]): void {
  for (const [pos, told] of Map.groupBy(extensions, (extension) => extension.pos)) {
    const gone = new Set(told.map(({ key }) => key));
    const [entry] = tx.entries({ log, after: pos - 1, limit: 1 });
    if (entry?.event.t !== 'extensions') continue;
    const { set, deleted } = entry.event;
    tx.amend(log, pos, {
      ...entry.event,
      set: set.filter(({ key }) => !gone.has(key)),
      deleted: deleted.filter((key) => !gone.has(key)),
    });
  }
}

/** Of the extensions of a recalled message nothing is kept. */
export function forgetExtensions(tx: Transaction, log: string, seq: number): void {
  const extensions = storedExtensions(tx, log, seq);
  forgetTold(tx, log, extensions);
  for (const { key } of extensions) tx.delete(keys.extension(log, seq, key));
}

export interface DeleteExtensionsBody {
  actor: Actor;
  request: RequestOf<'message.deleteExtensions'>;
}

/** Takes pairs off a message. A key that is not there is no error. */
export const deleteExtensions: Decision<DeleteExtensionsBody, { results: { key: string; code: number }[] }> =
  {
    locks: ({ actor, request }) => messageLocks(actor, request.conversationID),

    decide(tx, { actor, request }) {
      const { conversationID, seq, keys: wanted } = request;
      const { log, event } = requireMessage(tx, actor, conversationID, seq);
      const head = load.head(tx, log);
      const going = storedExtensions(tx, log, seq).filter(
        ({ key, deleted }) => deleted !== true && (wanted === undefined || wanted.includes(key)),
      );
      for (const extension of going) {
        const next = { ...extension, value: '', revision: extension.revision + 1, pos: head.pos + 1 };
        tx.set(keys.extension(log, seq, extension.key), toJson({ ...next, deleted: true }));
      }
      const deleted = going.map(({ key }) => key);
      if (deleted.length > 0) {
        forgetTold(tx, log, going);
        const about = { seq, id: event.id, by: actor.userID, ...audienceOf(event) };
        appendEvent(tx, log, head, { t: 'extensions', ...about, set: [], deleted });
      }
      return { results: (wanted ?? deleted).map((key) => ({ key, code: 0 })) };
    },
  };
