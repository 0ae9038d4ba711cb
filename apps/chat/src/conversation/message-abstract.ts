import type { MessageItem } from '../chat-client/message-item.ts';
import { kindName } from '../conversations/preview.ts';
import type { Words } from '../i18n/en.ts';

/** A message in one line: its words, or what kind it is. */
export function abstractOf(t: Words, { text, kind }: Pick<MessageItem, 'text' | 'kind'>): string {
  return text.replace(/\s+/gu, ' ').trim() || kindName(t, kind);
}
