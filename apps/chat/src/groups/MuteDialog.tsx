import { useState } from 'react';
import { useClient } from '../chat-client/hooks.tsx';
import type { MemberItem } from '../chat-client/state.ts';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { FormError } from '../design/Field.tsx';
import { useAction } from '../design/use-action.ts';
import { useLanguage } from '../i18n/language.tsx';
import { Choice } from '../settings/Choice.tsx';
import { memberName } from './member-name.ts';

const SECONDS = { minutes: 600, hour: 3_600, day: 86_400, week: 604_800 } as const;
type Span = keyof typeof SECONDS;

export interface MuteDialogProps {
  groupID: string;
  member: MemberItem;
  onClose(): void;
}

/** For how long a member may not speak. */
export function MuteDialog({ groupID, member, onClose }: MuteDialogProps) {
  const { t } = useLanguage();
  const { muteMember } = useClient();
  const [span, setSpan] = useState<Span>('hour');
  const { run, pending, failure } = useAction(async () => {
    await muteMember(groupID, member.userID, SECONDS[span]);
    onClose();
  });
  return (
    <Dialog
      title={t.members.muteTitle(memberName(member))}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.app.cancel}</Button>
          <Button look="primary" busy={pending} onClick={run}>
            {t.members.muteConfirm}
          </Button>
        </>
      }
    >
      <Choice<Span>
        label={t.members.muteFor}
        value={span}
        options={SPANS.map((value) => ({ value, label: t.members.spans[value] }))}
        onChange={setSpan}
      />
      <FormError failure={failure} />
    </Dialog>
  );
}

const SPANS: readonly Span[] = ['minutes', 'hour', 'day', 'week'];
