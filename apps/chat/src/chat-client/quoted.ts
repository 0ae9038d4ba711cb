import type { Context } from './context.ts';
import { LIMITS } from './limits.ts';
import { isLiveRoom } from './live-rooms.ts';
import { targetOf } from './published-values.ts';
import type { Quote } from './quote.ts';
import type { ChatState } from './state.ts';
import type { TimMessage } from './tim.ts';

/** What became of a message that another one answers. `gone`: nobody can say that it was ever said. */
export type QuotedFate = 'there' | 'recalled' | 'gone';

export interface QuotedActions {
  /** Asks what became of a quoted message that is not on the page. */
  lookUpQuoted(conversationID: string, quote: Quote): Promise<void>;
}

/**
 * A quote carries the words of its original, which may have been taken back since: it is believed only when it is known what became
 * of that one. On the page is the newest word; of what is not there, what was asked.
 */
export function fateOf(state: ChatState, conversationID: string, { id }: Quote): QuotedFate | undefined {
  const item = state.timelines[conversationID]?.items.find((one) => one.id === id);
  if (item !== undefined) return item.recalled ? 'recalled' : 'there';
  const { kind, id: targetID } = targetOf(conversationID);
  // Nothing of a live room can be read again.
  if (kind === 'group' && isLiveRoom(state, targetID)) return 'there';
  return state.quoted.get(id);
}

export function createQuotedActions(context: Context): QuotedActions {
  const asked = new Set<string>();
  return {
    lookUpQuoted: async (conversationID, { id, sequence, timeMs }) => {
      if (asked.has(id)) return;
      asked.add(id);
      const update = context.updater();
      try {
        const { data } = await context.tim().getMessageListHopping({
          conversationID,
          ...(sequence > 0 ? { sequence } : {}),
          time: Math.floor(timeMs / 1000),
          direction: 0,
        });
        const found = data.messageList.find(({ ID }) => ID === id);
        const fate = found === undefined ? 'gone' : found.isRevoked ? 'recalled' : 'there';
        update((state) => withFate(state, id, fate));
      } catch {
        // Its words stay hidden; whoever comes to see the quote again asks again.
      } finally {
        asked.delete(id);
      }
    },
  };
}

function withFate(state: ChatState, id: string, fate: QuotedFate): ChatState {
  const kept = [...state.quoted].slice(-LIMITS.quotedMessages + 1);
  return { ...state, quoted: new Map([...kept, [id, fate]]) };
}

/** What was recalled is hidden where it is quoted, and is not answered any more. */
export function withRecalls(state: ChatState, messages: readonly TimMessage[]): ChatState {
  const recalled = new Set(messages.filter(({ isRevoked }) => isRevoked).map(({ ID }) => ID));
  if (recalled.size === 0) return state;
  let next = state;
  for (const id of recalled) if (state.quoted.has(id)) next = withFate(next, id, 'recalled');
  const { writing } = next;
  return writing?.kind === 'reply' && recalled.has(writing.item.id) ? { ...next, writing: undefined } : next;
}
