import { memo } from 'react';
import { nameOf, useChat, useClient, useMyID } from '../chat-client/hooks.tsx';
import type { MessageItem } from '../chat-client/message-item.ts';
import { recalledText, tipText } from '../conversations/tip-text.ts';
import { kindName } from '../conversations/preview.ts';
import { MessageText } from '../conversation/MessageText.tsx';
import { Avatar } from '../design/Avatar.tsx';
import { cx } from '../design/cx.ts';
import { faceOf } from '../design/face.ts';
import { describeFailure } from '../i18n/describe-failure.ts';
import { useLanguage } from '../i18n/language.tsx';
import styles from './LiveRow.module.css';

export interface LiveRowProps {
  item: MessageItem;
  isHost: boolean;
  /** What can be done about who said it, for those who may. */
  onName: ((item: MessageItem, element: Element) => void) | undefined;
}

/** One thing that was said in a live room, in a line of its own. */
export const LiveRow = memo(function LiveRow({ item, isHost, onName }: LiveRowProps) {
  const { t } = useLanguage();
  const me = useChat((state) => state.me);
  if (item.tip !== undefined || item.recalled) return <LineRow item={item} />;
  const name = item.mine ? me?.nick || item.from : item.senderName || item.from;
  const avatar = (item.mine ? me?.avatar : item.senderAvatar) ?? '';
  return (
    <li className={cx(styles.row, item.delivery === 'sending' && styles.sending)} data-message={item.key}>
      <Avatar id={item.from} name={name} url={avatar} size="small" />
      <p className={styles.words}>
        {isHost && <span className={styles.host}>{t.liveRoom.host}</span>}
        {onName === undefined ? (
          <span className={styles.name} data-face={faceOf(item.from)} dir="auto">
            {name}
          </span>
        ) : (
          <button
            type="button"
            className={styles.name}
            data-face={faceOf(item.from)}
            aria-haspopup="menu"
            onClick={(event) => onName(item, event.currentTarget)}
            dir="auto"
          >
            {name}
          </button>
        )}{' '}
        {item.text === '' ? (
          kindName(t, item.kind)
        ) : (
          <MessageText text={item.text} mentions={item.mentions} />
        )}
        {item.delivery === 'failed' && <Failed item={item} />}
      </p>
    </li>
  );
});

function Failed({ item }: { item: MessageItem }) {
  const { t } = useLanguage();
  const { retry } = useClient();
  return (
    <span className={styles.failed} role="alert">
      {item.failure !== undefined && describeFailure(t, item.failure)}{' '}
      <button type="button" className={styles.retry} onClick={() => void retry(item.key)}>
        {t.app.retry}
      </button>
    </span>
  );
}

/** Something that happened, rather than something said. */
function LineRow({ item }: { item: MessageItem }) {
  const { t } = useLanguage();
  const myID = useMyID();
  const people = useChat((state) => state.people);
  const names = {
    t,
    name: (userID: string) => (userID === myID ? t.app.you : nameOf(people, userID)),
    nameInside: (userID: string) => (userID === myID ? t.app.youInside : nameOf(people, userID)),
  };
  return (
    <li className={styles.line} data-message={item.key}>
      {item.tip === undefined ? recalledText(item, names) : tipText(item.tip, names)}
    </li>
  );
}
