import { useEffect, useState } from 'react';
import { useChat, useClient } from '../chat-client/hooks.tsx';
import { conversationIDOf } from '../chat-client/published-values.ts';
import { IconButton } from '../design/Button.tsx';
import { Icon } from '../design/Icon.tsx';
import { rightsIn } from '../groups/group-rights.ts';
import { useLanguage } from '../i18n/language.tsx';
import { authorName } from './author-name.ts';
import { abstractOf } from './message-abstract.ts';
import { useGroupOf } from './subject.ts';
import styles from './PinnedBar.module.css';
import { useTold } from '../design/use-told.ts';

/** What a group has pinned, the newest first; each click goes to one and on to the next. */
export function PinnedBar({ groupID }: { groupID: string }) {
  const { t } = useLanguage();
  const { watchPinned, jumpTo, pin, store } = useClient();
  const told = useTold();
  const items = useChat((state) => (state.pinned?.groupID === groupID ? state.pinned.items : undefined));
  const conversationID = conversationIDOf('group', groupID);
  const { group } = useGroupOf(conversationID);
  const [turn, setTurn] = useState(0);
  useEffect(() => watchPinned(groupID), [watchPinned, groupID]);
  const count = items?.length ?? 0;
  const item = items?.at(-1 - (turn % Math.max(1, count)));
  if (item === undefined) return null;
  const go = (): void => {
    setTurn((before) => before + 1);
    told(jumpTo(conversationID, item));
  };
  return (
    <section className={styles.bar} aria-label={t.pins.title}>
      <button type="button" className={styles.message} onClick={go}>
        <Icon name="pin" size={18} />
        <span className={styles.words}>
          <span className={styles.title}>
            {count > 1 ? t.pins.place(count - (turn % count), count) : t.pins.title}
          </span>
          <span className={styles.text} dir="auto">
            {t.conversation.arrived(authorName(store.get(), item), abstractOf(t, item))}
          </span>
        </span>
      </button>
      {group !== undefined && rightsIn(group).pin && (
        <IconButton icon="close" label={t.pins.unpin} onClick={() => told(pin(item, false))} />
      )}
    </section>
  );
}
