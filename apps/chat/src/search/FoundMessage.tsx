import type { ReactNode } from 'react';
import { useToday } from '../app/clock.ts';
import { useLanguage } from '../i18n/language.tsx';
import styles from './FoundMessage.module.css';

export interface FoundMessageProps {
  face: ReactNode;
  title: string;
  /** When it was said; 0 where the row stands for several messages. */
  timeMs: number;
  isShown?: boolean;
  onClick(): void;
  children: ReactNode;
}

/** One result: a message, or how many of them a conversation has. */
export function FoundMessage({ face, title, timeMs, isShown = false, onClick, children }: FoundMessageProps) {
  const { format } = useLanguage();
  const today = useToday();
  return (
    <li>
      <button
        type="button"
        className={styles.row}
        data-row=""
        aria-current={isShown ? 'true' : undefined}
        onClick={onClick}
      >
        {face}
        <span className={styles.words}>
          <span className={styles.line}>
            <span className={styles.title} dir="auto">
              {title}
            </span>
            {timeMs > 0 && (
              <time className={styles.time} dateTime={new Date(timeMs).toISOString()}>
                {format.brief(timeMs, today)}
              </time>
            )}
          </span>
          <span className={styles.text} dir="auto">
            {children}
          </span>
        </span>
      </button>
    </li>
  );
}
