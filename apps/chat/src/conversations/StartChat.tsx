import { useState } from 'react';
import { openConversation } from '../app/route.ts';
import { useClient } from '../chat-client/hooks.tsx';
import { conversationIDOf } from '../chat-client/published-values.ts';
import { FormError } from '../design/Field.tsx';
import { Icon } from '../design/Icon.tsx';
import { useAction } from '../design/use-action.ts';
import { useLanguage } from '../i18n/language.tsx';
import styles from './StartChat.module.css';

/** The row that opens a conversation with whose userID was typed, where there is such a user. */
export function StartChat({ userID, onStarted }: { userID: string; onStarted(): void }) {
  const { t } = useLanguage();
  const { findPerson } = useClient();
  const [isNobody, setIsNobody] = useState(false);
  const { run, pending, failure } = useAction(async () => {
    if ((await findPerson(userID)) === undefined) return setIsNobody(true);
    onStarted();
    openConversation(conversationIDOf('c2c', userID));
  });
  return (
    <>
      <button type="button" className={styles.start} data-row="" aria-busy={pending} onClick={run}>
        <span className={styles.icon}>
          <Icon name="chat" />
        </span>
        <span className={styles.text}>{t.conversations.startWith(userID)}</span>
      </button>
      <div role="status">{isNobody && <p className={styles.nobody}>{t.newChat.noSuchUser(userID)}</p>}</div>
      <FormError failure={failure} />
    </>
  );
}
