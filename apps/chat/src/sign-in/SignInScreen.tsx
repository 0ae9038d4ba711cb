import { useState } from 'react';
import { useChat } from '../chat-client/hooks.tsx';
import { Spinner } from '../design/Button.tsx';
import { FormError } from '../design/Field.tsx';
import { Tern } from '../design/Tern.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { LOCALE_NAMES, LOCALES } from '../i18n/locale.ts';
import { CredentialsForm } from './CredentialsForm.tsx';
import styles from './SignInScreen.module.css';
import { UserPicker } from './UserPicker.tsx';

export function SignInScreen() {
  const { t, locale, setLocale } = useLanguage();
  const session = useChat((state) => state.session);
  const demoUsers = useChat((state) => state.demoUsers);
  /** Kept here, as the picker gives way to a word of patience: whoever is refused mends what they typed. */
  const [typed, setTyped] = useState('');
  const failure = session.name === 'signedOut' ? session.failure : undefined;
  const other = LOCALES.find((known) => known !== locale) ?? locale;
  return (
    <main className={styles.screen}>
      <div className={styles.card}>
        <header className={styles.header}>
          <Tern size={64} />
          <h1 className={styles.title}>{t.signIn.title}</h1>
          <p className={styles.tagline}>{t.app.tagline}</p>
        </header>
        <FormError failure={failure} />
        {demoUsers === undefined ? (
          <CredentialsForm isBusy={session.name === 'signingIn'} />
        ) : session.name === 'signingIn' ? (
          <p className={styles.waiting} role="status">
            <Spinner />
            {t.signIn.signingIn(session.userID)}
          </p>
        ) : (
          <UserPicker users={demoUsers} userID={typed} onUserID={setTyped} />
        )}
      </div>
      <button type="button" className={styles.language} lang={other} onClick={() => setLocale(other)}>
        {LOCALE_NAMES[other]}
      </button>
    </main>
  );
}
