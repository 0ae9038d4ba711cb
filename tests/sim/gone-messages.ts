import { type LogEvent, parseLog } from '@sterna/core';
import type { GoneLine } from '../history/history.ts';
import { APP } from './node.ts';
import { conversationName } from './recorder.ts';
import type { SimStore } from './sim-store.ts';

/** What the inboxes say that is gone for their users, in the order of the commits. */
export function goneLines({ commits }: SimStore): GoneLine[] {
  return commits.flatMap(({ appended }) =>
    appended.flatMap(({ log, pos, event }): GoneLine[] => {
      const ref = parseLog(log);
      const gone = ref.kind === 'inbox' ? goneBy(event) : undefined;
      if (ref.kind !== 'inbox' || gone === undefined) return [];
      const { conversationID, ...what } = gone;
      const { userID: user } = ref;
      return [{ op: 'gone', user, conv: conversationName(user, conversationID), pos, ...what }];
    }),
  );
}

function goneBy(
  event: LogEvent,
): { conversationID: string; seqs: readonly number[]; through: number } | undefined {
  switch (event.t) {
    case 'messagesDeleted':
      return { conversationID: event.conversationID, seqs: event.seqs, through: 0 };
    case 'historyCleared':
      return { conversationID: event.conversationID, seqs: [], through: event.seq };
    case 'conversationDeleted':
      return { conversationID: event.conversationID, seqs: [], through: event.clearedSeq };
    default:
      return undefined;
  }
}

/** What a user has deleted, by conversation, as the store holds it in the end. */
export async function deletionsOf({ engine }: SimStore, user: string): Promise<Map<string, number[]>> {
  const prefix = `u/${APP}/${user}/deleted/`;
  const deleted = new Map<string, number[]>();
  for (const [key] of await engine.scan({ prefix, limit: 1_000 })) {
    const [conversationID = '', seq] = key.slice(prefix.length).split('/');
    const conv = conversationName(user, conversationID);
    deleted.set(conv, [...(deleted.get(conv) ?? []), Number(seq)]);
  }
  return deleted;
}
