import type { Context } from './context.ts';
import { LIMITS } from './limits.ts';
import type { MessageItem } from './message-item.ts';

export interface WritingActions {
  /** What is written next answers this message. */
  reply(item: MessageItem): void;
  /** What is written next takes the place of this message's text. */
  startEditing(item: MessageItem): void;
  /** Puts a recalled text before its writer again. */
  writeAgain(item: MessageItem): void;
  stopWriting(): void;

  select(item: MessageItem): void;
  toggleSelected(item: MessageItem): void;
  stopSelecting(): void;
}

export function createWritingActions({ store }: Context): WritingActions {
  return {
    reply: (item) => store.update((state) => ({ ...state, writing: { kind: 'reply', item } })),
    startEditing: (item) => store.update((state) => ({ ...state, writing: { kind: 'edit', item } })),
    writeAgain: ({ conversationID, text }) =>
      store.update((state) => ({ ...state, writing: { kind: 'again', conversationID, text } })),
    stopWriting: () =>
      store.update((state) => (state.writing === undefined ? state : { ...state, writing: undefined })),

    select: ({ conversationID, key }) =>
      store.update((state) => ({
        ...state,
        writing: undefined,
        selection: { conversationID, keys: [key] },
      })),
    toggleSelected: ({ key }) =>
      store.update((state) => {
        if (state.selection === undefined) return state;
        const { conversationID, keys } = state.selection;
        const without = keys.filter((known) => known !== key);
        if (without.length === keys.length && keys.length >= LIMITS.selectedMessages) return state;
        const next = without.length < keys.length ? without : [...keys, key];
        return { ...state, selection: { conversationID, keys: next } };
      }),
    stopSelecting: () =>
      store.update((state) => (state.selection === undefined ? state : { ...state, selection: undefined })),
  };
}
