import { useChat, useClient } from '../chat-client/hooks.tsx';
import type { MessageItem } from '../chat-client/message-item.ts';
import { EmojiPicker } from '../composer/EmojiPicker.tsx';
import { ConfirmDialog } from '../design/ConfirmDialog.tsx';
import type { MenuAnchor } from '../design/Menu.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { ForwardDialog } from './ForwardDialog.tsx';
import { MessageInfoDialog } from './MessageInfoDialog.tsx';
import type { MessageWindow } from './MessageMenu.tsx';
import { ReactionsDialog } from './ReactionsDialog.tsx';
import { useTold } from '../design/use-told.ts';

export interface MessageWindowsProps {
  name: MessageWindow;
  item: MessageItem;
  sender: string;
  /** Where the menu was: the picker of reactions opens there. */
  anchor: MenuAnchor;
  onClose(): void;
}

/** The window that was chosen from a message's menu. */
export function MessageWindows({ name, item, sender, anchor, onClose }: MessageWindowsProps) {
  const { t } = useLanguage();
  const { recall, deleteForMe, toggleReaction } = useClient();
  const told = useTold();
  const reactions = useChat((state) => state.reactions.get(item.id));
  switch (name) {
    case 'info':
      return <MessageInfoDialog item={item} sender={sender} onClose={onClose} />;
    case 'forward':
      return <ForwardDialog items={[item]} onClose={onClose} />;
    case 'reactions':
      return <ReactionsDialog item={item} reactions={reactions ?? []} onClose={onClose} />;
    case 'recall':
      return (
        <ConfirmDialog
          question={t.message.recallQuestion}
          hint={t.message.recallHint}
          confirm={t.message.recallConfirm}
          onConfirm={() => recall(item)}
          onClose={onClose}
        />
      );
    case 'delete':
      return (
        <ConfirmDialog
          question={t.message.deleteQuestion(1)}
          hint={t.message.deleteHint}
          confirm={t.message.deleteConfirm}
          onConfirm={() => deleteForMe([item])}
          onClose={onClose}
        />
      );
    case 'picker':
      return (
        <EmojiPicker
          anchor={anchor}
          label={t.reactions.more}
          onPick={(emoji) => {
            onClose();
            told(toggleReaction(item, emoji));
          }}
          onClose={onClose}
        />
      );
  }
}
