import { useChat } from '../chat-client/hooks.tsx';
import { Avatar } from '../design/Avatar.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './NoMessages.module.css';
import type { Subject } from './subject.ts';

export function NoMessages({ subject }: { subject: Subject }) {
  const { t } = useLanguage();
  // Nobody says hello to whom they have blocked.
  const isBlocked = useChat((state) => subject.kind === 'c2c' && state.blocked.has(subject.targetID));
  return (
    <div className={styles.empty}>
      <Avatar
        id={subject.targetID}
        name={subject.title}
        url={subject.avatar}
        size="huge"
        shape={subject.kind === 'c2c' ? 'person' : 'group'}
        {...(subject.kind === 'system' ? { icon: 'bell' } : {})}
        {...(subject.community === undefined ? {} : { icon: 'hash' })}
      />
      <p className={styles.title}>{t.conversation.empty}</p>
      {subject.kind !== 'system' && !subject.isFormerGroup && !isBlocked && (
        <p className={styles.hint}>
          {subject.kind === 'group' ? t.conversation.emptyGroupHint : t.conversation.emptyHint(subject.title)}
        </p>
      )}
    </div>
  );
}
