import { useEffect } from 'react';
import { nameOf, useChat, useClient, useMyID } from '../chat-client/hooks.tsx';
import { Avatar } from '../design/Avatar.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './PeopleGroups.module.css';

export interface PeopleGroup {
  title: string;
  userIDs: readonly string[];
}

/** People under headings: who reacted in which way, who has read. A group of nobody is left out. */
export function PeopleGroups({ groups }: { groups: readonly PeopleGroup[] }) {
  const { t } = useLanguage();
  const { ensurePeople } = useClient();
  const myID = useMyID();
  const people = useChat((state) => state.people);
  useEffect(() => ensurePeople(groups.flatMap(({ userIDs }) => userIDs)), [ensurePeople, groups]);
  return groups
    .filter(({ userIDs }) => userIDs.length > 0)
    .map(({ title, userIDs }) => (
      <section key={title} aria-label={title}>
        <h3 className={styles.title}>{title}</h3>
        <ul>
          {userIDs.map((userID) => (
            <li key={userID} className={styles.person}>
              <Avatar
                id={userID}
                name={nameOf(people, userID)}
                url={people.get(userID)?.avatar ?? ''}
                size="small"
              />
              <span className={styles.name}>{userID === myID ? t.app.you : nameOf(people, userID)}</span>
            </li>
          ))}
        </ul>
      </section>
    ));
}
