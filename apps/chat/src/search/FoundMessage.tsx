import type { ReactNode } from 'react';
import { RowText, RowTime } from '../conversations/RowParts.tsx';
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
        <RowText title={title} aside={<RowTime timeMs={timeMs} />}>
          <span className={styles.text} dir="auto">
            {children}
          </span>
        </RowText>
      </button>
    </li>
  );
}
