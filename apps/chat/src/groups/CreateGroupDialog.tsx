import { type FormEvent, useId, useState } from 'react';
import { openConversation } from '../app/route.ts';
import type { NewGroupType } from '../chat-client/groups.ts';
import { useClient } from '../chat-client/hooks.tsx';
import { conversationIDOf, GROUP_TYPE } from '../chat-client/published-values.ts';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { Field, FormError } from '../design/Field.tsx';
import { useAction } from '../design/use-action.ts';
import { useLanguage } from '../i18n/language.tsx';
import { Choice } from '../settings/Choice.tsx';
import styles from './CreateGroupDialog.module.css';
import { KindChoice } from './KindChoice.tsx';
import { PeoplePicker } from './PeoplePicker.tsx';
import { bytesOf, GROUP_NAME_BYTES, parseUserIDs } from './user-ids.ts';

/** How the members of a community talk. */
type Talk = 'together' | 'inTopics';

export function CreateGroupDialog({ onClose }: { onClose(): void }) {
  const { t } = useLanguage();
  const { createGroup, strangersAmong } = useClient();
  const formID = useId();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<NewGroupType>(GROUP_TYPE.work);
  const [talk, setTalk] = useState<Talk>('together');
  const [people, setPeople] = useState('');
  const [strangers, setStrangers] = useState<readonly string[]>([]);
  // Into a live room everybody comes by themselves.
  const takesPeople = kind !== GROUP_TYPE.liveRoom;
  const isTooLong = bytesOf(name.trim()) > GROUP_NAME_BYTES;
  const isReady = name.trim() !== '' && !isTooLong;
  const { run, pending, failure } = useAction(async () => {
    const userIDs = takesPeople ? parseUserIDs(people) : [];
    // A group is made without those who do not exist, and nobody is told: so they are looked for first.
    const unknown = await strangersAmong(userIDs);
    setStrangers(unknown);
    if (unknown.length > 0) return;
    const hasTopics = kind === GROUP_TYPE.community && talk === 'inTopics';
    const groupID = await createGroup({ name: name.trim(), type: kind, userIDs, hasTopics });
    onClose();
    openConversation(conversationIDOf('group', groupID));
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isReady) run();
  };
  return (
    <Dialog
      title={t.groups.create}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.app.cancel}</Button>
          <Button look="primary" type="submit" form={formID} busy={pending} disabled={!isReady}>
            {t.groups.createConfirm}
          </Button>
        </>
      }
    >
      <form id={formID} className={styles.form} onSubmit={submit}>
        <Field
          label={t.groups.name}
          value={name}
          onChange={setName}
          autofocus
          {...(isTooLong ? { error: t.groups.nameHint(GROUP_NAME_BYTES) } : {})}
        />
        <KindChoice value={kind} onChange={setKind} />
        {kind === GROUP_TYPE.community && (
          <Choice<Talk>
            label={t.topics.talk}
            value={talk}
            options={[
              { value: 'together', label: t.topics.together },
              { value: 'inTopics', label: t.topics.inTopics },
            ]}
            onChange={setTalk}
          />
        )}
        {takesPeople && <PeoplePicker value={people} onChange={setPeople} />}
      </form>
      <FormError
        failure={
          failure ??
          (strangers.length > 0 ? { code: 0, message: t.groups.notAdded(strangers.join(', ')) } : undefined)
        }
      />
    </Dialog>
  );
}
