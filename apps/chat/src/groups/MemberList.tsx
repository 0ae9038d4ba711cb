import { useEffect, useState } from 'react';
import { useChat, useClient, useMyID } from '../chat-client/hooks.tsx';
import { LIMITS } from '../chat-client/limits.ts';
import { ROLE } from '../chat-client/published-values.ts';
import type { GroupItem, MemberItem } from '../chat-client/state.ts';
import { Avatar } from '../design/Avatar.tsx';
import { Button, Spinner } from '../design/Button.tsx';
import { Field } from '../design/Field.tsx';
import { Icon } from '../design/Icon.tsx';
import type { Words } from '../i18n/en.ts';
import { useLanguage } from '../i18n/language.tsx';
import { filterMembers } from './filter-members.ts';
import { memberName } from './member-name.ts';
import { MemberMenu } from './MemberMenu.tsx';
import styles from './MemberList.module.css';

/** A group of fewer is seen at a glance. */
const WORTH_SEARCHING = 4;

export function MemberList({ group }: { group: GroupItem }) {
  const { t } = useLanguage();
  const { reloadGroup, loadMoreMembers } = useClient();
  const page = useChat((state) => (state.members?.groupID === group.groupID ? state.members : undefined));
  const [query, setQuery] = useState('');
  const isSearching = query.trim() !== '';
  const count = page?.members.length ?? 0;
  // A search looks among all members: those not read yet are read while one types, up to a bound.
  const wantsMore = isSearching && count < LIMITS.membersPagesSearched * LIMITS.membersPerPage;
  useEffect(() => {
    if (wantsMore && page?.complete === false && !page.loading) void loadMoreMembers(group.groupID);
  }, [wantsMore, page, loadMoreMembers, group.groupID]);
  if (page === undefined) return null;
  const shown = filterMembers(page.members, query);
  return (
    <>
      {(group.memberCount >= WORTH_SEARCHING || isSearching) && (
        <div className={styles.search}>
          <Field label={t.members.search} value={query} onChange={setQuery} />
        </div>
      )}
      <ul className={styles.members}>
        {shown.map((member) => (
          <Member key={member.userID} group={group} member={member} />
        ))}
      </ul>
      {isSearching && shown.length === 0 && !page.loading && (
        <p className={styles.note} role="status">
          {t.conversations.noMatch}
        </p>
      )}
      {page.failed && (
        <div className={styles.note} role="alert">
          {t.groups.membersFailed}
          <Button icon="retry" onClick={() => void reloadGroup(group.groupID)}>
            {t.app.retry}
          </Button>
        </div>
      )}
      {page.loading && count === 0 && (
        <div className={styles.note} role="status">
          <Spinner />
        </div>
      )}
      {!page.complete && count > 0 && !isSearching && (
        <Button busy={page.loading} onClick={() => void loadMoreMembers(group.groupID)}>
          {t.app.more}
        </Button>
      )}
    </>
  );
}

function Member({ group, member }: { group: GroupItem; member: MemberItem }) {
  const { t } = useLanguage();
  const myID = useMyID();
  const name = memberName(member);
  const role = roleName(t, member.role);
  const isMe = member.userID === myID;
  return (
    <li className={styles.member}>
      <Avatar id={member.userID} name={name} url={member.avatar} />
      <span className={styles.names}>
        <span className={styles.name}>
          {name}
          {isMe && <span className={styles.you}> ({t.app.you})</span>}
        </span>
        {name !== member.userID && <span className={styles.id}>{member.userID}</span>}
      </span>
      {member.muteUntilMs > Date.now() && <MutedSign untilMs={member.muteUntilMs} />}
      {role !== undefined && <span className={styles.role}>{role}</span>}
      {!isMe && <MemberMenu group={group} member={member} className={styles.menu} />}
    </li>
  );
}

function MutedSign({ untilMs }: { untilMs: number }) {
  const { t, format } = useLanguage();
  const words = t.members.mutedUntil(format.full(untilMs));
  return (
    <span className={styles.muted} title={words}>
      <Icon name="voiceOff" size={16} />
      <span className="visually-hidden">{words}</span>
    </span>
  );
}

function roleName(t: Words, role: string): string | undefined {
  if (role === ROLE.owner) return t.groups.owner;
  return role === ROLE.admin ? t.groups.admin : undefined;
}
