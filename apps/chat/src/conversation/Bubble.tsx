import { memo, useState } from 'react';
import { useChat } from '../chat-client/hooks.tsx';
import type { MessageItem } from '../chat-client/message-item.ts';
import { IconButton } from '../design/Button.tsx';
import { cx } from '../design/cx.ts';
import type { MenuAnchor } from '../design/Menu.tsx';
import { useMenuPress } from '../design/use-menu-press.ts';
import { useLanguage } from '../i18n/language.tsx';
import styles from './Bubble.module.css';
import { isLargeEmoji } from './message-text.ts';
import { MessageContent } from './MessageContent.tsx';
import { MessageMenu, type MessageWindow } from './MessageMenu.tsx';
import { MessageWindows } from './MessageWindows.tsx';
import { NotSent } from './NotSent.tsx';
import { QuoteView } from './QuoteView.tsx';
import { Reactions } from './Reactions.tsx';
import { ReadCount } from './ReadCount.tsx';
import { SelectMark } from './SelectMark.tsx';
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

const NOWHERE: MenuAnchor = { left: 0, right: 0, top: 0, bottom: 0 };

export const Bubble = memo(function Bubble({ item, sender, heading, isFirst, isLast }: BubbleProps) {
  const { t } = useLanguage();
  const [menuAt, setMenuAt] = useState<MenuAnchor>();
  const [windowAt, setWindowAt] = useState(NOWHERE);
  const [openWindow, setOpenWindow] = useState<MessageWindow>();
  const press = useMenuPress(setMenuAt);
  const isLit = useChat((state) => state.spotlight?.key === item.key);
  const large = item.kind === 'text' && item.quote === undefined && isLargeEmoji(item.text);
  return (
    <li
      className={cx(
        styles.message,
        item.mine && styles.mine,
        isFirst && styles.first,
        isLast && styles.last,
        isLit && styles.lit,
      )}
      data-message={item.key}
      data-delivery={item.delivery}
    >
      <div
        className={cx(
          styles.bubble,
          large && styles.large,
          isPicture(item) && styles.picture,
          isCard(item) && styles.card,
        )}
        {...press}
      >
        {heading === undefined ? (
          <span className="visually-hidden">{sender}: </span>
        ) : (
          <span className={cx(styles.heading, styles[`name${heading.face}`])}>{heading.name}</span>
        )}
        {item.quote !== undefined && <QuoteView quote={item.quote} conversationID={item.conversationID} />}
        <MessageContent item={item} />
        <Meta item={item} />
      </div>
      <IconButton
        icon="more"
        label={t.message.actions}
        className={styles.actions}
        aria-haspopup="menu"
        aria-expanded={menuAt !== undefined}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          setMenuAt((open) => (open === undefined ? box : undefined));
        }}
      />
      <Reactions item={item} />
      {item.delivery === 'failed' && <NotSent item={item} />}
      {menuAt !== undefined && (
        <MessageMenu
          item={item}
          anchor={menuAt}
          onWindow={(name) => {
            setWindowAt(menuAt);
            setOpenWindow(name);
          }}
          onClose={() => setMenuAt(undefined)}
        />
      )}
      {openWindow !== undefined && (
        <MessageWindows
          name={openWindow}
          item={item}
          sender={sender}
          anchor={windowAt}
          onClose={() => setOpenWindow(undefined)}
        />
      )}
      <SelectMark item={item} />
    </li>
  );
});

/** A picture fills its bubble, and what is said of it stands on it. */
function isPicture({ content, quote }: MessageItem): boolean {
  return quote === undefined && (content?.kind === 'image' || content?.kind === 'video');
}

/** What a recording or a file says leaves room in its last line. */
function isCard({ content }: MessageItem): boolean {
  return content?.kind === 'audio' || content?.kind === 'file';
}

/** When it was said, whether it was changed, and how far it came. */
function Meta({ item }: { item: MessageItem }) {
  const { t, format } = useLanguage();
  return (
    <span className={styles.meta}>
      {item.edited && <span>{t.message.edited}</span>}
      <time dateTime={new Date(item.timeMs).toISOString()} title={format.full(item.timeMs)}>
        {format.time(item.timeMs)}
      </time>
      {item.countsReaders ? <ReadCount item={item} /> : <Ticks delivery={item.delivery} />}
    </span>
  );
}
