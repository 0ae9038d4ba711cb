import { useChat, useClient } from '../chat-client/hooks.tsx';
import type { Notice } from '../chat-client/state.ts';
import { LIMITS } from '../chat-client/limits.ts';
import { fileSize } from '../i18n/file-size.ts';
import { describeFailure } from '../i18n/describe-failure.ts';
import type { Words } from '../i18n/en.ts';
import { useLanguage } from '../i18n/language.tsx';
import { Icon } from './Icon.tsx';
import styles from './Toasts.module.css';

const GOOD_NEWS: ReadonlySet<Notice['kind']> = new Set([
  'copied',
  'waitingApproval',
  'forwarded',
  'friendAsked',
]);

/** Short notes about what just happened: they go by themselves, or with a click. */
export function Toasts() {
  const { t, locale } = useLanguage();
  const { dismissToast } = useClient();
  const toasts = useChat((state) => state.toasts);
  return (
    <div className={styles.toasts} role="status">
      {toasts.map(({ id, notice }) => (
        <div key={id} className={styles.toast}>
          <Icon name={GOOD_NEWS.has(notice.kind) ? 'check' : 'alert'} size={18} />
          <span className={styles.words}>{wordsOf(t, locale, notice)}</span>
          <button
            type="button"
            className={styles.close}
            aria-label={t.app.dismiss}
            onClick={() => dismissToast(id)}
          >
            <Icon name="close" size={16} />
          </button>
        </div>
      ))}
    </div>
  );
}

function wordsOf(t: Words, locale: string, notice: Notice): string {
  switch (notice.kind) {
    case 'failure':
      return describeFailure(t, notice.failure);
    case 'copied':
      return t.app.copied;
    case 'waitingApproval':
      return t.groups.waiting;
    case 'alreadyMember':
      return t.errors.alreadyMember;
    case 'forwarded':
      return t.forward.done;
    case 'friendAsked':
      return t.contacts.asked;
    case 'messageGone':
      return t.message.gone;
    case 'fileTooLarge':
      return t.media.tooLarge(notice.name, fileSize(LIMITS.fileBytes, locale));
    case 'fileEmpty':
      return t.media.empty(notice.name);
    case 'tooManyFiles':
      return t.media.tooMany(LIMITS.attachments);
    case 'noMicrophone':
      return t.media.noMicrophone;
  }
}
