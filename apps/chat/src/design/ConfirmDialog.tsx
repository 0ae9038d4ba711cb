import { useLanguage } from '../i18n/language.tsx';
import { Button } from './Button.tsx';
import styles from './ConfirmDialog.module.css';
import { Dialog } from './Dialog.tsx';
import { FormError } from './Field.tsx';
import { useAction } from './use-action.ts';

export interface ConfirmDialogProps {
  question: string;
  hint: string;
  confirm: string;
  onConfirm(): Promise<void>;
  onClose(): void;
}

/** Asks before something that cannot be taken back; stays open, with the reason, when it fails. */
export function ConfirmDialog({ question, hint, confirm, onConfirm, onClose }: ConfirmDialogProps) {
  const { t } = useLanguage();
  const { run, pending, failure } = useAction(async () => {
    await onConfirm();
    onClose();
  });
  return (
    <Dialog
      title={question}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose} data-autofocus="">
            {t.app.cancel}
          </Button>
          <Button look="danger" busy={pending} onClick={run}>
            {confirm}
          </Button>
        </>
      }
    >
      {hint !== '' && <p className={styles.hint}>{hint}</p>}
      <FormError failure={failure} />
    </Dialog>
  );
}
