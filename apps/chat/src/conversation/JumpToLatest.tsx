import { Icon } from '../design/Icon.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './JumpToLatest.module.css';

export function JumpToLatest({ count, onJump }: { count: number; onJump(): void }) {
  const { t } = useLanguage();
  return (
    <button
      type="button"
      className={styles.jump}
      aria-label={count > 0 ? t.conversation.jumpNew(count) : t.conversation.jump}
      title={t.conversation.jump}
      onClick={onJump}
    >
      <Icon name="down" size={22} />
      {count > 0 && (
        <span className={styles.count} aria-hidden="true">
          {count > 99 ? '99+' : count}
        </span>
      )}
    </button>
  );
}
