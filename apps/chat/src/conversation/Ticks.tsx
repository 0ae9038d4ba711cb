import type { Delivery } from '../chat-client/message-item.ts';
import { useLanguage } from '../i18n/language.tsx';
import styles from './Ticks.module.css';

const PATHS = {
  sending: 'M8 1.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM8 3.5v2.6l1.6 1',
  sent: 'M3.5 6.5 6.5 9.5 12.5 2.5',
  read: 'M1 6.5 4 9.5 10 2.5M7.5 9.3l.2.2 6-7',
};

/** How far a message of one's own has come. A failed one says so in words, below. */
export function Ticks({ delivery }: { delivery: Delivery }) {
  const { t } = useLanguage();
  if (delivery === 'received' || delivery === 'failed') return null;
  return (
    <span role="img" aria-label={t.message[delivery]}>
      <TickSign delivery={delivery} />
    </span>
  );
}

/** The sign by itself, where something else says what it means. */
export function TickSign({ delivery }: { delivery: keyof typeof PATHS }) {
  return (
    <span className={styles.ticks} data-delivery={delivery}>
      <svg width="16" height="12" viewBox="0 0 16 12" aria-hidden="true" focusable="false">
        <path d={PATHS[delivery]} />
      </svg>
    </span>
  );
}
