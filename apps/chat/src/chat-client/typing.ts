import type { Context } from './context.ts';
import { LIMITS } from './limits.ts';
import { numberField, parseJson, stringField } from './payload-fields.ts';
import { addressOf, MESSAGE_TYPE, targetOf } from './published-values.ts';
import type { TimMessage } from './tim.ts';

export interface TypingActions {
  /** Lets the other one know that I am writing; called with every key. */
  tellTyping(conversationID: string): void;
  /** Takes out of what arrived the notes that somebody is writing: they are no messages. */
  takeTyping(messages: readonly TimMessage[]): TimMessage[];
}

/** The note as the published kits send it: seen only by who is online, and kept nowhere. */
const BUSINESS = 'user_typing_status';
const NOTE = JSON.stringify({
  businessID: BUSINESS,
  typingStatus: 1,
  version: 1,
  userAction: 14,
  actionParam: 'EIMAMSG_InputStatus_Ing',
});

export function createTypingActions(context: Context): TypingActions {
  const { store, clock } = context;
  const toldMs = new Map<string, number>();
  const heard = new Map<string, number>();

  const hear = (conversationID: string): void => {
    const turn = (heard.get(conversationID) ?? 0) + 1;
    heard.set(conversationID, turn);
    store.update((state) => ({ ...state, typing: new Set(state.typing).add(conversationID) }));
    clock.after(LIMITS.typingShownMs, () => {
      if (heard.get(conversationID) === turn) hush(conversationID);
    });
  };
  const hush = (conversationID: string): void => {
    heard.delete(conversationID);
    store.update((state) =>
      state.typing.has(conversationID)
        ? { ...state, typing: new Set([...state.typing].filter((id) => id !== conversationID)) }
        : state,
    );
  };

  return {
    tellTyping: (conversationID) => {
      const nowMs = clock.nowMs();
      if (targetOf(conversationID).kind !== 'c2c') return;
      if (nowMs - (toldMs.get(conversationID) ?? 0) < LIMITS.typingEveryMs) return;
      toldMs.clear();
      toldMs.set(conversationID, nowMs);
      const tim = context.tim();
      const message = tim.createCustomMessage({
        ...addressOf(conversationID),
        payload: { data: NOTE, description: '' },
      });
      // Nobody misses a note that did not come.
      tim.sendMessage(message, { onlineUserOnly: true }).catch(() => undefined);
    },
    takeTyping: (messages) =>
      messages.filter((message) => {
        const note = noteOf(message);
        if (note === 'writes' && message.flow === 'in') hear(message.conversationID);
        else if (message.flow === 'in') hush(message.conversationID);
        return note === undefined;
      }),
  };
}

function noteOf({ type, payload }: TimMessage): 'writes' | 'rests' | undefined {
  if (type !== MESSAGE_TYPE.custom) return undefined;
  const note = parseJson(stringField(payload, 'data'));
  if (stringField(note, 'businessID') !== BUSINESS) return undefined;
  return numberField(note, 'typingStatus') === 1 ? 'writes' : 'rests';
}
