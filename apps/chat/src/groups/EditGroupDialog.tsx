import { type FormEvent, useId, useState } from 'react';
import { useClient } from '../chat-client/hooks.tsx';
import { JOIN_OPTION } from '../chat-client/published-values.ts';
import type { GroupItem } from '../chat-client/state.ts';
import type { JoinOption } from '../chat-client/tim.ts';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { Field, FormError, LongField } from '../design/Field.tsx';
import { useAction } from '../design/use-action.ts';
import { useLanguage } from '../i18n/language.tsx';
import { AvatarPicker } from '../media/AvatarPicker.tsx';
import { useAvatar } from '../media/use-avatar.ts';
import { Choice } from '../settings/Choice.tsx';
import styles from './EditGroupDialog.module.css';
import { changesOf, type GroupForm, tooLong } from './group-form.ts';
import { rightsIn } from './group-rights.ts';
import { GROUP_NAME_BYTES, INTRODUCTION_BYTES, NOTIFICATION_BYTES } from './user-ids.ts';

/** A group's name, texts, picture, and who may join it. */
export function EditGroupDialog({ group, onClose }: { group: GroupItem; onClose(): void }) {
  const { t } = useLanguage();
  const { updateGroup } = useClient();
  const formID = useId();
  const [form, setForm] = useState<GroupForm>({
    name: group.name,
    introduction: group.introduction,
    notification: group.notification,
    joinOption: group.joinOption,
  });
  const set = (change: Partial<GroupForm>): void => setForm({ ...form, ...change });
  const avatar = useAvatar(group.avatar);
  const isReady = form.name.trim() !== '' && tooLong(form).length === 0;
  const { run, pending, failure } = useAction(async () => {
    const picture = avatar.change !== undefined && { avatar: avatar.change };
    await updateGroup(group.groupID, { ...changesOf(group, form), ...picture });
    onClose();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isReady) run();
  };
  const limit = (name: 'name' | 'introduction' | 'notification', bytes: number) =>
    tooLong(form).includes(name) ? { error: t.groups.nameHint(bytes) } : {};
  return (
    <Dialog
      title={t.groups.edit}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.app.cancel}</Button>
          <Button look="primary" type="submit" form={formID} busy={pending} disabled={!isReady}>
            {t.app.save}
          </Button>
        </>
      }
    >
      <form id={formID} className={styles.form} onSubmit={submit}>
        <AvatarPicker
          id={group.groupID}
          name={form.name.trim() || group.groupID}
          shape="group"
          chosen={avatar}
        />
        <Field
          label={t.groups.name}
          value={form.name}
          onChange={(name) => set({ name })}
          autofocus
          {...limit('name', GROUP_NAME_BYTES)}
        />
        <LongField
          label={t.groups.introduction}
          rows={2}
          value={form.introduction}
          onChange={(introduction) => set({ introduction })}
          {...limit('introduction', INTRODUCTION_BYTES)}
        />
        <LongField
          label={t.groups.notification}
          rows={3}
          value={form.notification}
          onChange={(notification) => set({ notification })}
          {...limit('notification', NOTIFICATION_BYTES)}
        />
        {rightsIn(group).setJoinOption && (
          <Choice<string>
            label={t.groups.joinOption}
            value={form.joinOption}
            options={JOIN_CHOICES.map((value) => ({ value, label: t.groups.joinOptions[value] }))}
            onChange={(joinOption) => set({ joinOption })}
          />
        )}
      </form>
      <FormError failure={failure} />
    </Dialog>
  );
}

const JOIN_CHOICES: readonly JoinOption[] = [JOIN_OPTION.free, JOIN_OPTION.approval, JOIN_OPTION.closed];
