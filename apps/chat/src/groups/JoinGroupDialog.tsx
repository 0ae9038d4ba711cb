import { type FormEvent, useId, useState } from 'react';
import { openConversation } from '../app/route.ts';
import { useClient } from '../chat-client/hooks.tsx';
import { conversationIDOf } from '../chat-client/published-values.ts';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { Field, FormError } from '../design/Field.tsx';
import { useAction } from '../design/use-action.ts';
import { useLanguage } from '../i18n/language.tsx';

export function JoinGroupDialog({ onClose }: { onClose(): void }) {
  const { t } = useLanguage();
  const { joinGroup, notify } = useClient();
  const formID = useId();
  const [groupID, setGroupID] = useState('');
  const wanted = groupID.trim();
  const { run, pending, failure } = useAction(async () => {
    const outcome = await joinGroup(wanted);
    onClose();
    if (outcome === 'waiting') notify({ kind: 'waitingApproval' });
    else openConversation(conversationIDOf('group', wanted));
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (wanted !== '') run();
  };
  return (
    <Dialog
      title={t.groups.join}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.app.cancel}</Button>
          <Button look="primary" type="submit" form={formID} busy={pending} disabled={wanted === ''}>
            {t.groups.joinConfirm}
          </Button>
        </>
      }
    >
      <form id={formID} onSubmit={submit}>
        <Field
          label={t.groups.groupID}
          hint={t.groups.joinHint}
          value={groupID}
          onChange={setGroupID}
          maxLength={48}
          autofocus
        />
      </form>
      <FormError failure={failure} />
    </Dialog>
  );
}
