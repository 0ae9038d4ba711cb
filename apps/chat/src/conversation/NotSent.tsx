import { useClient } from '../chat-client/hooks.tsx';
import type { MessageItem } from '../chat-client/message-item.ts';
import { Icon } from '../design/Icon.tsx';
import { describeFailure, isOfTheLine } from '../i18n/describe-failure.ts';
import { useLanguage } from '../i18n/language.tsx';
import styles from './NotSent.module.css';

/** Below a message that was not sent: why, if it was refused, and the way to send it again. */
export function NotSent({ item: { key, failure } }: { item: MessageItem }) {
  const { t } = useLanguage();
  const { retry } = useClient();
  return (
    <div className={styles.notSent}>
      {failure !== undefined && !isOfTheLine(failure) && (
        <p className={styles.reason}>{describeFailure(t, failure)}</p>
      )}
      <button type="button" className={styles.retry} onClick={() => void retry(key)}>
        <Icon name="alert" size={15} />
        {t.message.failedRetry}
      </button>
    </div>
  );
}
