import { useEffect } from 'react';
import { openConversation, stepBack } from '../app/route.ts';
import { useChat } from '../chat-client/hooks.tsx';
import { conversationIDOf } from '../chat-client/published-values.ts';
import type { GroupItem, TopicItem } from '../chat-client/state.ts';
import { Button } from '../design/Button.tsx';
import { CopyField } from '../design/CopyField.tsx';
import { Facts } from '../design/Facts.tsx';
import { Panel, PanelHead } from '../design/Panel.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { TopicQuestions, useTopicMenu } from './topic-menu.tsx';
import styles from './TopicPanel.module.css';

/** What a topic says of itself, and what whoever keeps it may change. */
export function TopicPanel({ conversationID }: { conversationID: string }) {
  const topic = useChat((state) => state.topics.get(conversationID));
  const group = useChat((state) => (topic === undefined ? undefined : state.groups.get(topic.groupID)));
  const isGone = useChat((state) => state.topicsLoaded && !state.topics.has(conversationID));
  useEffect(() => {
    if (isGone) stepBack();
  }, [isGone]);
  return topic === undefined || group === undefined ? null : <Shown topic={topic} group={group} />;
}

function Shown({ topic, group }: { topic: TopicItem; group: GroupItem }) {
  const { t } = useLanguage();
  const { items, question, close } = useTopicMenu(topic, group);
  return (
    <Panel title={t.topics.details} onClose={stepBack}>
      <PanelHead
        id={topic.targetID}
        name={topic.title}
        avatar={topic.avatar}
        shape="group"
        icon="hash"
        line={group.name || group.groupID}
      />
      <div className={styles.facts}>
        <CopyField label={t.topics.topicID} value={topic.targetID} />
        <Facts facts={[{ label: t.groups.introduction, value: topic.introduction }]} />
        <div className={styles.actions}>
          <Button icon="group" onClick={() => openConversation(conversationIDOf('group', group.groupID))}>
            {t.topics.list(group.name || group.groupID)}
          </Button>
          {items.map(({ label, icon, danger, onSelect }) => (
            <Button key={label} icon={icon} className={danger ? styles.danger : undefined} onClick={onSelect}>
              {label}
            </Button>
          ))}
        </div>
      </div>
      <TopicQuestions topic={topic} group={group} question={question} isOpen onClose={close} />
    </Panel>
  );
}
