import { createPortal } from 'react-dom';
import { useChat, useClient } from '../chat-client/hooks.tsx';
import type { Notice } from '../chat-client/state.ts';
import { shownName } from '../chat-client/file-name.ts';
import { LIMITS } from '../chat-client/limits.ts';
import { fileSize } from '../i18n/file-size.ts';
import { describeFailure } from '../i18n/describe-failure.ts';
import type { Words } from '../i18n/en.ts';
import { isolated } from '../i18n/isolated.ts';
import { useLanguage } from '../i18n/language.tsx';
import { Icon } from './Icon.tsx';
import { useTopPlace } from './modals.ts';
import styles from './Toasts.module.css';

type NoticeOf<Kind> = Extract<Notice, { kind: Kind }>;

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
  return createPortal(
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
    </div>,
    useTopPlace(),
  );
}

/** Names that stand in a note; of more than these their number does. */
const NAMES_SHOWN = 3;

function whyLeftOut(t: Words, locale: string, { why, names }: NoticeOf<'filesLeftOut'>): string {
  const shown = names.slice(0, NAMES_SHOWN).map((name) => isolated(shownName(name)));
  const more = names.length - shown.length;
  const list = new Intl.ListFormat(locale).format(more > 0 ? [...shown, t.media.more(more)] : shown);
  switch (why) {
    case 'empty':
      return t.media.empty(list, names.length);
    case 'tooLarge':
      return t.media.tooLarge(list, names.length, fileSize(LIMITS.fileBytes, locale));
    case 'tooMany':
      return t.media.tooMany(LIMITS.attachments, list, names.length);
    case 'unreadable':
      return t.media.unreadable(list);
  }
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
    case 'filesLeftOut':
      return whyLeftOut(t, locale, notice);
    case 'noMicrophone':
      return t.media.noMicrophone;
  }
}
