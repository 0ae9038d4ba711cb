import { useChat } from '../chat-client/hooks.tsx';
import { Tern } from '../design/Tern.tsx';
import { Toasts } from '../design/Toasts.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { KickedScreen } from '../sign-in/KickedScreen.tsx';
import { SignInScreen } from '../sign-in/SignInScreen.tsx';
import styles from './App.module.css';
import { useLeaveQuestion } from './leave-question.ts';
import { Workspace } from './Workspace.tsx';

/** One screen for each state of the session. */
export function App() {
  const session = useChat((state) => state.session);
  useLeaveQuestion();
  return (
    <>
      <Screen name={session.name} />
      <Toasts />
    </>
  );
}

type ScreenName = 'restoring' | 'signedOut' | 'signingIn' | 'active' | 'kicked';

function Screen({ name }: { name: ScreenName }) {
  switch (name) {
    case 'restoring':
      return <Splash />;
    case 'signedOut':
    case 'signingIn':
      return <SignInScreen />;
    case 'active':
      return <Workspace />;
    case 'kicked':
      return <KickedScreen />;
  }
}

function Splash() {
  const { t } = useLanguage();
  return (
    <div className={styles.splash} role="status">
      <Tern size={72} />
      <span className="visually-hidden">{t.app.loading}</span>
    </div>
  );
}
