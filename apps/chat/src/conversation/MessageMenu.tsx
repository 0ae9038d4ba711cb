import { useChat, useClient } from '../chat-client/hooks.tsx';
import type { MessageItem } from '../chat-client/message-item.ts';
import { Menu, type MenuAnchor, type MenuItem, type QuickItem } from '../design/Menu.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { type MessageRights, rightsOver } from './message-rights.ts';
import { useGroupOf } from './subject.ts';
import { useTold } from '../design/use-told.ts';

/** The windows that a message opens. */
export type MessageWindow = 'info' | 'delete' | 'recall' | 'forward' | 'reactions' | 'picker';

export interface MessageMenuProps {
  item: MessageItem;
  anchor: MenuAnchor;
  onWindow(name: MessageWindow): void;
  onClose(): void;
}

/** What most people answer with, without a search. */
const QUICK = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

export function MessageMenu({ item, anchor, onWindow, onClose }: MessageMenuProps) {
  const { t } = useLanguage();
  const group = useGroupOf(item.conversationID);
  // The clock is read when the menu opens: it does not stay for two minutes.
  const rights = rightsOver(item, { nowMs: Date.now(), ...group });
  return (
    <Menu
      label={t.message.actions}
      anchor={anchor}
      items={useItems(item, rights, onWindow)}
      quick={useQuick(item, rights)}
      onClose={onClose}
    />
  );
}

function useQuick(item: MessageItem, { react }: MessageRights): QuickItem[] {
  const { t } = useLanguage();
  const { toggleReaction } = useClient();
  const told = useTold();
  const reactions = useChat((state) => state.reactions.get(item.id));
  if (!react) return [];
  return QUICK.map((sign) => ({
    sign,
    label: t.reactions.with(sign),
    chosen: reactions?.some(({ reactionID, mine }) => reactionID === sign && mine) === true,
    onSelect: () => told(toggleReaction(item, sign)),
  }));
}

function useItems(
  item: MessageItem,
  rights: MessageRights,
  onWindow: (name: MessageWindow) => void,
): MenuItem[] {
  const { t } = useLanguage();
  const { notify, retry, discard, reply, startEditing, select, pin } = useClient();
  const told = useTold();
  const hasReactions = useChat((state) => (state.reactions.get(item.id)?.length ?? 0) > 0);
  const isPinned = useChat((state) => state.pinned?.items.some(({ id }) => id === item.id) === true);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(item.text);
    notify({ kind: 'copied' });
  };
  const offered: (MenuItem | false)[] = [
    item.delivery === 'failed' && {
      label: t.app.retry,
      icon: 'retry',
      onSelect: () => void retry(item.key),
    },
    item.delivery === 'failed' && {
      label: t.message.discard,
      icon: 'trash',
      danger: true,
      onSelect: () => discard(item),
    },
    rights.reply && { label: t.message.reply, icon: 'reply', onSelect: () => reply(item) },
    rights.react && { label: t.reactions.more, icon: 'smile', onSelect: () => onWindow('picker') },
    rights.copy && { label: t.message.copy, icon: 'copy', onSelect: () => told(copy()) },
    rights.edit && { label: t.message.edit, icon: 'edit', onSelect: () => startEditing(item) },
    rights.forward && { label: t.message.forward, icon: 'forward', onSelect: () => onWindow('forward') },
    rights.pin && {
      label: isPinned ? t.pins.unpin : t.pins.pin,
      icon: 'pin',
      onSelect: () => told(pin(item, !isPinned)),
    },
    rights.forward && { label: t.message.select, icon: 'select', onSelect: () => select(item) },
    hasReactions && { label: t.reactions.title, icon: 'eye', onSelect: () => onWindow('reactions') },
    { label: t.message.info, icon: 'info', onSelect: () => onWindow('info') },
    rights.recall && {
      label: t.message.recall,
      icon: 'recall',
      danger: true,
      onSelect: () => onWindow('recall'),
    },
    rights.remove && {
      label: t.message.delete,
      icon: 'trash',
      danger: true,
      onSelect: () => onWindow('delete'),
    },
  ];
  return offered.filter((entry) => entry !== false);
}
