import type { ReactNode } from 'react';
import { useToday } from '../app/clock.ts';
import { nameOf, useChat, useMyID } from '../chat-client/hooks.tsx';
import type { ConversationItem } from '../chat-client/state.ts';
import { TickSign } from '../conversation/Ticks.tsx';
import { cx } from '../design/cx.ts';
import { Icon, type IconName } from '../design/Icon.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { previewText } from './preview.ts';
import styles from './RowParts.module.css';

export interface RowTextProps {
  title: string;
  /** What stands after the title. */
  aside: ReactNode;
  /** The second line. */
  children: ReactNode;
}

/** The two lines of a row. */
export function RowText({ title, aside, children }: RowTextProps) {
  return (
    <span className={styles.text}>
      <span className={styles.line}>
        <span className={styles.title} dir="auto">
          {title}
        </span>
        {aside}
      </span>
      <span className={styles.line}>{children}</span>
    </span>
  );
}

/** What a thing is about, where nothing was said yet. */
export function RowAbout({ text }: { text: string }) {
  return (
    <span className={styles.preview} dir="auto">
      {text}
    </span>
  );
}

/** How much is new; a dot where there is only the wish to come back. */
export function RowBadge({ item, unread }: { item: ConversationItem; unread: number }) {
  const { t } = useLanguage();
  if (unread === 0 && !item.markedUnread) return null;
  const isQuiet = item.muted || item.kind === 'system';
  const words = unread > 0 ? t.conversations.unread(unread) : t.conversations.markedUnread;
  return (
    <span className={cx(styles.badge, isQuiet && styles.mutedBadge, unread === 0 && styles.dot)}>
      {unread > 0 && <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>}
      <span className="visually-hidden">{words}</span>
    </span>
  );
}

export interface RowSignProps {
  icon: IconName;
  label: string;
  /** Something is wrong. */
  danger?: boolean;
}

export function RowSign({ icon, label, danger = false }: RowSignProps) {
  return (
    <span className={cx(styles.sign, danger && styles.danger)} title={label}>
      <Icon name={icon} size={danger ? 18 : 15} />
      <span className="visually-hidden">{label}</span>
    </span>
  );
}

export function RowTime({ timeMs, className }: { timeMs: number; className?: string | undefined }) {
  const { format } = useLanguage();
  const today = useToday();
  if (timeMs === 0) return null;
  return (
    <time className={cx(styles.time, className)} dateTime={new Date(timeMs).toISOString()}>
      {format.brief(timeMs, today)}
    </time>
  );
}

export interface RowPreviewProps {
  item: ConversationItem;
  isOpen: boolean;
  isAttended: boolean;
}

/** What was said last, or what one is about to say. */
export function RowPreview({ item, isOpen, isAttended }: RowPreviewProps) {
  const { t } = useLanguage();
  const myID = useMyID();
  const people = useChat((state) => state.people);
  const draft = useChat((state) => state.drafts[item.id]);
  const isTyping = useChat((state) => state.typing.has(item.id));
  if (draft !== undefined && !isOpen) {
    return (
      <span className={styles.preview} dir="auto">
        <span className={styles.draft}>{t.conversations.draft}: </span>
        {draft}
      </span>
    );
  }
  if (isTyping) return <span className={cx(styles.preview, styles.typing)}>{t.conversation.typing}</span>;
  const name = (userID: string) => (userID === myID ? t.app.you : nameOf(people, userID));
  const nameInside = (userID: string) => (userID === myID ? t.app.youInside : nameOf(people, userID));
  return (
    <span className={styles.preview} dir="auto">
      {item.mention !== 'none' && !isAttended && (
        <span className={styles.mention}>{item.mention === 'me' ? t.mentions.ofYou : t.mentions.ofAll} </span>
      )}
      {item.unsent === 'sending' && (
        <span className={styles.sending} title={t.message.sending}>
          <TickSign delivery="sending" />
          <span className="visually-hidden">{t.message.sending}</span>
        </span>
      )}
      {previewText(item, { t, myID, name, nameInside })}
    </span>
  );
}
