import { useEffect, useState } from 'react';
import { openConversation } from '../app/route.ts';
import { useClient } from '../chat-client/hooks.tsx';
import type { MessageItem } from '../chat-client/message-item.ts';
import { conversationIDOf } from '../chat-client/published-values.ts';
import type { GroupItem } from '../chat-client/state.ts';
import { Menu, type MenuAnchor } from '../design/Menu.tsx';
import { useTold } from '../design/use-told.ts';
import { SpanDialog } from '../groups/SpanDialog.tsx';
import { useLanguage } from '../i18n/language.tsx';

export interface SpeakerMenuProps {
  group: GroupItem;
  item: MessageItem;
  anchor: MenuAnchor;
  onClose(): void;
}

/** What owner and admins of a live room do about somebody who speaks in it. */
export function SpeakerMenu({ group, item, anchor, onClose }: SpeakerMenuProps) {
  const { t } = useLanguage();
  const { muteMember, banFromRoom } = useClient();
  const told = useTold();
  const [step, setStep] = useState<'menu' | 'mute' | 'ban' | 'done'>('menu');
  const { groupID } = group;
  const { from } = item;
  const name = item.senderName || from;
  useEffect(() => {
    if (step === 'done') onClose();
  }, [step, onClose]);
  if (step === 'done') return null;
  if (step === 'mute')
    return (
      <SpanDialog
        title={t.members.muteTitle(name)}
        question={t.members.muteFor}
        confirm={t.members.muteConfirm}
        onConfirm={(seconds) => muteMember(groupID, from, seconds)}
        onClose={onClose}
      />
    );
  if (step === 'ban')
    return (
      <SpanDialog
        title={t.liveRoom.banTitle(name)}
        question={t.liveRoom.banFor}
        confirm={t.liveRoom.banConfirm}
        onConfirm={(seconds) => banFromRoom(groupID, from, seconds)}
        onClose={onClose}
      />
    );
  return (
    <Menu
      label={t.members.actions(name)}
      anchor={anchor}
      items={[
        {
          label: t.members.write,
          icon: 'chat',
          onSelect: () => openConversation(conversationIDOf('c2c', from)),
        },
        { label: t.members.mute, icon: 'voiceOff', onSelect: () => setStep('mute') },
        {
          label: t.members.unmute,
          icon: 'voice',
          onSelect: () => told(muteMember(groupID, from, 0)),
        },
        { label: t.liveRoom.ban, icon: 'removePerson', danger: true, onSelect: () => setStep('ban') },
      ]}
      // What is chosen there is told after it has closed.
      onClose={() => setStep('done')}
    />
  );
}
