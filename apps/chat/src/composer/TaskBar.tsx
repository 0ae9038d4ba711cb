import { useChat } from '../chat-client/hooks.tsx';
import type { MessageItem } from '../chat-client/message-item.ts';
import { authorName } from '../conversation/author-name.ts';
import { abstractOf } from '../conversation/message-abstract.ts';
import { IconButton } from '../design/Button.tsx';
import { Icon } from '../design/Icon.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './TaskBar.module.css';

export interface TaskBarProps {
  kind: 'reply' | 'edit';
  item: MessageItem;
  onCancel(): void;
}

/** Above the text: which message is being answered, or changed. */
export function TaskBar({ kind, item, onCancel }: TaskBarProps) {
  const { t } = useLanguage();
  const people = useChat((state) => state.people);
  const me = useChat((state) => state.me);
  const title =
    kind === 'edit' ? t.composer.editing : t.composer.replyingTo(authorName({ people, me }, item));
  return (
    <div className={styles.bar} role="status">
      <Icon name={kind} size={20} />
      <span className={styles.words}>
        <span className={styles.title}>{title}</span>
        <span className={styles.text} dir="auto">
          {abstractOf(t, item)}
        </span>
      </span>
      <IconButton icon="close" label={t.app.cancel} className={styles.cancel} onClick={onCancel} />
    </div>
  );
}
