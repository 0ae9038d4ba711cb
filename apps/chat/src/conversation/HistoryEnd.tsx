import { useClient } from '../chat-client/hooks.tsx';
import type { OlderState } from '../chat-client/state.ts';
import { Button, Spinner } from '../design/Button.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './HistoryEnd.module.css';

/** What stands above the oldest message on the page. */
export function HistoryEnd({ conversationID, older }: { conversationID: string; older: OlderState }) {
  const { t } = useLanguage();
  const { loadOlder } = useClient();
  if (older === 'none') return null;
  return (
    <div className={styles.end} role="status">
      {older === 'limit' && t.conversation.limit}
      {older === 'failed' && (
        <>
          {t.conversation.olderFailed}
          <Button icon="retry" onClick={() => void loadOlder(conversationID)}>
            {t.app.retry}
          </Button>
        </>
      )}
      {older === 'loading' && (
        <>
          <Spinner />
          <span className="visually-hidden">{t.app.loading}</span>
        </>
      )}
    </div>
  );
}
