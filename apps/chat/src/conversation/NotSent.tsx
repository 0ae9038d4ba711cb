import { goesOnlyAsFile } from '../chat-client/attachments.ts';
import { useClient } from '../chat-client/hooks.tsx';
import type { MessageItem } from '../chat-client/message-item.ts';
import { Icon } from '../design/Icon.tsx';
import { describeFailure, isOfTheLine } from '../i18n/describe-failure.ts';
import type { Words } from '../i18n/en.ts';
import { useLanguage } from '../i18n/language.tsx';
import styles from './NotSent.module.css';

/** Below a message that was not sent: why, if it was refused, and the way to send it after all. */
export function NotSent({ item }: { item: MessageItem }) {
  const { t } = useLanguage();
  const { retry, sendAsFile } = useClient();
  const onlyAsFile = goesOnlyAsFile(item);
  const reason = onlyAsFile ? t.media.onlyAsFile : reasonOf(t, item);
  return (
    <div className={styles.notSent}>
      {reason !== '' && <p className={styles.reason}>{reason}</p>}
      <button
        type="button"
        className={styles.retry}
        onClick={() => void (onlyAsFile ? sendAsFile(item) : retry(item.key))}
      >
        <Icon name={onlyAsFile ? 'file' : 'alert'} size={15} />
        {onlyAsFile ? t.media.sendAsFile : t.message.failedRetry}
      </button>
    </div>
  );
}

function reasonOf(t: Words, { failure }: MessageItem): string {
  return failure === undefined || isOfTheLine(failure) ? '' : describeFailure(t, failure);
}
