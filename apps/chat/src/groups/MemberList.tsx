import { useState } from 'react';
import { useChat, useClient, useMyID } from '../chat-client/hooks.tsx';
import { ROLE } from '../chat-client/published-values.ts';
import type { GroupItem, MemberItem } from '../chat-client/state.ts';
import { Avatar } from '../design/Avatar.tsx';
import { Button, IconButton, Spinner } from '../design/Button.tsx';
import { ConfirmDialog } from '../design/ConfirmDialog.tsx';
import type { Words } from '../i18n/en.ts';
import { useLanguage } from '../i18n/language.tsx';
import { rightsIn } from './group-rights.ts';
import styles from './MemberList.module.css';

export function MemberList({ group }: { group: GroupItem }) {
  const { t } = useLanguage();
  const { reloadGroup, loadMoreMembers, removeMember } = useClient();
  const page = useChat((state) => (state.members?.groupID === group.groupID ? state.members : undefined));
  const [removing, setRemoving] = useState<MemberItem>();
  const rights = rightsIn(group);
  if (page === undefined) return null;
  return (
    <>
      <ul className={styles.members}>
        {page.members.map((member) => (
          <Member
            key={member.userID}
            member={member}
            onRemove={rights.remove(member.role) ? () => setRemoving(member) : undefined}
          />
        ))}
      </ul>
      {page.failed && (
        <div className={styles.note} role="alert">
          {t.groups.membersFailed}
          <Button icon="retry" onClick={() => void reloadGroup(group.groupID)}>
            {t.app.retry}
          </Button>
        </div>
      )}
      {page.loading && page.members.length === 0 && (
        <div className={styles.note} role="status">
          <Spinner />
        </div>
      )}
      {!page.complete && page.members.length > 0 && (
        <Button busy={page.loading} onClick={() => void loadMoreMembers(group.groupID)}>
          {t.app.more}
        </Button>
      )}
      {removing !== undefined && (
        <ConfirmDialog
          question={t.groups.removeQuestion(memberName(removing))}
          hint=""
          confirm={t.groups.removeConfirm}
          onConfirm={() => removeMember(group.groupID, removing.userID)}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </>
  );
}

function Member({ member, onRemove }: { member: MemberItem; onRemove: (() => void) | undefined }) {
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
      {role !== undefined && <span className={styles.role}>{role}</span>}
      {onRemove !== undefined && !isMe && (
        <IconButton
          icon="removePerson"
          label={t.groups.remove(name)}
          className={styles.remove}
          onClick={onRemove}
        />
      )}
    </li>
  );
}

function memberName(member: MemberItem): string {
  return member.nameCard || member.nick || member.userID;
}

function roleName(t: Words, role: string): string | undefined {
  if (role === ROLE.owner) return t.groups.owner;
  return role === ROLE.admin ? t.groups.admin : undefined;
}
