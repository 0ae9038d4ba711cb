import { useState } from 'react';
import { openConversation } from '../app/route.ts';
import { useClient } from '../chat-client/hooks.tsx';
import { conversationIDOf, ROLE } from '../chat-client/published-values.ts';
import type { GroupItem, MemberItem } from '../chat-client/state.ts';
import { useTold } from '../design/use-told.ts';
import { ConfirmDialog } from '../design/ConfirmDialog.tsx';
import { MenuButton, type MenuItem } from '../design/Menu.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { rightsIn } from './group-rights.ts';
import { memberName } from './member-name.ts';
import { SpanDialog } from './SpanDialog.tsx';

export interface MemberMenuProps {
  group: GroupItem;
  member: MemberItem;
  className: string | undefined;
}

/** What one may do about another member. */
export function MemberMenu({ group, member, className }: MemberMenuProps) {
  const { t } = useLanguage();
  const { setAdmin, muteMember, transferGroup, removeMember } = useClient();
  const told = useTold();
  const [asking, setAsking] = useState<'transfer' | 'remove' | 'mute'>();
  const rights = rightsIn(group);
  const { groupID } = group;
  const { userID } = member;
  const name = memberName(member);
  const isAdmin = member.role === ROLE.admin;
  const isMuted = member.muteUntilMs > Date.now();
  const close = (): void => setAsking(undefined);
  const offered: (MenuItem | false)[] = [
    {
      label: t.members.write,
      icon: 'chat',
      onSelect: () => openConversation(conversationIDOf('c2c', userID)),
    },
    rights.setAdmins && {
      label: isAdmin ? t.members.unmakeAdmin : t.members.makeAdmin,
      icon: 'shield',
      onSelect: () => told(setAdmin(groupID, userID, !isAdmin)),
    },
    rights.mute(member.role) &&
      (isMuted
        ? { label: t.members.unmute, icon: 'voice', onSelect: () => told(muteMember(groupID, userID, 0)) }
        : { label: t.members.mute, icon: 'voiceOff', onSelect: () => setAsking('mute') }),
    rights.transfer && { label: t.members.transfer, icon: 'crown', onSelect: () => setAsking('transfer') },
    rights.remove(member.role) && {
      label: t.members.remove,
      icon: 'removePerson',
      danger: true,
      onSelect: () => setAsking('remove'),
    },
  ];
  return (
    <>
      <MenuButton
        icon="more"
        label={t.members.actions(name)}
        className={className}
        items={offered.filter((entry) => entry !== false)}
      />
      {asking === 'mute' && (
        <SpanDialog
          title={t.members.muteTitle(name)}
          question={t.members.muteFor}
          confirm={t.members.muteConfirm}
          onConfirm={(seconds) => muteMember(groupID, userID, seconds)}
          onClose={close}
        />
      )}
      {asking === 'transfer' && (
        <ConfirmDialog
          question={t.members.transferQuestion(name)}
          hint={t.members.transferHint}
          confirm={t.members.transferConfirm}
          onConfirm={() => transferGroup(groupID, userID)}
          onClose={close}
        />
      )}
      {asking === 'remove' && (
        <ConfirmDialog
          question={t.groups.removeQuestion(name)}
          hint=""
          confirm={t.groups.removeConfirm}
          onConfirm={() => removeMember(groupID, userID)}
          onClose={close}
        />
      )}
    </>
  );
}
