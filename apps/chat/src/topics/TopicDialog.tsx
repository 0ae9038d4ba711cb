import { type FormEvent, useId, useState } from 'react';
import { openTopic } from '../app/route.ts';
import { useClient } from '../chat-client/hooks.tsx';
import type { GroupItem, TopicItem } from '../chat-client/state.ts';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { Field, FormError, LongField } from '../design/Field.tsx';
import { useAction } from '../design/use-action.ts';
import { bytesOf, GROUP_NAME_BYTES, INTRODUCTION_BYTES } from '../groups/user-ids.ts';
import { useLanguage } from '../i18n/language.tsx';
import styles from './TopicDialog.module.css';

export interface TopicDialogProps {
  group: GroupItem;
  /** The one that is changed; a new one is made where there is none. */
  topic?: TopicItem;
  onClose(): void;
}

export function TopicDialog({ group, topic, onClose }: TopicDialogProps) {
  const { t } = useLanguage();
  const { createTopic, updateTopic } = useClient();
  const formID = useId();
  const [name, setName] = useState(topic?.title ?? '');
  const [introduction, setIntroduction] = useState(topic?.introduction ?? '');
  const isLongName = bytesOf(name.trim()) > GROUP_NAME_BYTES;
  const isLongText = bytesOf(introduction.trim()) > INTRODUCTION_BYTES;
  const isReady = name.trim() !== '' && !isLongName && !isLongText;
  const { run, pending, failure } = useAction(async () => {
    const plan = { name: name.trim(), introduction: introduction.trim() };
    if (topic !== undefined) {
      await updateTopic(topic, plan);
      onClose();
      return;
    }
    const conversationID = await createTopic(group.groupID, plan);
    onClose();
    openTopic(conversationID);
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isReady) run();
  };
  return (
    <Dialog
      title={topic === undefined ? t.topics.create : t.topics.edit}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.app.cancel}</Button>
          <Button look="primary" type="submit" form={formID} busy={pending} disabled={!isReady}>
            {topic === undefined ? t.topics.createConfirm : t.app.save}
          </Button>
        </>
      }
    >
      <form id={formID} className={styles.form} onSubmit={submit}>
        <Field
          label={t.topics.name}
          value={name}
          onChange={setName}
          autofocus
          {...(isLongName ? { error: t.groups.nameHint(GROUP_NAME_BYTES) } : {})}
        />
        <LongField
          label={t.groups.introduction}
          rows={2}
          value={introduction}
          onChange={setIntroduction}
          {...(isLongText ? { error: t.groups.nameHint(INTRODUCTION_BYTES) } : {})}
        />
      </form>
      <FormError failure={failure} />
    </Dialog>
  );
}
