import { kindOf, type MessageItem, textOf } from '../chat-client/message-item.ts';
import type { MergedItem } from '../chat-client/message-content.ts';
import { kindName } from '../conversations/preview.ts';
import type { Words } from '../i18n/en.ts';

/** A message in one line: its words, or what kind it is. */
export function abstractOf(t: Words, { text, kind }: Pick<MessageItem, 'text' | 'kind'>): string {
  return text.replace(/\s+/gu, ' ').trim() || kindName(t, kind);
}

export function mergedAbstract(t: Words, { type, payload }: MergedItem): string {
  return abstractOf(t, { text: textOf(type, payload), kind: kindOf(type) });
}
