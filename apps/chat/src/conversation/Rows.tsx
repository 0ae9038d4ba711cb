import { createContext, use, useEffect } from 'react';
import { nameOf, useChat, useClient, useMyID } from '../chat-client/hooks.tsx';
import type { MessageItem } from '../chat-client/message-item.ts';
import { peopleIn, recalledText, tipText } from '../conversations/tip-text.ts';
import { Avatar } from '../design/Avatar.tsx';
import { faceOf } from '../design/face.ts';
import { cx } from '../design/cx.ts';
import { ApplicationAnswer } from '../groups/ApplicationAnswer.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { Bubble } from './Bubble.tsx';
import styles from './Rows.module.css';
import type { Row, Run } from './timeline-rows.ts';

/** In groups the faces and names of others stand beside what they say. */
export const ShowsSenders = createContext(false);

export function RowView({ row }: { row: Row }) {
  switch (row.kind) {
    case 'run':
      return <RunView run={row} />;
    case 'line':
      return <LineView item={row.item} />;
    case 'divider':
      return <Divider />;
  }
}

function RunView({ run }: { run: Run }) {
  const { t } = useLanguage();
  const showsSender = use(ShowsSenders) && !run.mine;
  const { ensurePeople } = useClient();
  const person = useChat((state) => state.people.get(run.from));
  const last = run.items.at(-1);
  useEffect(() => {
    if (!run.mine) ensurePeople([run.from]);
  }, [ensurePeople, run.mine, run.from]);
  const name = run.mine ? t.app.you : last?.senderName || person?.nick || run.from;
  return (
    <div className={cx(styles.run, run.mine && styles.mine, run.begins && styles.begins)}>
      {showsSender && (
        <div className={styles.face}>
          {run.ends && (
            <Avatar id={run.from} name={name} url={person?.avatar || last?.senderAvatar || ''} size="small" />
          )}
        </div>
      )}
      <ol className={styles.messages}>
        {run.items.map((item, index) => (
          <Bubble
            key={item.key}
            item={item}
            sender={name}
            heading={showsSender && run.begins && index === 0 ? { name, face: faceOf(run.from) } : undefined}
            isFirst={run.begins && index === 0}
            isLast={run.ends && index === run.items.length - 1}
          />
        ))}
      </ol>
    </div>
  );
}

/** Something that happened, rather than something said. */
function LineView({ item }: { item: MessageItem }) {
  const { t, format } = useLanguage();
  const { ensurePeople, writeAgain } = useClient();
  const myID = useMyID();
  const people = useChat((state) => state.people);
  const { tip } = item;
  useEffect(() => {
    ensurePeople(tip === undefined ? [item.recalledBy, item.from] : peopleIn(tip));
  }, [ensurePeople, tip, item.recalledBy, item.from]);
  const name = (userID: string) => (userID === myID ? t.app.you : nameOf(people, userID));
  const nameInside = (userID: string) => (userID === myID ? t.app.youInside : nameOf(people, userID));
  // What one took back oneself is still here, until the page is loaded again.
  const canWriteAgain = item.recalled && item.mine && item.kind === 'text' && item.text !== '';
  return (
    <div className={styles.line} title={format.full(item.timeMs)} data-message={item.key}>
      <p className={styles.lineText}>
        {tip === undefined
          ? recalledText(item, { t, name, nameInside })
          : tipText(tip, { t, name, nameInside })}
        {canWriteAgain && (
          <button type="button" className={styles.again} onClick={() => writeAgain(item)}>
            {t.message.writeAgain}
          </button>
        )}
      </p>
      {item.kind === 'notice' && <ApplicationAnswer item={item} />}
    </div>
  );
}

function Divider() {
  const { t } = useLanguage();
  return (
    <div className={styles.divider} role="separator" data-divider="">
      <span>{t.conversation.newMessages}</span>
    </div>
  );
}
