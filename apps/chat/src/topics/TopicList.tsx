import { useEffect, useMemo, useState } from 'react';
import { formatRoute, openTopic } from '../app/route.ts';
import { useChat, useClient } from '../chat-client/hooks.tsx';
import type { GroupItem, TopicItem } from '../chat-client/state.ts';
import { topicsOf } from '../chat-client/topics.ts';
import { previewPeople } from '../conversations/preview.ts';
import { RowAbout, RowBadge, RowPreview, RowSign, RowText, RowTime } from '../conversations/RowParts.tsx';
import { Avatar } from '../design/Avatar.tsx';
import { Button } from '../design/Button.tsx';
import { MenuButton } from '../design/Menu.tsx';
import { rightsIn } from '../groups/group-rights.ts';
import { useLanguage } from '../i18n/language.tsx';
import { TopicDialog } from './TopicDialog.tsx';
import styles from './TopicList.module.css';
import { TopicQuestions, useTopicMenu } from './topic-menu.tsx';

/** What a community has in the place of messages: its topics, each with what was said last. */
export function TopicList({ groupID }: { groupID: string }) {
  const { t } = useLanguage();
  const { ensurePeople, loadTopics } = useClient();
  const group = useChat((state) => state.groups.get(groupID));
  const all = useChat((state) => state.topics);
  const topics = useMemo(() => topicsOf(all, groupID), [all, groupID]);
  const [isMaking, setMaking] = useState(false);
  // Who has just come in knows of none yet. What cannot be read now comes by an event, or with the next look.
  useEffect(() => void loadTopics(groupID).catch(() => undefined), [loadTopics, groupID]);
  useEffect(() => ensurePeople(topics.flatMap(previewPeople)), [ensurePeople, topics]);
  if (group === undefined) return null;
  const mayMake = rightsIn(group).keepTopics;
  const make = mayMake && (
    <Button icon="plus" look={topics.length > 0 ? 'quiet' : 'primary'} onClick={() => setMaking(true)}>
      {t.topics.create}
    </Button>
  );
  return (
    <div className={styles.scroller}>
      <div className={styles.column}>
        {topics.length === 0 ? (
          <div className={styles.none}>
            <p className={styles.noneTitle}>{t.topics.none}</p>
            <p className={styles.noneHint}>{mayMake ? t.topics.noneHint : t.topics.noneYetHint}</p>
            {make}
          </div>
        ) : (
          <>
            <div className={styles.head}>
              <p className={styles.count}>{t.topics.count(topics.length)}</p>
              {make}
            </div>
            <ul className={styles.topics} aria-label={t.topics.list(group.name || groupID)}>
              {topics.map((topic) => (
                <TopicRow key={topic.id} topic={topic} group={group} />
              ))}
            </ul>
          </>
        )}
      </div>
      {isMaking && <TopicDialog group={group} onClose={() => setMaking(false)} />}
    </div>
  );
}

function TopicRow({ topic, group }: { topic: TopicItem; group: GroupItem }) {
  const { t } = useLanguage();
  const { items, question, close } = useTopicMenu(topic, group);
  return (
    <li className={styles.row}>
      <a
        className={styles.link}
        href={formatRoute({ conversationID: topic.id })}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
          event.preventDefault();
          openTopic(topic.id);
        }}
      >
        <Avatar id={topic.targetID} name={topic.title} url={topic.avatar} shape="group" icon="hash" />
        <RowText
          title={topic.title}
          aside={
            <>
              {topic.muteAll && <RowSign icon="voiceOff" label={t.topics.mute} />}
              <RowTime timeMs={topic.lastTimeMs} />
            </>
          }
        >
          {topic.preview.kind === 'none' ? (
            <RowAbout text={topic.introduction} />
          ) : (
            <RowPreview item={topic} isOpen={false} isAttended={false} />
          )}
          <RowBadge item={topic} unread={topic.unread} />
        </RowText>
      </a>
      {items.length > 0 && <MenuButton icon="more" label={t.topics.actions(topic.title)} items={items} />}
      <TopicQuestions topic={topic} group={group} question={question} onClose={close} />
    </li>
  );
}
