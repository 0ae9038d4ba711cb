import type { MessageItem } from '../chat-client/message-item.ts';
import { kindName } from '../conversations/preview.ts';
import { useLanguage } from '../i18n/language.tsx';
import { foundLine } from './found-words.ts';
import styles from './FoundText.module.css';

/** The part of a message that was found, with the words that were looked for. */
export function FoundText({ item, keywords }: { item: MessageItem; keywords: readonly string[] }) {
  const { t } = useLanguage();
  const text = wordsOf(item) || kindName(t, item.kind);
  return foundLine(text, keywords).map((part, index) =>
    part.isFound ? (
      // The parts of one text never move: their place is their name.
      <mark key={`${index}-${part.text}`} className={styles.found}>
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  );
}

/** What a message says where the search looks. */
function wordsOf({ text, content }: MessageItem): string {
  if (text !== '') return text;
  switch (content?.kind) {
    case 'file':
      return content.name;
    case 'location':
      return content.description;
    case 'merger':
      return [content.title, ...content.lines].join(' ');
    default:
      return '';
  }
}
