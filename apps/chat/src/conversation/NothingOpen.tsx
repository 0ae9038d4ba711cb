import { SEARCH_SHORTCUT } from '../app/shortcuts.ts';
import { useChat } from '../chat-client/hooks.tsx';
import { Tern } from '../design/Tern.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './NothingOpen.module.css';

export function NothingOpen() {
  const { t } = useLanguage();
  const isNew = useChat(
    (state) => state.conversationsLoaded && state.conversations.length === 0 && state.unsent.length === 0,
  );
  return (
    <div className={styles.nothing}>
      <Tern size={96} />
      <p className={styles.title}>{isNew ? t.conversation.none : t.conversation.pick}</p>
      <p className={styles.hint}>
        {isNew ? t.conversation.noneHint : t.conversation.pickHint(SEARCH_SHORTCUT)}
      </p>
    </div>
  );
}
