import { useChat, useClient } from '../chat-client/hooks.tsx';
import type { MessageItem } from '../chat-client/message-item.ts';
import { isUnsent } from '../chat-client/timeline.ts';
import { cx } from '../design/cx.ts';
import { Icon } from '../design/Icon.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { abstractOf } from './message-abstract.ts';
import styles from './SelectMark.module.css';

/** While messages are being selected, a press anywhere on one marks it. */
export function SelectMark({ item }: { item: MessageItem }) {
  const { t } = useLanguage();
  const { toggleSelected } = useClient();
  const isSelecting = useChat((state) => state.selection?.conversationID === item.conversationID);
  const isSelected = useChat((state) => state.selection?.keys.includes(item.key) === true);
  if (!isSelecting || isUnsent(item) || item.sequence === 0) return null;
  return (
    <label className={cx(styles.area, item.mine && styles.mine)}>
      <input
        type="checkbox"
        className="visually-hidden"
        checked={isSelected}
        aria-label={t.message.selectThis(abstractOf(t, item))}
        onChange={() => toggleSelected(item)}
      />
      <span className={cx(styles.mark, isSelected && styles.chosen)}>
        {isSelected && <Icon name="check" size={15} />}
      </span>
    </label>
  );
}
