import { useState } from 'react';
import { openConversation } from '../app/route.ts';
import { useChat, useMyID } from '../chat-client/hooks.tsx';
import { conversationIDOf } from '../chat-client/published-values.ts';
import { Button } from '../design/Button.tsx';
import { CreateGroupDialog } from '../groups/CreateGroupDialog.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './EmptyList.module.css';
import { NewChatDialog } from './NewChatDialog.tsx';
import { PersonButton } from './PersonButton.tsx';

/** A new account: what can be done first, and on a development server with whom. */
export function EmptyList() {
  const { t } = useLanguage();
  const myID = useMyID();
  const demoUsers = useChat((state) => state.demoUsers);
  const [open, setOpen] = useState<'newChat' | 'newGroup'>();
  const others = (demoUsers ?? []).filter((user) => user.userID !== myID);
  return (
    <div className={styles.empty}>
      <div className={styles.words}>
        <h2 className={styles.title}>{t.conversations.empty}</h2>
        <p className={styles.hint}>{t.conversations.emptyHint}</p>
        <div className={styles.actions}>
          <Button look="primary" icon="chat" onClick={() => setOpen('newChat')}>
            {t.conversations.newChat}
          </Button>
          <Button icon="group" onClick={() => setOpen('newGroup')}>
            {t.conversations.newGroup}
          </Button>
        </div>
      </div>
      {others.length > 0 && (
        <section className={styles.suggestions} aria-labelledby="suggestions">
          <h3 id="suggestions" className={styles.heading}>
            {t.conversations.suggestions}
          </h3>
          <ul>
            {others.map((user) => (
              <li key={user.userID}>
                <PersonButton
                  userID={user.userID}
                  name={user.nick}
                  avatar={user.avatar}
                  onClick={() => openConversation(conversationIDOf('c2c', user.userID))}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      {open === 'newChat' && <NewChatDialog onClose={() => setOpen(undefined)} />}
      {open === 'newGroup' && <CreateGroupDialog onClose={() => setOpen(undefined)} />}
    </div>
  );
}
