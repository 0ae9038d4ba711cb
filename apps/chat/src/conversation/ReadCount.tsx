import { useState } from 'react';
import { useChat } from '../chat-client/hooks.tsx';
import type { MessageItem } from '../chat-client/message-item.ts';
import { useLanguage } from '../i18n/language.tsx';
import { ReadersDialog } from './ReadersDialog.tsx';
import styles from './ReadCount.module.css';
import { TickSign } from './Ticks.tsx';

/** In a group: one tick, two when all have read, and between them how many; a click tells who. */
export function ReadCount({ item }: { item: MessageItem }) {
  const { t } = useLanguage();
  const receipt = useChat((state) => state.receipts.get(item.id));
  const [isOpen, setOpen] = useState(false);
  const { read = 0, unread = 0 } = receipt ?? {};
  const isReadByAll = read > 0 && unread === 0;
  const words = isReadByAll ? t.receipts.byAll : t.receipts.by(read);
  return (
    <>
      <button
        type="button"
        className={styles.count}
        aria-label={`${words}. ${t.receipts.who}`}
        title={words}
        onClick={() => setOpen(true)}
      >
        <TickSign delivery={isReadByAll ? 'read' : 'sent'} />
        {read > 0 && !isReadByAll && read}
      </button>
      {isOpen && <ReadersDialog item={item} onClose={() => setOpen(false)} />}
    </>
  );
}
