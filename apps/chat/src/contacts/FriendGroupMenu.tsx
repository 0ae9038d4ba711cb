import { type FormEvent, useId, useState } from 'react';
import { useClient } from '../chat-client/hooks.tsx';
import { LIMITS } from '../chat-client/limits.ts';
import { Button } from '../design/Button.tsx';
import { ConfirmDialog } from '../design/ConfirmDialog.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { Field, FormError } from '../design/Field.tsx';
import { MenuButton } from '../design/Menu.tsx';
import { useAction } from '../design/use-action.ts';
import { bytesOf } from '../groups/user-ids.ts';
import { useLanguage } from '../i18n/language.tsx';
import styles from './FriendGroupMenu.module.css';

export interface FriendGroupMenuProps {
  name: string;
  onRenamed(name: string): void;
}

/** What becomes of the group that is chosen. */
export function FriendGroupMenu({ name, onRenamed }: FriendGroupMenuProps) {
  const { t } = useLanguage();
  const { deleteFriendGroup } = useClient();
  const [open, setOpen] = useState<'rename' | 'delete'>();
  const close = (): void => setOpen(undefined);
  return (
    <>
      <MenuButton
        icon="more"
        label={t.contacts.options(name)}
        className={styles.menu}
        items={[
          { label: t.contacts.renameGroup, icon: 'edit', onSelect: () => setOpen('rename') },
          { label: t.contacts.deleteGroup, icon: 'trash', danger: true, onSelect: () => setOpen('delete') },
        ]}
      />
      {open === 'rename' && <RenameDialog name={name} onRenamed={onRenamed} onClose={close} />}
      {open === 'delete' && (
        <ConfirmDialog
          question={t.contacts.deleteGroupQuestion(name)}
          hint={t.contacts.deleteGroupHint}
          confirm={t.contacts.deleteGroupConfirm}
          onConfirm={() => deleteFriendGroup(name)}
          onClose={close}
        />
      )}
    </>
  );
}

function RenameDialog({ name, onRenamed, onClose }: FriendGroupMenuProps & { onClose(): void }) {
  const { t } = useLanguage();
  const { renameFriendGroup } = useClient();
  const formID = useId();
  const [text, setText] = useState(name);
  const wanted = text.trim();
  const isTooLong = bytesOf(wanted) > LIMITS.friendGroupNameBytes;
  const canSave = wanted !== '' && !isTooLong;
  const { run, pending, failure } = useAction(async () => {
    if (wanted !== name) await renameFriendGroup(name, wanted);
    onRenamed(wanted);
    onClose();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (canSave) run();
  };
  return (
    <Dialog
      title={t.contacts.renameGroup}
      onClose={onClose}
      actions={
        <Button look="primary" type="submit" form={formID} busy={pending} disabled={!canSave}>
          {t.app.save}
        </Button>
      }
    >
      <form id={formID} onSubmit={submit}>
        <Field
          label={t.groups.name}
          error={isTooLong ? t.groups.nameHint(LIMITS.friendGroupNameBytes) : undefined}
          value={text}
          onChange={setText}
          autofocus
        />
      </form>
      <FormError failure={failure} />
    </Dialog>
  );
}
