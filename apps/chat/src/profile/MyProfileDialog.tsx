import { type FormEvent, useId, useState } from 'react';
import { useChat, useClient, useMyID } from '../chat-client/hooks.tsx';
import { LIMITS } from '../chat-client/limits.ts';
import type { AllowType } from '../chat-client/tim-contacts.ts';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { Field, FormError } from '../design/Field.tsx';
import { useAction } from '../design/use-action.ts';
import { bytesOf } from '../groups/user-ids.ts';
import { useLanguage } from '../i18n/language.tsx';
import { AvatarPicker } from '../media/AvatarPicker.tsx';
import { useAvatar } from '../media/use-avatar.ts';
import { Choice } from '../settings/Choice.tsx';
import styles from './MyProfileDialog.module.css';

export function MyProfileDialog({ onClose }: { onClose(): void }) {
  const { t } = useLanguage();
  const { updateMyProfile } = useClient();
  const myID = useMyID();
  const me = useChat((state) => state.me);
  const formID = useId();
  const [nick, setNick] = useState(me?.nick ?? '');
  const avatar = useAvatar(me?.avatar ?? '');
  const [signature, setSignature] = useState(me?.signature ?? '');
  const [allowType, setAllowType] = useState<AllowType>(me?.allowType ?? 'AllowType_Type_AllowAny');
  const isLong = (text: string): boolean => bytesOf(text.trim()) > LIMITS.profileTextBytes;
  const canSave = !isLong(nick) && !isLong(signature);
  const errorOf = (text: string) => (isLong(text) ? t.groups.nameHint(LIMITS.profileTextBytes) : undefined);
  const { run, pending, failure } = useAction(async () => {
    const picture = avatar.change !== undefined && { avatar: avatar.change };
    await updateMyProfile({ nick: nick.trim(), signature: signature.trim(), allowType, ...picture });
    onClose();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (canSave) run();
  };
  return (
    <Dialog
      title={t.profile.title}
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
        <div className={styles.face}>
          <AvatarPicker id={myID} name={nick.trim() || myID} chosen={avatar} />
          <p className={styles.id}>{myID}</p>
        </div>
        <Field
          label={t.profile.nick}
          hint={t.profile.nickHint}
          error={errorOf(nick)}
          value={nick}
          onChange={setNick}
          autofocus
        />
        <Field
          label={t.profile.signature}
          hint={t.profile.signatureHint}
          error={errorOf(signature)}
          value={signature}
          onChange={setSignature}
        />
        <Choice
          label={t.allowing.label}
          value={allowType}
          onChange={(value) => setAllowType(value)}
          options={[
            { value: 'AllowType_Type_AllowAny', label: t.allowing.any },
            { value: 'AllowType_Type_NeedConfirm', label: t.allowing.ask },
            { value: 'AllowType_Type_DenyAny', label: t.allowing.none },
          ]}
        />
      </form>
      <FormError failure={failure} />
    </Dialog>
  );
}
