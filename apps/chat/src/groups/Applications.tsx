import { useEffect } from 'react';
import { useChat, useClient } from '../chat-client/hooks.tsx';
import type { GroupItem } from '../chat-client/state.ts';
import { Avatar } from '../design/Avatar.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { AnswerButtons } from './ApplicationAnswer.tsx';
import styles from './Applications.module.css';
import { rightsIn } from './group-rights.ts';

/** Those who wait to be let in. */
export function Applications({ group }: { group: GroupItem }) {
  const { t } = useLanguage();
  const { loadApplications } = useClient();
  const all = useChat((state) => state.applications);
  const { approve } = rightsIn(group);
  useEffect(() => {
    // The list is a convenience here: the notices bring every request too.
    if (approve) loadApplications().catch(() => undefined);
  }, [approve, loadApplications]);
  const waiting = all.filter(({ groupID }) => groupID === group.groupID);
  if (!approve || waiting.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="group-applications">
      <h3 id="group-applications" className={styles.heading}>
        {t.applications.title}
      </h3>
      <ul className={styles.list}>
        {waiting.map((application) => (
          <li key={application.userID} className={styles.application}>
            <span className={styles.person}>
              <Avatar
                id={application.userID}
                name={application.nick || application.userID}
                url=""
                size="small"
              />
              {application.nick || application.userID}
            </span>
            <AnswerButtons application={application} />
          </li>
        ))}
      </ul>
    </section>
  );
}
