import { type FormEvent, useState } from 'react';
import { useClient } from '../chat-client/hooks.tsx';
import { isUserID } from '../chat-client/published-values.ts';
import { Button } from '../design/Button.tsx';
import { Field } from '../design/Field.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './CredentialsForm.module.css';

/** In production the signature comes from the operator's own server: it is typed, or pasted, here. */
export function CredentialsForm({ isBusy }: { isBusy: boolean }) {
  const { t } = useLanguage();
  const { signIn } = useClient();
  const [SDKAppID, setSDKAppID] = useState('');
  const [userID, setUserID] = useState('');
  const [userSig, setUserSig] = useState('');
  const [refused, setRefused] = useState<string>();
  const appID = Number(SDKAppID.trim());
  const isWhole = Number.isSafeInteger(appID) && appID > 0 && userID.trim() !== '' && userSig.trim() !== '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isWhole || isBusy) return;
    if (isUserID(userID.trim()))
      void signIn({ SDKAppID: appID, userID: userID.trim(), userSig: userSig.trim() });
    else setRefused(userID);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field label={t.signIn.SDKAppID} value={SDKAppID} onChange={setSDKAppID} inputMode="numeric" />
      <Field
        label={t.signIn.userID}
        hint={t.signIn.userIDHint}
        value={userID}
        error={refused === userID ? t.signIn.badUserID : undefined}
        onChange={setUserID}
        maxLength={32}
        autoComplete="username"
      />
      <Field
        label={t.signIn.userSig}
        hint={t.signIn.userSigHint}
        value={userSig}
        onChange={setUserSig}
        type="password"
        autoComplete="current-password"
      />
      <Button look="primary" type="submit" busy={isBusy} disabled={!isWhole}>
        {t.signIn.submit}
      </Button>
    </form>
  );
}
