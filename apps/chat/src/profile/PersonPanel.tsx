import { useEffect, useState } from 'react';
import { stepBack } from '../app/route.ts';
import type { Following } from '../chat-client/follows.ts';
import { useChat, useClient, useMyID, usePerson } from '../chat-client/hooks.tsx';
import { AddContactDialog } from '../contacts/AddContactDialog.tsx';
import { BlockQuestion, RemoveQuestion } from '../contacts/ContactQuestions.tsx';
import { useContactName } from '../contacts/contact-name.ts';
import { EditContactDialog } from '../contacts/EditContactDialog.tsx';
import { Button } from '../design/Button.tsx';
import { CopyField } from '../design/CopyField.tsx';
import { Facts } from '../design/Facts.tsx';
import { Panel, PanelHead } from '../design/Panel.tsx';
import { useTold } from '../design/use-told.ts';
import type { Words } from '../i18n/en.ts';
import { useLanguage } from '../i18n/language.tsx';
import styles from './PersonPanel.module.css';
import { useFollowing } from './use-following.ts';

export function PersonPanel({ userID }: { userID: string }) {
  const { t } = useLanguage();
  const { findPerson } = useClient();
  const person = usePerson(userID);
  const name = useContactName(userID);
  const friend = useChat((state) => state.friends.get(userID));
  const following = useFollowing(userID);
  const isOnline = useChat((state) => state.online.has(userID));
  const isBlocked = useChat((state) => state.blocked.has(userID));
  useEffect(() => {
    // What is known is shown; a fresh look that fails changes nothing.
    findPerson(userID).catch(() => undefined);
  }, [findPerson, userID]);
  const facts = [
    // What they call themselves, where I call them something else.
    { label: t.contacts.realName, value: friend?.remark ? (person?.nick ?? '') : '' },
    { label: t.profile.about, value: person?.signature ?? '' },
    { label: t.contacts.inGroups, value: friend?.groups.join(', ') ?? '' },
  ];
  return (
    <Panel title={t.profile.details} onClose={stepBack}>
      <PanelHead
        id={userID}
        name={name}
        avatar={person?.avatar ?? ''}
        shape="person"
        line={statusText({ isBlocked, isOnline }, t, name)}
      />
      <div className={styles.facts}>
        <CopyField label={t.profile.userID} value={userID} />
        <Facts facts={facts} />
        <div className={styles.counts}>
          <Facts facts={[{ label: t.follows.followers, value: countText(following?.followers) }]} />
          <Facts facts={[{ label: t.follows.following, value: countText(following?.following) }]} />
        </div>
      </div>
      <Doings userID={userID} name={name} following={following} />
    </Panel>
  );
}

const countText = (count: number | undefined): string => (count === undefined ? '' : String(count));

/** Whether somebody whom I have blocked is there is not told. */
function statusText(
  { isBlocked, isOnline }: { isBlocked: boolean; isOnline: boolean },
  t: Words,
  name: string,
): string {
  if (isBlocked) return t.contacts.blockedHere(name);
  return isOnline ? t.contacts.online : t.contacts.offline;
}

function relationText({ byMe, ofMe }: Following, t: Words): string {
  if (!ofMe) return '';
  return byMe ? t.follows.mutual : t.follows.followsYou;
}

type Asking = 'add' | 'edit' | 'remove' | 'block';

/** What one can do with somebody. */
function Doings({
  userID,
  name,
  following,
}: {
  userID: string;
  name: string;
  following: Following | undefined;
}) {
  const { t } = useLanguage();
  const { unblock } = useClient();
  const told = useTold();
  const myID = useMyID();
  const friend = useChat((state) => state.friends.get(userID));
  const isBlocked = useChat((state) => state.blocked.has(userID));
  const [asking, setAsking] = useState<Asking>();
  const close = (): void => setAsking(undefined);
  if (userID === myID) return null;
  return (
    <div className={styles.doings}>
      {friend === undefined ? (
        !isBlocked && (
          <Button icon="addPerson" className={styles.doing} onClick={() => setAsking('add')}>
            {t.contacts.add}
          </Button>
        )
      ) : (
        <Button icon="edit" className={styles.doing} onClick={() => setAsking('edit')}>
          {t.contacts.edit}
        </Button>
      )}
      {!isBlocked && following !== undefined && <FollowRow userID={userID} following={following} />}
      {friend !== undefined && (
        <Button icon="removePerson" className={styles.ending} onClick={() => setAsking('remove')}>
          {t.contacts.remove}
        </Button>
      )}
      {isBlocked ? (
        <Button icon="blocked" className={styles.doing} onClick={() => told(unblock(userID))}>
          {t.contacts.unblock}
        </Button>
      ) : (
        <Button icon="blocked" className={styles.ending} onClick={() => setAsking('block')}>
          {t.contacts.block}
        </Button>
      )}
      {asking === 'add' && <AddContactDialog userID={userID} onClose={close} />}
      {asking === 'edit' && friend && <EditContactDialog friend={friend} onClose={close} />}
      {asking === 'remove' && <RemoveQuestion userID={userID} name={name} onClose={close} />}
      {asking === 'block' && <BlockQuestion userID={userID} name={name} onClose={close} />}
    </div>
  );
}

/** Whether they follow me stands beside it: as a line of its own it would move the buttons from under the pointer. */
function FollowRow({ userID, following }: { userID: string; following: Following }) {
  const { t } = useLanguage();
  const { follow, unfollow } = useClient();
  const told = useTold();
  const { byMe } = following;
  return (
    <div className={styles.row}>
      <Button
        icon="bell"
        className={styles.doing}
        onClick={() => told(byMe ? unfollow(userID) : follow(userID))}
      >
        {byMe ? t.follows.unfollow : t.follows.follow}
      </Button>
      <span className={styles.relation}>{relationText(following, t)}</span>
    </div>
  );
}
