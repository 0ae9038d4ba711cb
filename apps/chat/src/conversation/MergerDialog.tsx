import type { ReactNode } from 'react';
import type { MergedItem } from '../chat-client/message-content.ts';
import { Avatar } from '../design/Avatar.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './MergerDialog.module.css';

export interface MergerDialogProps {
  title: string;
  messages: readonly MergedItem[];
  /** Draws what one of them says. */
  render(message: MergedItem): ReactNode;
  onClose(): void;
}

/** The messages inside a merged one; one of them may hold others in its turn. */
export function MergerDialog({ title, messages, render, onClose }: MergerDialogProps) {
  const { t, format } = useLanguage();
  return (
    <Dialog title={title || t.message.kinds.merger} onClose={onClose}>
      <ol className={styles.list}>
        {messages.map((message) => (
          <li key={message.id} className={styles.message}>
            <Avatar id={message.from} name={message.name} url={message.avatar} size="small" />
            <div className={styles.body}>
              <p className={styles.head}>
                <span className={styles.name}>{message.name}</span>
                <time className={styles.time} dateTime={new Date(message.timeMs).toISOString()}>
                  {format.full(message.timeMs)}
                </time>
              </p>
              {render(message)}
            </div>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
