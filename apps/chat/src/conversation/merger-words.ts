import type { MergerWords } from '../chat-client/message-actions.ts';
import type { MessageItem } from '../chat-client/message-item.ts';
import type { ChatState } from '../chat-client/state.ts';
import type { Words } from '../i18n/en.ts';
import { authorName } from './author-name.ts';
import { abstractOf } from './message-abstract.ts';
import type { Subject } from './subject.ts';

/** Lines that a merged message shows before it is opened, and how long each may be. */
const LINES = 4;
const LINE_CHARACTERS = 60;

/** How a merged message is called, and what its bubble shows. */
export function mergerWords(
  items: readonly MessageItem[],
  { t, subject, state }: { t: Words; subject: Subject; state: Pick<ChatState, 'people' | 'me'> },
): MergerWords {
  const mine = state.me?.nick || state.me?.userID || t.app.you;
  return {
    title:
      subject.kind === 'group'
        ? t.forward.historyOf(subject.title)
        : t.forward.historyBetween(mine, subject.title),
    lines: items.slice(0, LINES).map((item) => {
      const line = t.conversation.arrived(authorName(state, item), abstractOf(t, item));
      return [...line].slice(0, LINE_CHARACTERS).join('');
    }),
    compatibleText: t.forward.cannotShow,
  };
}
