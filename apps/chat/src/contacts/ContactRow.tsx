import { useState } from 'react';
import { openConversation, openDetails } from '../app/route.ts';
import { useChat } from '../chat-client/hooks.tsx';
import { conversationIDOf } from '../chat-client/published-values.ts';
import type { Friend } from '../chat-client/state.ts';
import { MenuButton } from '../design/Menu.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { BlockQuestion, RemoveQuestion } from './ContactQuestions.tsx';
import styles from './ContactRow.module.css';
import { useContactName } from './contact-name.ts';
import { EditContactDialog } from './EditContactDialog.tsx';
import { PresenceAvatar } from './PresenceAvatar.tsx';

export function ContactRow({ friend, isFirst }: { friend: Friend; isFirst: boolean }) {
  const { t } = useLanguage();
  const { userID } = friend;
  const name = useContactName(userID);
  const person = useChat((state) => state.people.get(userID));
  const isOnline = useChat((state) => state.online.has(userID));
  const [open, setOpen] = useState<'edit' | 'remove' | 'block'>();
  const close = (): void => setOpen(undefined);
  const conversationID = conversationIDOf('c2c', userID);
  return (
    <li className={styles.row}>
      <button
        type="button"
        className={styles.person}
        data-row=""
        tabIndex={isFirst ? 0 : -1}
        onClick={() => openConversation(conversationID)}
      >
        <PresenceAvatar id={userID} name={name} url={person?.avatar ?? ''} />
        <span className={styles.names}>
          <span className={styles.name} dir="auto">
            {name}
          </span>
          <span className={styles.line} dir="auto">
            {person?.signature || (isOnline ? t.contacts.online : t.contacts.offline)}
          </span>
        </span>
      </button>
      <MenuButton
        icon="more"
        label={t.contacts.options(name)}
        className={styles.menu}
        items={[
          { label: t.contacts.write, icon: 'chat', onSelect: () => openConversation(conversationID) },
          { label: t.contacts.details, icon: 'person', onSelect: () => openDetails(conversationID) },
          { label: t.contacts.edit, icon: 'edit', onSelect: () => setOpen('edit') },
          { label: t.contacts.remove, icon: 'removePerson', danger: true, onSelect: () => setOpen('remove') },
          { label: t.contacts.block, icon: 'blocked', danger: true, onSelect: () => setOpen('block') },
        ]}
      />
      {open === 'edit' && <EditContactDialog friend={friend} onClose={close} />}
      {open === 'remove' && <RemoveQuestion userID={userID} name={name} onClose={close} />}
      {open === 'block' && <BlockQuestion userID={userID} name={name} onClose={close} />}
    </li>
  );
}
