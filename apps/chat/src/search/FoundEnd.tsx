import { Button } from '../design/Button.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './FoundEnd.module.css';
import type { Found } from './use-found.ts';

/** What stands below the results: more of them, or why there are none. */
export function FoundEnd({ found, typed }: { found: Found; typed: string }) {
  const { t } = useLanguage();
  const { state, total, more, showMore, retry } = found;
  if (state === 'failed' || more === 'failed')
    return (
      <div className={styles.end} role="alert">
        <p>{t.search.failed}</p>
        <Button icon="retry" onClick={retry}>
          {t.app.retry}
        </Button>
      </div>
    );
  if (state === 'searching' && total === 0)
    return (
      <p className={styles.end} role="status">
        {t.search.searching}
      </p>
    );
  if (state === 'ready' && total === 0)
    return (
      <p className={styles.end} role="status">
        <span className={styles.nothing}>{t.search.nothing}</span>
        {t.search.nothingHint(typed.trim())}
      </p>
    );
  if (more === 'none') return null;
  return (
    <div className={styles.end}>
      <Button busy={more === 'loading'} onClick={showMore}>
        {t.app.more}
      </Button>
    </div>
  );
}
