import { memo, type MouseEvent, useState } from 'react';
import { formatRoute, goHome, openConversation } from '../app/route.ts';
import { useClient } from '../chat-client/hooks.tsx';
import type { ConversationItem } from '../chat-client/state.ts';
import { PresenceAvatar } from '../contacts/PresenceAvatar.tsx';
import { Avatar } from '../design/Avatar.tsx';
import { ConfirmDialog } from '../design/ConfirmDialog.tsx';
import { cx } from '../design/cx.ts';
import { Menu, type MenuAnchor, MenuButton, type MenuItem } from '../design/Menu.tsx';
import { useMenuPress } from '../design/use-menu-press.ts';
import { useTold } from '../design/use-told.ts';
import { useLanguage } from '../i18n/language.tsx';
import styles from './ConversationRow.module.css';
import { RowBadge, RowPreview, RowSign, RowText, RowTime } from './RowParts.tsx';

export interface ConversationRowProps {
  item: ConversationItem;
  isOpen: boolean;
  isAttended: boolean;
  /** Only one row is in the order of the Tab key; the arrow keys reach the others. */
  isFirst: boolean;
  onPick(): void;
}

export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { item, isOpen, isAttended, isFirst, onPick } = props;
  const { t } = useLanguage();
  const [menuAt, setMenuAt] = useState<MenuAnchor>();
  const press = useMenuPress(setMenuAt);
  const [asking, setAsking] = useState<'delete' | 'clear'>();
  const title = item.kind === 'system' ? t.conversations.system : item.title;
  const unread = isAttended ? 0 : item.unread;
  const menu = useRowMenu(item, setAsking);
  const onClick = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onPick();
    openConversation(item.id);
  };
  return (
    <li className={styles.row}>
      <a
        className={cx(styles.link, isOpen && styles.open)}
        href={formatRoute({ conversationID: item.id })}
        aria-current={isOpen ? 'page' : undefined}
        data-row=""
        tabIndex={isOpen || isFirst ? 0 : -1}
        onClick={onClick}
        {...press}
      >
        {item.kind === 'c2c' ? (
          <PresenceAvatar id={item.targetID} name={title} url={item.avatar} size="large" />
        ) : (
          <Avatar
            id={item.targetID}
            name={title}
            url={item.avatar}
            size="large"
            shape="group"
            {...(item.kind === 'system' ? { icon: 'bell' } : {})}
          />
        )}
        <RowText
          title={title}
          aside={
            <>
              {item.muted && <RowSign icon="bellOff" label={t.conversations.muted} />}
              <RowTime timeMs={item.lastTimeMs} className={styles.time} />
            </>
          }
        >
          <RowPreview item={item} isOpen={isOpen} isAttended={isAttended} />
          {item.unsent === 'failed' && <RowSign icon="alert" label={t.message.failed} danger />}
          {item.pinned && <RowSign icon="pin" label={t.conversations.pinned} />}
          <RowBadge item={item} unread={unread} />
        </RowText>
      </a>
      <MenuButton
        icon="more"
        label={t.conversations.options}
        items={menu}
        className={styles.options}
        tabIndex={-1}
      />
      {menuAt !== undefined && (
        <Menu
          label={t.conversations.options}
          anchor={menuAt}
          items={menu}
          onClose={() => setMenuAt(undefined)}
        />
      )}
      {asking === 'delete' && (
        <DeleteDialog item={item} title={title} isOpen={isOpen} onClose={() => setAsking(undefined)} />
      )}
      {asking === 'clear' && <ClearDialog item={item} title={title} onClose={() => setAsking(undefined)} />}
    </li>
  );
});

/** What can be done with a conversation. */
function useRowMenu(item: ConversationItem, ask: (question: 'delete' | 'clear') => void): MenuItem[] {
  const { t } = useLanguage();
  const { pinConversation, muteConversation, markUnread, markRead } = useClient();
  const told = useTold();
  const { id, pinned, muted, unread, markedUnread } = item;
  const remove: MenuItem = {
    label: t.conversations.delete,
    icon: 'trash',
    danger: true,
    onSelect: () => ask('delete'),
  };
  if (item.kind === 'system' || item.isOnlyHere) return [remove];
  const isNew = unread > 0 || markedUnread;
  const readAll = () => Promise.all([markedUnread && markUnread(id, false), unread > 0 && markRead(id)]);
  return [
    {
      label: pinned ? t.conversations.unpin : t.conversations.pin,
      icon: 'pin',
      onSelect: () => told(pinConversation(id, !pinned)),
    },
    {
      label: muted ? t.conversations.unmute : t.conversations.mute,
      icon: muted ? 'bell' : 'bellOff',
      onSelect: () => told(muteConversation(id, !muted)),
    },
    isNew
      ? { label: t.conversations.markRead, icon: 'check', onSelect: () => told(readAll()) }
      : { label: t.conversations.markUnread, icon: 'chat', onSelect: () => told(markUnread(id, true)) },
    { label: t.conversations.clear, icon: 'broom', onSelect: () => ask('clear') },
    remove,
  ];
}

interface DeleteDialogProps {
  item: ConversationItem;
  title: string;
  isOpen: boolean;
  onClose(): void;
}

function DeleteDialog({ item, title, isOpen, onClose }: DeleteDialogProps) {
  const { t } = useLanguage();
  const { deleteConversation } = useClient();
  return (
    <ConfirmDialog
      question={
        item.kind === 'c2c'
          ? t.conversations.deleteQuestion(title)
          : t.conversations.deleteGroupQuestion(title)
      }
      hint={t.conversations.deleteHint}
      confirm={t.conversations.deleteConfirm}
      onConfirm={async () => {
        await deleteConversation(item.id);
        if (isOpen) goHome();
      }}
      onClose={onClose}
    />
  );
}

function ClearDialog({ item, title, onClose }: Omit<DeleteDialogProps, 'isOpen'>) {
  const { t } = useLanguage();
  const { clearHistory } = useClient();
  return (
    <ConfirmDialog
      question={t.conversations.clearQuestion(title)}
      hint={t.conversations.clearHint}
      confirm={t.conversations.clearConfirm}
      onConfirm={() => clearHistory(item.id)}
      onClose={onClose}
    />
  );
}
