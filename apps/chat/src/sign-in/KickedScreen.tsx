import { forgetPlace } from '../app/route.ts';
import { useChat, useClient } from '../chat-client/hooks.tsx';
import { Button } from '../design/Button.tsx';
import { Tern } from '../design/Tern.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './KickedScreen.module.css';

/** The session ended from outside: why, and the two ways on. */
export function KickedScreen() {
  const { t } = useLanguage();
  const { signInAgain, leave } = useClient();
  const session = useChat((state) => state.session);
  if (session.name !== 'kicked') return null;
  const elsewhere = session.reason === 'multipleAccount' || session.reason === 'multipleDevice';
  return (
    <main className={styles.screen}>
      <div
        className={styles.card}
        role="alertdialog"
        aria-labelledby="kicked-title"
        aria-describedby="kicked-reason"
      >
        <Tern size={64} />
        <h1 id="kicked-title" className={styles.title}>
          {t.kicked.title}
        </h1>
        <p id="kicked-reason" className={styles.reason}>
          {t.kicked[session.reason]}
        </p>
        <p className={styles.comfort}>{t.kicked.nothingLost}</p>
        <div className={styles.actions}>
          <Button look="primary" autoFocus onClick={() => void signInAgain()}>
            {elsewhere ? t.kicked.useHere : t.kicked.signInAgain}
          </Button>
          <Button
            onClick={() => {
              forgetPlace();
              leave();
            }}
          >
            {t.kicked.someoneElse}
          </Button>
        </div>
      </div>
    </main>
  );
}
