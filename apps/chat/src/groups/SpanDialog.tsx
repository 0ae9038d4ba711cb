import { useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { FormError } from '../design/Field.tsx';
import { useAction } from '../design/use-action.ts';
import { useLanguage } from '../i18n/language.tsx';
import { Choice } from '../settings/Choice.tsx';

const SECONDS = { minutes: 600, hour: 3_600, day: 86_400, week: 604_800 } as const;
type Span = keyof typeof SECONDS;
const SPANS: readonly Span[] = ['minutes', 'hour', 'day', 'week'];

export interface SpanDialogProps {
  title: string;
  question: string;
  confirm: string;
  onConfirm(seconds: number): Promise<void>;
  onClose(): void;
}

/** For how long a member may not speak, or not come back. */
export function SpanDialog({ title, question, confirm, onConfirm, onClose }: SpanDialogProps) {
  const { t } = useLanguage();
  const [span, setSpan] = useState<Span>('hour');
  const { run, pending, failure } = useAction(async () => {
    await onConfirm(SECONDS[span]);
    onClose();
  });
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.app.cancel}</Button>
          <Button look="primary" busy={pending} onClick={run}>
            {confirm}
          </Button>
        </>
      }
    >
      <Choice<Span>
        label={question}
        value={span}
        options={SPANS.map((value) => ({ value, label: t.members.spans[value] }))}
        onChange={setSpan}
      />
      <FormError failure={failure} />
    </Dialog>
  );
}
