import { useState } from 'react';
import { forgetPlace, openContacts } from '../app/route.ts';
import { useChat, useClient, useMyID } from '../chat-client/hooks.tsx';
import { Avatar } from '../design/Avatar.tsx';
import { IconButton } from '../design/Button.tsx';
import { Menu, type MenuAnchor, MenuButton } from '../design/Menu.tsx';
import { CreateGroupDialog } from '../groups/CreateGroupDialog.tsx';
import { JoinGroupDialog } from '../groups/JoinGroupDialog.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { MyProfileDialog } from '../profile/MyProfileDialog.tsx';
import { SettingsDialog } from '../settings/SettingsDialog.tsx';
import { NewChatDialog } from './NewChatDialog.tsx';
import styles from './SidebarHeader.module.css';

type Open = 'newChat' | 'newGroup' | 'joinGroup' | 'profile' | 'settings';

export function SidebarHeader() {
  const { t } = useLanguage();
  const { signOut } = useClient();
  const [open, setOpen] = useState<Open>();
  const close = (): void => setOpen(undefined);
  return (
    <header className={styles.header}>
      <MyMenu
        onProfile={() => setOpen('profile')}
        onSettings={() => setOpen('settings')}
        onSignOut={() => {
          forgetPlace();
          void signOut();
        }}
      />
      <h2 className={styles.title}>{t.conversations.title}</h2>
      <ContactsButton />
      <MenuButton
        icon="compose"
        label={t.conversations.new}
        items={[
          { label: t.conversations.newChat, icon: 'chat', onSelect: () => setOpen('newChat') },
          { label: t.conversations.newGroup, icon: 'group', onSelect: () => setOpen('newGroup') },
          { label: t.conversations.joinGroup, icon: 'join', onSelect: () => setOpen('joinGroup') },
        ]}
      />
      {open === 'newChat' && <NewChatDialog onClose={close} />}
      {open === 'newGroup' && <CreateGroupDialog onClose={close} />}
      {open === 'joinGroup' && <JoinGroupDialog onClose={close} />}
      {open === 'profile' && <MyProfileDialog onClose={close} />}
      {open === 'settings' && <SettingsDialog onClose={close} />}
    </header>
  );
}

/** The way to the people one knows, with how many would like to be among them. */
function ContactsButton() {
  const { t } = useLanguage();
  const count = useChat((state) => state.newFriendRequests);
  return (
    <span className={styles.contacts}>
      <IconButton
        icon="contacts"
        label={count > 0 ? t.contacts.openNew(count) : t.contacts.open}
        onClick={openContacts}
      />
      {count > 0 && (
        <span className={styles.badge} aria-hidden="true">
          {count > 99 ? '99+' : count}
        </span>
      )}
    </span>
  );
}

interface MyMenuProps {
  onProfile(): void;
  onSettings(): void;
  onSignOut(): void;
}

function MyMenu({ onProfile, onSettings, onSignOut }: MyMenuProps) {
  const { t } = useLanguage();
  const myID = useMyID();
  const me = useChat((state) => state.me);
  const [anchor, setAnchor] = useState<MenuAnchor>();
  return (
    <>
      <button
        type="button"
        className={styles.me}
        aria-label={t.settings.menu}
        title={t.settings.menu}
        aria-haspopup="menu"
        aria-expanded={anchor !== undefined}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          setAnchor((shown) => (shown === undefined ? box : undefined));
        }}
      >
        <Avatar id={myID} name={me?.nick || myID} url={me?.avatar ?? ''} size="small" />
      </button>
      {anchor !== undefined && (
        <Menu
          label={t.settings.menu}
          anchor={anchor}
          onClose={() => setAnchor(undefined)}
          items={[
            { label: t.profile.title, icon: 'person', onSelect: onProfile },
            { label: t.settings.title, icon: 'settings', onSelect: onSettings },
            { label: t.signIn.signOut, icon: 'signOut', onSelect: onSignOut },
          ]}
        />
      )}
    </>
  );
}
