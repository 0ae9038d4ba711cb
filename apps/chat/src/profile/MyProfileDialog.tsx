import { type FormEvent, useId, useState } from 'react';
import { useChat, useClient, useMyID } from '../chat-client/hooks.tsx';
import type { AllowType } from '../chat-client/tim-contacts.ts';
import { Avatar, isWebURL } from '../design/Avatar.tsx';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { Field, FormError } from '../design/Field.tsx';
import { useAction } from '../design/use-action.ts';
import { useLanguage } from '../i18n/language.tsx';
import { Choice } from '../settings/Choice.tsx';
import styles from './MyProfileDialog.module.css';

export function MyProfileDialog({ onClose }: { onClose(): void }) {
  const { t } = useLanguage();
  const { updateMyProfile } = useClient();
  const myID = useMyID();
  const me = useChat((state) => state.me);
  const formID = useId();
  const [nick, setNick] = useState(me?.nick ?? '');
  const before = me?.avatar ?? '';
  // A picture that lies in its own address is kept as long as nothing else is typed, but not shown as text.
  const [avatar, setAvatar] = useState(isWebURL(before) ? before : '');
  const [isTouched, setTouched] = useState(false);
  const [signature, setSignature] = useState(me?.signature ?? '');
  const [allowType, setAllowType] = useState<AllowType>(me?.allowType ?? 'AllowType_Type_AllowAny');
  const picture = isTouched ? avatar.trim() : before;
  const isBadPicture = isTouched && picture !== '' && !isWebURL(picture);
  const { run, pending, failure } = useAction(async () => {
    await updateMyProfile({ nick: nick.trim(), avatar: picture, signature: signature.trim(), allowType });
    onClose();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isBadPicture) run();
  };
  return (
    <Dialog
      title={t.profile.title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.app.cancel}</Button>
          <Button look="primary" type="submit" form={formID} busy={pending} disabled={isBadPicture}>
            {t.app.save}
          </Button>
        </>
      }
    >
      <form id={formID} className={styles.form} onSubmit={submit}>
        <div className={styles.face}>
          <Avatar id={myID} name={nick.trim() || myID} url={picture} size="huge" />
          <p className={styles.id}>{myID}</p>
        </div>
        <Field
          label={t.profile.nick}
          hint={t.profile.nickHint}
          value={nick}
          onChange={setNick}
          maxLength={120}
          autofocus
        />
        <Field
          label={t.profile.signature}
          hint={t.profile.signatureHint}
          value={signature}
          onChange={setSignature}
          maxLength={120}
        />
        <Field
          label={t.profile.avatar}
          hint={t.profile.avatarHint}
          error={isBadPicture ? t.profile.avatarBad : undefined}
          value={avatar}
          onChange={(value) => {
            setTouched(true);
            setAvatar(value);
          }}
          inputMode="url"
          maxLength={500}
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
