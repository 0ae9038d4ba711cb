import { useState } from 'react';
import { useClient } from '../chat-client/hooks.tsx';
import type { GroupItem } from '../chat-client/state.ts';
import { Button } from '../design/Button.tsx';
import { CopyField } from '../design/CopyField.tsx';
import { Facts } from '../design/Facts.tsx';
import { FormError } from '../design/Field.tsx';
import { useAction } from '../design/use-action.ts';
import { useLanguage } from '../i18n/language.tsx';
import { EditGroupDialog } from './EditGroupDialog.tsx';
import styles from './GroupFacts.module.css';
import { joinOptionName, rightsIn } from './group-rights.ts';
import { NameCardDialog } from './NameCardDialog.tsx';

/** What a group says of itself, and what one may change about it. */
export function GroupFacts({ group }: { group: GroupItem }) {
  const { t } = useLanguage();
  const { updateGroup } = useClient();
  const [open, setOpen] = useState<'edit' | 'card'>();
  const rights = rightsIn(group);
  const mute = useAction(() => updateGroup(group.groupID, { muteAllMembers: !group.muteAll }));
  const close = (): void => setOpen(undefined);
  return (
    <div className={styles.facts}>
      <CopyField label={t.groups.groupID} value={group.groupID} />
      <Facts
        facts={[
          { label: t.groups.introduction, value: group.introduction },
          { label: t.groups.notification, value: group.notification },
          { label: t.groups.joinOption, value: joinOptionName(t, group) },
          { label: t.groups.nameCard, value: group.myNameCard },
        ]}
      />
      <div className={styles.actions}>
        {rights.edit && (
          <Button icon="edit" onClick={() => setOpen('edit')}>
            {t.groups.edit}
          </Button>
        )}
        {rights.nameOneself && (
          <Button icon="person" onClick={() => setOpen('card')}>
            {t.groups.nameCard}
          </Button>
        )}
        {rights.muteAll && (
          <Button
            icon={group.muteAll ? 'voice' : 'voiceOff'}
            busy={mute.pending}
            aria-pressed={group.muteAll}
            onClick={mute.run}
          >
            {group.muteAll ? t.groups.unmuteAll : t.groups.muteAll}
          </Button>
        )}
      </div>
      <FormError failure={mute.failure} />
      {open === 'edit' && <EditGroupDialog group={group} onClose={close} />}
      {open === 'card' && <NameCardDialog group={group} onClose={close} />}
    </div>
  );
}
