import { splitLinks } from './message-text.ts';
import styles from './MessageText.module.css';

/** What somebody wrote: text and links, whatever it looks like. */
export function MessageText({ text }: { text: string }) {
  return (
    <span className={styles.text} dir="auto">
      {splitLinks(text).map((part, index) =>
        part.href === undefined ? (
          part.text
        ) : (
          // The parts of one text never move: their place is their name.
          <a
            key={`${index}-${part.href}`}
            className={styles.link}
            href={part.href}
            target="_blank"
            rel="noopener noreferrer nofollow"
          >
            {part.text}
          </a>
        ),
      )}
    </span>
  );
}
