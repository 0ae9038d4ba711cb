import { openDetails, openSearch, stepBack, useRoute } from '../app/route.ts';
import { useChat } from '../chat-client/hooks.tsx';
import { PresenceAvatar } from '../contacts/PresenceAvatar.tsx';
import { Avatar } from '../design/Avatar.tsx';
import { IconButton } from '../design/Button.tsx';
import { cx } from '../design/cx.ts';
import { useLanguage } from '../i18n/language.tsx';
import { LiveSign } from '../live-room/LiveSign.tsx';
import styles from './ConversationHeader.module.css';
import type { Subject } from './subject.ts';

export function ConversationHeader({ subject }: { subject: Subject }) {
  const { t } = useLanguage();
  const { details, search } = useRoute();
  const { kind, targetID, title, avatar, memberCount, conversationID, community } = subject;
  const toggle = (): void => (details ? stepBack() : openDetails(conversationID));
  const isSearching = search !== undefined;
  const toggleSearch = (): void => (isSearching ? stepBack() : openSearch(conversationID));
  const isTyping = useChat((state) => state.typing.has(conversationID));
  const members = kind === 'group' && memberCount > 0 ? t.conversation.members(memberCount) : undefined;
  const audience = useChat((state) =>
    kind === 'group' && state.audience?.groupID === targetID ? state.audience.count : undefined,
  );
  const isOnline = useChat((state) => kind === 'c2c' && state.online.has(targetID));
  const isLive = audience !== undefined;
  const line = isTyping
    ? t.conversation.typing
    : isOnline
      ? t.contacts.online
      : isLive
        ? t.liveRoom.watching(audience)
        : (community ?? members);
  const face = (
    <>
      {kind === 'c2c' ? (
        <PresenceAvatar id={targetID} name={title} url={avatar} size="compact" isSilent />
      ) : (
        <Avatar
          id={targetID}
          name={title}
          url={avatar}
          size="compact"
          shape="group"
          {...(kind === 'system' ? { icon: 'bell' } : {})}
          {...(community === undefined ? {} : { icon: 'hash' })}
        />
      )}
      <span className={styles.names}>
        <span className={styles.title} dir="auto">
          {title} {isLive && <LiveSign />}
        </span>
        {line !== undefined && (
          <span className={cx(styles.line, isTyping && styles.typing)} dir="auto">
            {line}
          </span>
        )}
      </span>
    </>
  );
  return (
    <header className={styles.header}>
      <IconButton icon="back" label={t.app.back} className={styles.back} onClick={stepBack} />
      {kind === 'system' || subject.isFormerGroup ? (
        <h2 className={styles.subject}>{face}</h2>
      ) : (
        <>
          <h2 className={styles.heading}>
            <button type="button" className={styles.subject} onClick={toggle} aria-expanded={details}>
              {face}
            </button>
          </h2>
          {!isLive && !subject.hasTopics && (
            <IconButton
              icon="search"
              label={t.search.inConversation}
              onClick={toggleSearch}
              aria-expanded={isSearching}
            />
          )}
          <IconButton icon="info" label={t.conversation.info} onClick={toggle} aria-expanded={details} />
        </>
      )}
    </header>
  );
}
