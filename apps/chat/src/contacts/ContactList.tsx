import { useState } from 'react';
import { useChat } from '../chat-client/hooks.tsx';
import { cx } from '../design/cx.ts';
import { useLanguage } from '../i18n/language.tsx';
import styles from './ContactList.module.css';
import { ContactRow } from './ContactRow.tsx';
import { listFriends } from './contact-name.ts';
import { FriendGroupMenu } from './FriendGroupMenu.tsx';

/** My contacts by name; those of one group, where one is chosen. */
export function ContactList({ query }: { query: string }) {
  const { t } = useLanguage();
  const groups = useChat((state) => state.friendGroups);
  const friends = useChat((state) => state.friends);
  const people = useChat((state) => state.people);
  const [wanted, setWanted] = useState<string>();
  // A group may be gone while it is chosen.
  const group = wanted !== undefined && groups.includes(wanted) ? wanted : undefined;
  const shown = listFriends({ friends, people }, { query, group });
  return (
    <section aria-label={t.contacts.list} className={styles.section}>
      {groups.length > 0 && (
        <div className={styles.groups} role="group" aria-label={t.contacts.groups}>
          {[undefined, ...groups].map((name) => (
            <button
              key={name ?? ''}
              type="button"
              className={cx(styles.chip, name === group && styles.chosen)}
              aria-pressed={name === group}
              onClick={() => setWanted(name)}
            >
              {name ?? t.contacts.all}
            </button>
          ))}
          {group !== undefined && <FriendGroupMenu name={group} onRenamed={setWanted} />}
        </div>
      )}
      {shown.length === 0 ? (
        friends.size > 0 && (
          <p className={styles.nothing} role="status">
            {t.conversations.noMatch}
          </p>
        )
      ) : (
        <ul className={styles.list}>
          {shown.map((friend, index) => (
            <ContactRow key={friend.userID} friend={friend} isFirst={index === 0} />
          ))}
        </ul>
      )}
    </section>
  );
}
