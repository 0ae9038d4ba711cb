import { useLanguage } from '../i18n/language.tsx';
import { cx } from '../design/cx.ts';
import styles from './MessageSkeleton.module.css';

const BUBBLES = [
  { mine: false, size: styles.wide },
  { mine: false, size: styles.narrow },
  { mine: true, size: styles.middle },
  { mine: false, size: styles.middle },
  { mine: true, size: styles.wide },
  { mine: true, size: styles.narrow },
] as const;

/** Shown only when the messages take a moment: a flash of grey would be worse than none. */
export function MessageSkeleton() {
  const { t } = useLanguage();
  return (
    <div className={styles.skeleton} role="status">
      <span className="visually-hidden">{t.app.loading}</span>
      {BUBBLES.map(({ mine, size }, index) => (
        // The bubbles are a picture: they have nothing but their place.
        <span key={index} className={cx(styles.bubble, size, mine && styles.mine)} aria-hidden="true" />
      ))}
    </div>
  );
}
