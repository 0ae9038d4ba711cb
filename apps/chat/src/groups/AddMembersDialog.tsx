import { type FormEvent, useId, useState } from 'react';
import { useChat, useClient } from '../chat-client/hooks.tsx';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { FormError } from '../design/Field.tsx';
import { useAction } from '../design/use-action.ts';
import { useLanguage } from '../i18n/language.tsx';
import { PeoplePicker } from './PeoplePicker.tsx';
import { parseUserIDs } from './user-ids.ts';

export function AddMembersDialog({ groupID, onClose }: { groupID: string; onClose(): void }) {
  const { t } = useLanguage();
  const { addMembers } = useClient();
  const formID = useId();
  const members = useChat((state) => state.members);
  const [people, setPeople] = useState('');
  const [failed, setFailed] = useState<readonly string[]>([]);
  const userIDs = parseUserIDs(people);
  const { run, pending, failure } = useAction(async () => {
    const result = await addMembers(groupID, userIDs);
    if (result.failed.length === 0) onClose();
    setFailed(result.failed);
    setPeople(result.failed.join(', '));
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (userIDs.length > 0) run();
  };
  return (
    <Dialog
      title={t.groups.addMembers}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.app.cancel}</Button>
          <Button look="primary" type="submit" form={formID} busy={pending} disabled={userIDs.length === 0}>
            {t.groups.addConfirm}
          </Button>
        </>
      }
    >
      <form id={formID} onSubmit={submit}>
        <PeoplePicker
          value={people}
          onChange={setPeople}
          without={new Set(members?.members.map((member) => member.userID))}
        />
      </form>
      <FormError
        failure={
          failure ??
          (failed.length > 0 ? { code: 0, message: t.groups.notAdded(failed.join(', ')) } : undefined)
        }
      />
    </Dialog>
  );
}
