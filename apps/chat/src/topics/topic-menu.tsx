import { useState } from 'react';
import { stepBack } from '../app/route.ts';
import { useClient } from '../chat-client/hooks.tsx';
import type { GroupItem, TopicItem } from '../chat-client/state.ts';
import { ConfirmDialog } from '../design/ConfirmDialog.tsx';
import type { MenuItem } from '../design/Menu.tsx';
import { useTold } from '../design/use-told.ts';
import { rightsIn } from '../groups/group-rights.ts';
import { useLanguage } from '../i18n/language.tsx';
import { TopicDialog } from './TopicDialog.tsx';

type Question = 'edit' | 'delete';

/** What can be done with a topic by whoever may; nothing for anybody else. */
export function useTopicMenu(
  topic: TopicItem,
  group: GroupItem,
): { items: readonly MenuItem[]; question: Question | undefined; close(): void } {
  const { t } = useLanguage();
  const { updateTopic } = useClient();
  const told = useTold();
  const [question, setQuestion] = useState<Question>();
  const close = (): void => setQuestion(undefined);
  if (!rightsIn(group).keepTopics) return { items: [], question: undefined, close };
  const { muteAll } = topic;
  const items: MenuItem[] = [
    { label: t.topics.edit, icon: 'edit', onSelect: () => setQuestion('edit') },
    {
      label: muteAll ? t.topics.unmute : t.topics.mute,
      icon: muteAll ? 'voice' : 'voiceOff',
      onSelect: () => told(updateTopic(topic, { muteAll: !muteAll })),
    },
    { label: t.topics.delete, icon: 'trash', danger: true, onSelect: () => setQuestion('delete') },
  ];
  return { items, question, close };
}

export interface TopicQuestionsProps {
  topic: TopicItem;
  group: GroupItem;
  question: Question | undefined;
  /** The topic is on the page: when it is deleted one goes back from it. */
  isOpen?: boolean;
  onClose(): void;
}

export function TopicQuestions({ topic, group, question, isOpen = false, onClose }: TopicQuestionsProps) {
  const { t } = useLanguage();
  const { deleteTopic } = useClient();
  if (question === 'edit') return <TopicDialog group={group} topic={topic} onClose={onClose} />;
  if (question === undefined) return null;
  return (
    <ConfirmDialog
      question={t.topics.deleteQuestion(topic.title)}
      hint={t.topics.deleteHint}
      confirm={t.topics.deleteConfirm}
      onConfirm={async () => {
        await deleteTopic(topic);
        if (isOpen) stepBack();
      }}
      onClose={onClose}
    />
  );
}
