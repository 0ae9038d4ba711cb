import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { stepBack } from '../app/route.ts';
import { useChat, useClient } from '../chat-client/hooks.tsx';
import { focusRow, moveRowFocus } from '../conversations/row-focus.ts';
import { ListSkeleton } from '../conversations/ListSkeleton.tsx';
import { SearchBox } from '../conversations/SearchBox.tsx';
import { Button, IconButton } from '../design/Button.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { AddContactDialog } from './AddContactDialog.tsx';
import { BlockedDialog } from './BlockedDialog.tsx';
import { ContactList } from './ContactList.tsx';
import styles from './ContactsSidebar.module.css';
import { FriendRequests } from './FriendRequests.tsx';

/** The people one knows, in the place of the conversations. */
export function ContactsSidebar() {
  const { t } = useLanguage();
  const { readFriendRequests } = useClient();
  const searchRef = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const [open, setOpen] = useState<'add' | 'blocked'>();
  const isLoaded = useChat((state) => state.friendsLoaded);
  const isEmpty = useChat((state) => state.friends.size === 0 && state.friendRequests.length === 0);
  const newRequests = useChat((state) => state.newFriendRequests);
  useEffect(() => {
    // Shown here, they are seen; what could not be said is said with the next one.
    if (newRequests > 0) readFriendRequests().catch(() => undefined);
  }, [newRequests, readFriendRequests]);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.defaultPrevented || event.nativeEvent.isComposing) return;
    if (moveRowFocus(event)) searchRef.current?.focus();
  };
  return (
    <div className={styles.sidebar} role="presentation" onKeyDown={onKeyDown}>
      <header className={styles.header}>
        <IconButton icon="back" label={t.app.back} onClick={stepBack} />
        <h2 className={styles.title}>{t.contacts.title}</h2>
        <IconButton icon="blocked" label={t.contacts.blocked} onClick={() => setOpen('blocked')} />
        <IconButton icon="addPerson" label={t.contacts.add} onClick={() => setOpen('add')} />
      </header>
      <SearchBox
        inputRef={searchRef}
        label={t.contacts.search}
        value={query}
        onChange={setQuery}
        onDown={(input) => focusRow(input.closest(`.${styles.sidebar}`), 0)}
        onEnter={() => focusRow(searchRef.current?.closest(`.${styles.sidebar}`) ?? null, 0)}
      />
      {!isLoaded ? (
        <ListSkeleton />
      ) : isEmpty ? (
        <Nobody onAdd={() => setOpen('add')} />
      ) : (
        <div className={styles.scroll}>
          {query === '' && <FriendRequests />}
          <ContactList query={query} />
        </div>
      )}
      {open === 'add' && <AddContactDialog onClose={() => setOpen(undefined)} />}
      {open === 'blocked' && <BlockedDialog onClose={() => setOpen(undefined)} />}
    </div>
  );
}

function Nobody({ onAdd }: { onAdd(): void }) {
  const { t } = useLanguage();
  return (
    <div className={styles.empty}>
      <h3 className={styles.emptyTitle}>{t.contacts.empty}</h3>
      <p className={styles.hint}>{t.contacts.emptyHint}</p>
      <Button look="primary" icon="addPerson" onClick={onAdd}>
        {t.contacts.add}
      </Button>
    </div>
  );
}
