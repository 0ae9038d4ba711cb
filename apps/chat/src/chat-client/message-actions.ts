import type { Context } from './context.ts';
import { LIMITS } from './limits.ts';
import type { MessageItem } from './message-item.ts';
import { addressOf } from './published-values.ts';
import { withRecalls } from './quoted.ts';
import { newTimeline } from './timeline.ts';
import { withoutItems, withRefreshed } from './timeline-state.ts';
import type { TimelineActions } from './timelines.ts';
import type { TimMessage } from './tim.ts';
import { failedIn, type Unsent } from './unsent.ts';

/** The words of a merged message; they are of the language of whoever makes it. */
export interface MergerWords {
  title: string;
  lines: readonly string[];
  /** What an application says that cannot show it. */
  compatibleText: string;
}

export interface MessageActions {
  recall(item: MessageItem): Promise<void>;
  editText(item: MessageItem, text: string): Promise<void>;
  /** Others keep theirs. */
  deleteForMe(items: readonly MessageItem[]): Promise<void>;
  clearHistory(conversationID: string): Promise<void>;
  forwardEach(items: readonly MessageItem[], conversationIDs: readonly string[]): Promise<void>;
  forwardMerged(
    items: readonly MessageItem[],
    conversationIDs: readonly string[],
    words: MergerWords,
  ): Promise<void>;
}

export function createMessageActions(
  context: Context,
  timelines: Pick<TimelineActions, 'send'>,
  unsent: Pick<Unsent, 'of' | 'drop'>,
): MessageActions {
  /** One after the other, so that they arrive in their order; the first refusal is told. */
  const sendAll = async (makers: readonly (() => TimMessage)[]): Promise<void> => {
    for (const make of makers) {
      const failure = await timelines.send(make());
      if (failure !== undefined) {
        context.toast({ kind: 'failure', failure });
        return;
      }
    }
    context.toast({ kind: 'forwarded' });
  };

  return {
    recall: async ({ source }) => {
      const update = context.updater();
      await context.tim().revokeMessage(source);
      // Whoever recalls is not told of it by an event.
      update((state) => withRecalls(withRefreshed(state, [source]), [source]));
    },
    editText: async ({ source }, text) => {
      const update = context.updater();
      // A copy: what is shown stays as it is until the server has agreed.
      const { data } = await context.tim().modifyMessage({ ...source, payload: { text } });
      update((state) => withRefreshed(state, [data.message]));
    },
    deleteForMe: async (items) => {
      const [first] = items;
      if (first === undefined) return;
      const update = context.updater();
      await context.tim().deleteMessage(items.map(({ source }) => source));
      const ids = new Set(items.map(({ id }) => id));
      update((state) => withoutItems(state, first.conversationID, ids));
    },
    clearHistory: async (conversationID) => {
      const update = context.updater();
      await context.tim().clearHistoryMessage(conversationID);
      unsent.drop(failedIn(unsent, conversationID));
      update((state) => {
        const { [conversationID]: timeline, ...others } = state.timelines;
        if (timeline === undefined) return state;
        const empty = { ...newTimeline(0), first: 'ready', older: 'none' } as const;
        return { ...state, timelines: { ...others, [conversationID]: empty } };
      });
    },
    forwardEach: async (items, conversationIDs) => {
      const tim = context.tim();
      await sendAll(
        conversationIDs.slice(0, LIMITS.forwardTargets).flatMap((conversationID) =>
          items.map(
            ({ source }) =>
              () =>
                tim.createForwardMessage({ ...addressOf(conversationID), payload: source }),
          ),
        ),
      );
    },
    forwardMerged: async (items, conversationIDs, { title, lines, compatibleText }) => {
      const tim = context.tim();
      const payload = {
        messageList: items.map(({ source }) => source),
        title,
        abstractList: [...lines],
        compatibleText,
      };
      await sendAll(
        conversationIDs
          .slice(0, LIMITS.forwardTargets)
          .map((conversationID) => () => tim.createMergerMessage({ ...addressOf(conversationID), payload })),
      );
    },
  };
}
