import { type FormEvent, useId, useState } from 'react';
import { useChat, useClient } from '../chat-client/hooks.tsx';
import { LIMITS } from '../chat-client/limits.ts';
import type { Friend } from '../chat-client/state.ts';
import { Button } from '../design/Button.tsx';
import { cx } from '../design/cx.ts';
import { Dialog } from '../design/Dialog.tsx';
import { Field, FormError } from '../design/Field.tsx';
import { Icon } from '../design/Icon.tsx';
import { useAction } from '../design/use-action.ts';
import { bytesOf } from '../groups/user-ids.ts';
import { useLanguage } from '../i18n/language.tsx';
import styles from './EditContactDialog.module.css';

/** What I call somebody, and which of my groups they are in. */
export function EditContactDialog({ friend, onClose }: { friend: Friend; onClose(): void }) {
  const { t } = useLanguage();
  const { noteFriend } = useClient();
  const existing = useChat((state) => state.friendGroups);
  const formID = useId();
  const [remark, setRemark] = useState(friend.remark);
  const [chosen, setChosen] = useState<readonly string[]>(friend.groups);
  const [added, setAdded] = useState('');
  const isLongRemark = bytesOf(remark.trim()) > LIMITS.friendRemarkBytes;
  const isLongGroup = bytesOf(added.trim()) > LIMITS.friendGroupNameBytes;
  const canSave = !isLongRemark && !isLongGroup;
  const { run, pending, failure } = useAction(async () => {
    const fresh = added.trim();
    const groups = fresh === '' || chosen.includes(fresh) ? chosen : [...chosen, fresh];
    await noteFriend(friend.userID, remark.trim(), groups);
    onClose();
  });
  const toggle = (name: string): void =>
    setChosen((before) => (before.includes(name) ? before.filter((one) => one !== name) : [...before, name]));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (canSave) run();
  };
  return (
    <Dialog
      title={t.contacts.edit}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.app.cancel}</Button>
          <Button look="primary" type="submit" form={formID} busy={pending} disabled={!canSave}>
            {t.app.save}
          </Button>
        </>
      }
    >
      <form id={formID} className={styles.form} onSubmit={submit}>
        <Field
          label={t.contacts.remark}
          hint={t.contacts.remarkHint}
          error={isLongRemark ? t.groups.nameHint(LIMITS.friendRemarkBytes) : undefined}
          value={remark}
          onChange={setRemark}
          autofocus
        />
        {existing.length > 0 && (
          <fieldset>
            <legend className={styles.legend}>{t.contacts.inGroups}</legend>
            <div className={styles.groups}>
              {existing.map((name) => (
                <label key={name} className={cx(styles.group, chosen.includes(name) && styles.chosen)}>
                  <input
                    type="checkbox"
                    className="visually-hidden"
                    checked={chosen.includes(name)}
                    onChange={() => toggle(name)}
                  />
                  {chosen.includes(name) && <Icon name="check" size={15} />}
                  {name}
                </label>
              ))}
            </div>
          </fieldset>
        )}
        <Field
          label={t.contacts.newGroup}
          hint={t.contacts.newGroupHint}
          error={isLongGroup ? t.groups.nameHint(LIMITS.friendGroupNameBytes) : undefined}
          value={added}
          onChange={setAdded}
        />
      </form>
      <FormError failure={failure} />
    </Dialog>
  );
}
