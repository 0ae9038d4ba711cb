import { useChat, useClient } from '../chat-client/hooks.tsx';
import { Icon } from '../design/Icon.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './UploadRing.module.css';

const RADIUS = 20;
const LENGTH = 2 * Math.PI * RADIUS;

/** The uploaded fraction of a message's file; undefined while nothing of it is on its way. */
export function useUpload(key: string): number | undefined {
  return useChat((state) => state.uploads.get(key));
}

/** How far the file has come; a click ends it. */
export function UploadRing({ messageKey, fraction }: { messageKey: string; fraction: number }) {
  const { t } = useLanguage();
  const { cancelUpload } = useClient();
  return (
    <span className={styles.ring}>
      <svg viewBox="0 0 48 48" aria-hidden="true" focusable="false">
        <circle className={styles.track} cx="24" cy="24" r={RADIUS} />
        <circle
          className={styles.done}
          cx="24"
          cy="24"
          r={RADIUS}
          strokeDasharray={LENGTH}
          strokeDashoffset={LENGTH * (1 - Math.max(0.03, fraction))}
        />
      </svg>
      <progress className="visually-hidden" aria-label={t.media.uploading} value={fraction} max={1} />
      <button
        type="button"
        className={styles.cancel}
        aria-label={t.media.cancelUpload}
        title={t.media.cancelUpload}
        onClick={() => cancelUpload(messageKey)}
      >
        <Icon name="close" size={22} />
      </button>
    </span>
  );
}
