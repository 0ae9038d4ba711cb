import type { OlderState } from '../chat-client/state.ts';
import { Button, Spinner } from '../design/Button.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './HistoryEnd.module.css';

export interface HistoryEndProps {
  state: OlderState;
  onRetry(): void;
}

/** What stands above the oldest message on the page, and below the newest where more follow. */
export function HistoryEnd({ state, onRetry }: HistoryEndProps) {
  const { t } = useLanguage();
  if (state === 'none') return null;
  return (
    <div className={styles.end} role="status">
      {state === 'limit' && t.conversation.limit}
      {state === 'failed' && (
        <>
          {t.conversation.moreFailed}
          <Button icon="retry" onClick={onRetry}>
            {t.app.retry}
          </Button>
        </>
      )}
      {state === 'loading' && (
        <>
          <Spinner />
          <span className="visually-hidden">{t.app.loading}</span>
        </>
      )}
    </div>
  );
}
