import { useState } from 'react';
import { useChat, useClient } from '../chat-client/hooks.tsx';
import type { MessageItem } from '../chat-client/message-item.ts';
import { cx } from '../design/cx.ts';
import { useMenuPress } from '../design/use-menu-press.ts';
import { useLanguage } from '../i18n/language.tsx';
import styles from './Reactions.module.css';
import { ReactionsDialog } from './ReactionsDialog.tsx';
import { useTold } from '../design/use-told.ts';

/** The signs under a message. A click adds one's own or takes it back; a right click, or a rest, tells who. */
export function Reactions({ item }: { item: MessageItem }) {
  const { t } = useLanguage();
  const { toggleReaction } = useClient();
  const told = useTold();
  const reactions = useChat((state) => state.reactions.get(item.id));
  const [showsWho, setShowsWho] = useState(false);
  const press = useMenuPress(() => setShowsWho(true));
  if (reactions === undefined || reactions.length === 0 || item.recalled) return null;
  return (
    <div className={cx(styles.reactions, item.mine && styles.mine)} {...press}>
      {reactions.map(({ reactionID, count, mine, names }) => (
        <button
          key={reactionID}
          type="button"
          className={cx(styles.reaction, mine && styles.chosen)}
          aria-pressed={mine}
          aria-label={t.reactions.count(reactionID, count)}
          title={names.join(', ')}
          onClick={() => told(toggleReaction(item, reactionID))}
        >
          <span className={styles.sign}>{reactionID}</span>
          <span className={styles.count}>{count}</span>
        </button>
      ))}
      {showsWho && <ReactionsDialog item={item} reactions={reactions} onClose={() => setShowsWho(false)} />}
    </div>
  );
}
