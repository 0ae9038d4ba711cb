import { ERRORS, LIMITS, type RequestOf } from '@sterna/protocol';
import type { Actor } from '../actor.ts';
import { ImError } from '../errors.ts';
import { keys } from '../keys.ts';
import { appendEvent } from '../logs/append.ts';
import { decode, load, toJson } from '../records.ts';
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
    let room = LIMITS.extensionsOfMessage - living(tx, log, seq);
    const results = request.extensions.map(({ key, value, revision }): SetResult => {
      const stored = decode.extension(tx.get(keys.extension(log, seq, key)));
      if (stored !== undefined && stored.revision !== revision) {
        return { key, value: stored.value, revision: stored.revision, code: ERRORS.extensionConflict.code };
      }
      const isNew = stored === undefined || stored.deleted === true;
      if (isNew && room === 0) return { key, value: '', revision: 0, code: ERRORS.tooManyExtensions.code };
      if (isNew) room -= 1;
      const next = { key, value, revision: (stored?.revision ?? 0) + 1 };
      tx.set(keys.extension(log, seq, key), toJson(next));
      return { ...next, code: 0 };
    });
    const set = results.filter(({ code }) => code === 0).map(({ key, value }) => ({ key, value }));
    if (set.length > 0) {
      const about = { seq, id: event.id, by: actor.userID, ...audienceOf(event) };
      const change = { t: 'extensions' as const, ...about, set, deleted: [] };
      appendEvent(tx, log, load.head(tx, log), change);
    }
    return { results };
  },
};

/** Deleted pairs stay as revisions; only the living fill the message. */
function living(tx: Transaction, log: string, seq: number): number {
  const stored = tx.scan({ prefix: keys.extensions(log, seq), limit: LIMITS.extensionsOfMessage * 4 });
  return stored.filter(([, value]) => decode.extension(value)?.deleted !== true).length;
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
      const stored = tx.scan({ prefix: keys.extensions(log, seq), limit: LIMITS.extensionsOfMessage * 4 });
      const deleted: string[] = [];
      for (const [key, value] of stored) {
        const extension = decode.extension(value);
        if (extension === undefined || extension.deleted) continue;
        if (wanted !== undefined && !wanted.includes(extension.key)) continue;
        tx.set(key, toJson({ ...extension, value: '', revision: extension.revision + 1, deleted: true }));
        deleted.push(extension.key);
      }
      if (deleted.length > 0) {
        const about = { seq, id: event.id, by: actor.userID, ...audienceOf(event) };
        const change = { t: 'extensions' as const, ...about, set: [], deleted };
        appendEvent(tx, log, load.head(tx, log), change);
      }
      return { results: (wanted ?? deleted).map((key) => ({ key, code: 0 })) };
    },
  };
