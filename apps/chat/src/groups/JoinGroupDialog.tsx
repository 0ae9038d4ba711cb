import { type FormEvent, useId, useState } from 'react';
import { openConversation } from '../app/route.ts';
import { useClient } from '../chat-client/hooks.tsx';
import { conversationIDOf } from '../chat-client/published-values.ts';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { Field, FormError, LongField } from '../design/Field.tsx';
import { useAction } from '../design/use-action.ts';
import { useLanguage } from '../i18n/language.tsx';
import styles from './JoinGroupDialog.module.css';
import { APPLY_MESSAGE_BYTES, bytesOf } from './user-ids.ts';

export function JoinGroupDialog({ onClose }: { onClose(): void }) {
  const { t } = useLanguage();
  const { joinGroup, notify } = useClient();
  const formID = useId();
  const [groupID, setGroupID] = useState('');
  const [note, setNote] = useState('');
  const isTooLong = bytesOf(note.trim()) > APPLY_MESSAGE_BYTES;
  const wanted = groupID.trim();
  const { run, pending, failure } = useAction(async () => {
    const outcome = await joinGroup(wanted, note.trim());
    onClose();
    if (outcome === 'waiting') {
      notify({ kind: 'waitingApproval' });
      return;
    }
    if (outcome === 'already') notify({ kind: 'alreadyMember' });
    openConversation(conversationIDOf('group', wanted));
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (wanted !== '' && !isTooLong) run();
  };
  return (
    <Dialog
      title={t.groups.join}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.app.cancel}</Button>
          <Button
            look="primary"
            type="submit"
            form={formID}
            busy={pending}
            disabled={wanted === '' || isTooLong}
          >
            {t.groups.joinConfirm}
          </Button>
        </>
      }
    >
      <form id={formID} className={styles.form} onSubmit={submit}>
        <Field
          label={t.groups.groupID}
          hint={t.groups.joinHint}
          value={groupID}
          onChange={setGroupID}
          maxLength={48}
          autofocus
        />
        <LongField
          label={t.groups.joinNote}
          hint={t.groups.joinNoteHint}
          error={isTooLong ? t.groups.nameHint(APPLY_MESSAGE_BYTES) : undefined}
          rows={2}
          value={note}
          onChange={setNote}
        />
      </form>
      <FormError failure={failure} />
    </Dialog>
  );
}
