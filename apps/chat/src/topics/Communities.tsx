import { type MouseEvent, useMemo } from 'react';
import { formatRoute, openConversation, openTopic } from '../app/route.ts';
import { useChat } from '../chat-client/hooks.tsx';
import { conversationIDOf } from '../chat-client/published-values.ts';
import type { GroupItem, TopicItem } from '../chat-client/state.ts';
import { isOfCommunity, topicsOf } from '../chat-client/topics.ts';
import { RowBadge, RowSign } from '../conversations/RowParts.tsx';
import { Avatar } from '../design/Avatar.tsx';
import { cx } from '../design/cx.ts';
import { Icon } from '../design/Icon.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './Communities.module.css';

/** The communities whose members talk in topics, which are no conversations of the list. */
export function Communities({ openID }: { openID: string | undefined }) {
  const { t } = useLanguage();
  const groups = useChat((state) => state.groups);
  const communities = [...groups.values()].filter(({ hasTopics }) => hasTopics);
  if (communities.length === 0) return null;
  return (
    <ul className={styles.communities} aria-label={t.topics.communities}>
      {communities.map((group) => (
        <Community key={group.groupID} group={group} openID={openID} />
      ))}
    </ul>
  );
}

/** Its topics stand below it while one of them is open, or it is itself. */
function Community({ group, openID }: { group: GroupItem; openID: string | undefined }) {
  const { t } = useLanguage();
  const { groupID, name, avatar } = group;
  const all = useChat((state) => state.topics);
  const attendedID = useChat((state) => state.attendedID);
  const topics = useMemo(() => topicsOf(all, groupID), [all, groupID]);
  const conversationID = conversationIDOf('group', groupID);
  const isExpanded = isOfCommunity(openID, groupID);
  const isOpen = openID === conversationID;
  return (
    <li>
      <a
        className={cx(styles.community, isOpen && styles.open)}
        href={formatRoute({ conversationID })}
        aria-current={isOpen ? 'page' : undefined}
        data-row=""
        onClick={plainClick(() => openConversation(conversationID))}
      >
        <Avatar id={groupID} name={name || groupID} url={avatar} size="compact" shape="group" />
        <span className={styles.title} dir="auto">
          {name || groupID}
        </span>
        {!isExpanded && <CommunityBadge topics={topics} attendedID={attendedID} />}
      </a>
      {isExpanded && topics.length > 0 && (
        <ul aria-label={t.topics.list(name || groupID)}>
          {topics.map((topic) => (
            <TopicLink
              key={topic.id}
              topic={topic}
              isOpen={topic.id === openID}
              isAttended={topic.id === attendedID}
            />
          ))}
        </ul>
      )}
    </li>
  );
}

interface TopicLinkProps {
  topic: TopicItem;
  isOpen: boolean;
  isAttended: boolean;
}

function TopicLink({ topic, isOpen, isAttended }: TopicLinkProps) {
  const { t } = useLanguage();
  return (
    <li>
      <a
        className={cx(styles.topic, isOpen && styles.open)}
        href={formatRoute({ conversationID: topic.id })}
        aria-current={isOpen ? 'page' : undefined}
        data-row=""
        onClick={plainClick(() => openTopic(topic.id))}
      >
        <Icon name="hash" size={16} />
        <span className={styles.title} dir="auto">
          {topic.title}
        </span>
        {topic.muteAll && <RowSign icon="voiceOff" label={t.topics.mute} />}
        <RowBadge item={topic} unread={isAttended ? 0 : topic.unread} />
      </a>
    </li>
  );
}

/** What is unread in all topics together. */
function CommunityBadge({
  topics,
  attendedID,
}: {
  topics: readonly TopicItem[];
  attendedID: string | undefined;
}) {
  const unread = topics.reduce((sum, { id, unread: own }) => sum + (id === attendedID ? 0 : own), 0);
  const [loud] = topics.toSorted((one, other) => Number(isQuiet(one)) - Number(isQuiet(other)));
  return loud === undefined ? null : <RowBadge item={loud} unread={unread} />;
}

const isQuiet = ({ muted, unread }: TopicItem): boolean => muted || unread === 0;

/** A click that is for another tab is the browser's own. */
function plainClick(open: () => void): (event: MouseEvent) => void {
  return (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    open();
  };
}
