import { memo, useState } from 'react';
import { useClient } from '../chat-client/hooks.tsx';
import type { MessageItem } from '../chat-client/message-item.ts';
import { kindName } from '../conversations/preview.ts';
import { cx } from '../design/cx.ts';
import { Icon } from '../design/Icon.tsx';
import { Menu, type MenuAnchor, MenuButton, type MenuItem } from '../design/Menu.tsx';
import { useMenuPress } from '../design/use-menu-press.ts';
import { useLanguage } from '../i18n/language.tsx';
import styles from './Bubble.module.css';
import { isLargeEmoji } from './message-text.ts';
import { MessageInfoDialog } from './MessageInfoDialog.tsx';
import { MessageText } from './MessageText.tsx';
import { Ticks } from './Ticks.tsx';

export interface BubbleProps {
  item: MessageItem;
  /** The sender, for a reader who hears the page instead of seeing it. */
  sender: string;
  /** A name above the text, in groups, with the colour of its face. */
  heading: { name: string; face: number } | undefined;
  isFirst: boolean;
  isLast: boolean;
}

export const Bubble = memo(function Bubble({ item, sender, heading, isFirst, isLast }: BubbleProps) {
  const { t, format } = useLanguage();
  const { retry } = useClient();
  const [menuAt, setMenuAt] = useState<MenuAnchor>();
  const press = useMenuPress(setMenuAt);
  const [showsInfo, setShowsInfo] = useState(false);
  const large = item.kind === 'text' && isLargeEmoji(item.text);
  const menu = useMenu(item, () => setShowsInfo(true));
  return (
    <li
      className={cx(styles.message, item.mine && styles.mine, isFirst && styles.first, isLast && styles.last)}
      data-message={item.key}
      data-delivery={item.delivery}
    >
      <div className={cx(styles.bubble, large && styles.large)} {...press}>
        {heading === undefined ? (
          <span className="visually-hidden">{sender}: </span>
        ) : (
          <span className={cx(styles.heading, styles[`name${heading.face}`])}>{heading.name}</span>
        )}
        <Content item={item} />
        <span className={styles.meta}>
          <time dateTime={new Date(item.timeMs).toISOString()} title={format.full(item.timeMs)}>
            {format.time(item.timeMs)}
          </time>
          <Ticks delivery={item.delivery} />
        </span>
      </div>
      <MenuButton icon="more" label={t.message.actions} items={menu} className={styles.actions} />
      {item.delivery === 'failed' && (
        <button type="button" className={styles.failed} onClick={() => void retry(item.key)}>
          <Icon name="alert" size={15} />
          {t.message.failedRetry}
        </button>
      )}
      {menuAt !== undefined && (
        <Menu label={t.message.actions} anchor={menuAt} items={menu} onClose={() => setMenuAt(undefined)} />
      )}
      {showsInfo && <MessageInfoDialog item={item} sender={sender} onClose={() => setShowsInfo(false)} />}
    </li>
  );
});

function Content({ item }: { item: MessageItem }) {
  const { t } = useLanguage();
  if (item.kind === 'text' || item.text !== '') return <MessageText text={item.text} />;
  return <em className={styles.unknown}>{t.message.cannotShow(kindName(t, item.kind))}</em>;
}

function useMenu(item: MessageItem, showInfo: () => void): MenuItem[] {
  const { t } = useLanguage();
  const { notify, retry } = useClient();
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(item.text);
    notify({ kind: 'copied' });
  };
  return [
    ...(item.delivery === 'failed'
      ? [{ label: t.app.retry, icon: 'retry', onSelect: () => void retry(item.key) } as const]
      : []),
    ...(item.text === ''
      ? []
      : [{ label: t.message.copy, icon: 'copy', onSelect: () => void copy() } as const]),
    { label: t.message.info, icon: 'info', onSelect: showInfo },
  ];
}
