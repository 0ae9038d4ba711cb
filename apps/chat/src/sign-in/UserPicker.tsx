import { type FormEvent, useState } from 'react';
import { useClient } from '../chat-client/hooks.tsx';
import { isUserID } from '../chat-client/published-values.ts';
import type { Person } from '../chat-client/state.ts';
import { Avatar } from '../design/Avatar.tsx';
import { Button } from '../design/Button.tsx';
import { Field } from '../design/Field.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './UserPicker.module.css';

export interface UserPickerProps {
  users: readonly Person[];
  /** What is typed. */
  userID: string;
  onUserID(userID: string): void;
}

/** In development mode anyone may be anyone: pick a face, or type a name. */
export function UserPicker({ users, userID, onUserID }: UserPickerProps) {
  const { t } = useLanguage();
  const { signInAs } = useClient();
  const [refused, setRefused] = useState<string>();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const wanted = userID.trim();
    if (isUserID(wanted)) void signInAs(wanted);
    else setRefused(userID);
  };
  return (
    <div className={styles.picker}>
      <section aria-labelledby="sign-in-pick">
        <h2 id="sign-in-pick" className={styles.heading}>
          {t.signIn.pick}
        </h2>
        <ul className={styles.users}>
          {users.map((user) => (
            <li key={user.userID}>
              <button type="button" className={styles.user} onClick={() => void signInAs(user.userID)}>
                <Avatar id={user.userID} name={user.nick || user.userID} url={user.avatar} />
                <span className={styles.names}>
                  <span className={styles.name}>{user.nick || user.userID}</span>
                  <span className={styles.id}>{user.userID}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </section>
      <form className={styles.form} onSubmit={submit}>
        <Field
          label={t.signIn.other}
          placeholder={t.signIn.userID}
          value={userID}
          error={refused === userID ? t.signIn.badUserID : undefined}
          onChange={onUserID}
          maxLength={32}
        />
        <Button look="primary" type="submit" disabled={userID.trim() === ''}>
          {t.signIn.submit}
        </Button>
      </form>
      <p className={styles.note}>{t.signIn.development}</p>
    </div>
  );
}
