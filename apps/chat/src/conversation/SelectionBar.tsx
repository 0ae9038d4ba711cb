import { useState } from 'react';
import { useChat, useClient } from '../chat-client/hooks.tsx';
import type { MessageItem } from '../chat-client/message-item.ts';
import type { ChatState } from '../chat-client/state.ts';
import { Button, IconButton } from '../design/Button.tsx';
import { ConfirmDialog } from '../design/ConfirmDialog.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { ForwardDialog } from './ForwardDialog.tsx';
import styles from './SelectionBar.module.css';

/** Stands where one writes, while messages are being selected. */
export function SelectionBar({ conversationID }: { conversationID: string }) {
  const { t } = useLanguage();
  const { stopSelecting, deleteForMe, store } = useClient();
  const count = useChat((state) => state.selection?.keys.length ?? 0);
  const [open, setOpen] = useState<{ name: 'forward' | 'delete'; items: readonly MessageItem[] }>();
  const show = (name: 'forward' | 'delete'): void =>
    setOpen({ name, items: selectedItems(store.get(), conversationID) });
  return (
    <div className={styles.bar} role="toolbar" aria-label={t.message.selection}>
      <IconButton icon="close" label={t.app.cancel} onClick={stopSelecting} />
      <span className={styles.count} role="status">
        {t.message.selected(count)}
      </span>
      <Button icon="trash" disabled={count === 0} onClick={() => show('delete')}>
        {t.message.deleteConfirm}
      </Button>
      <Button look="primary" icon="forward" disabled={count === 0} onClick={() => show('forward')}>
        {t.message.forward}
      </Button>
      {open?.name === 'forward' && (
        <ForwardDialog items={open.items} onClose={() => setOpen(undefined)} onForwarded={stopSelecting} />
      )}
      {open?.name === 'delete' && (
        <ConfirmDialog
          question={t.message.deleteQuestion(open.items.length)}
          hint={t.message.deleteHint}
          confirm={t.message.deleteConfirm}
          onConfirm={async () => {
            await deleteForMe(open.items);
            stopSelecting();
          }}
          onClose={() => setOpen(undefined)}
        />
      )}
    </div>
  );
}

/** In the order of the conversation, not of the marking; what was recalled meanwhile falls out. */
function selectedItems(
  { selection, timelines }: Pick<ChatState, 'selection' | 'timelines'>,
  conversationID: string,
): readonly MessageItem[] {
  const keys = new Set(selection?.keys);
  return timelines[conversationID]?.items.filter((item) => keys.has(item.key) && !item.recalled) ?? [];
}
