import { useEffect, useState } from 'react';
import { goHome, stepBack } from '../app/route.ts';
import { useChat, useClient } from '../chat-client/hooks.tsx';
import type { GroupItem } from '../chat-client/state.ts';
import { Button } from '../design/Button.tsx';
import { ConfirmDialog } from '../design/ConfirmDialog.tsx';
import { Panel, PanelHead } from '../design/Panel.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { AddMembersDialog } from './AddMembersDialog.tsx';
import { Applications } from './Applications.tsx';
import { GroupFacts } from './GroupFacts.tsx';
import styles from './GroupPanel.module.css';
import { groupTypeName, rightsIn } from './group-rights.ts';
import { MemberList } from './MemberList.tsx';

export function GroupPanel({ groupID }: { groupID: string }) {
  const { t } = useLanguage();
  const { watchGroup } = useClient();
  const group = useChat((state) => state.groups.get(groupID));
  const isGone = useChat((state) => state.groupsLoaded && state.topicsLoaded && !state.groups.has(groupID));
  useEffect(() => watchGroup(groupID), [watchGroup, groupID]);
  useEffect(() => {
    // Left, removed or disbanded while the panel was open: it has nothing more to show.
    if (isGone) stepBack();
  }, [isGone]);
  if (group === undefined) return null;
  return (
    <Panel title={t.groups.details} onClose={stepBack}>
      <PanelHead
        id={group.groupID}
        name={group.name || group.groupID}
        avatar={group.avatar}
        shape="group"
        line={`${groupTypeName(t, group.type)} · ${t.conversation.members(group.memberCount)}`}
      />
      <GroupFacts group={group} />
      <Applications group={group} />
      <Members group={group} />
      <Endings group={group} />
    </Panel>
  );
}

function Members({ group }: { group: GroupItem }) {
  const { t } = useLanguage();
  const [adding, setAdding] = useState(false);
  return (
    <section className={styles.section} aria-labelledby="group-members">
      <h3 id="group-members" className={styles.heading}>
        {t.groups.members}
      </h3>
      {rightsIn(group).invite && (
        <Button icon="addPerson" className={styles.add} onClick={() => setAdding(true)}>
          {t.groups.addMembers}
        </Button>
      )}
      <MemberList group={group} />
      {adding && <AddMembersDialog groupID={group.groupID} onClose={() => setAdding(false)} />}
    </section>
  );
}

/** The ways out of a group. */
function Endings({ group }: { group: GroupItem }) {
  const { t } = useLanguage();
  const { quitGroup, dismissGroup } = useClient();
  const [asking, setAsking] = useState<'leave' | 'dismiss'>();
  const rights = rightsIn(group);
  const close = (): void => setAsking(undefined);
  return (
    <div className={styles.endings}>
      {rights.leave && (
        <Button icon="signOut" className={styles.ending} onClick={() => setAsking('leave')}>
          {t.groups.leave}
        </Button>
      )}
      {rights.dismiss && (
        <Button icon="trash" className={styles.ending} onClick={() => setAsking('dismiss')}>
          {t.groups.dismiss}
        </Button>
      )}
      {asking === 'leave' && (
        <ConfirmDialog
          question={t.groups.leaveQuestion(group.name)}
          hint={t.groups.leaveHint}
          confirm={t.groups.leaveConfirm}
          onConfirm={async () => {
            await quitGroup(group.groupID);
            goHome();
          }}
          onClose={close}
        />
      )}
      {asking === 'dismiss' && (
        <ConfirmDialog
          question={t.groups.dismissQuestion(group.name)}
          hint={t.groups.dismissHint}
          confirm={t.groups.dismissConfirm}
          onConfirm={async () => {
            await dismissGroup(group.groupID);
            goHome();
          }}
          onClose={close}
        />
      )}
    </div>
  );
}
