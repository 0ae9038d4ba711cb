import { useClient } from '../chat-client/hooks.tsx';
import { ConfirmDialog } from '../design/ConfirmDialog.tsx';
import { useLanguage } from '../i18n/language.tsx';

export interface ContactQuestionProps {
  userID: string;
  name: string;
  onClose(): void;
}

export function RemoveQuestion({ userID, name, onClose }: ContactQuestionProps) {
  const { t } = useLanguage();
  const { removeFriend } = useClient();
  return (
    <ConfirmDialog
      question={t.contacts.removeQuestion(name)}
      hint={t.contacts.removeHint}
      confirm={t.contacts.removeConfirm}
      onConfirm={() => removeFriend(userID)}
      onClose={onClose}
    />
  );
}

export function BlockQuestion({ userID, name, onClose }: ContactQuestionProps) {
  const { t } = useLanguage();
  const { block } = useClient();
  return (
    <ConfirmDialog
      question={t.contacts.blockQuestion(name)}
      hint={t.contacts.blockHint}
      confirm={t.contacts.blockConfirm}
      onConfirm={() => block(userID)}
      onClose={onClose}
    />
  );
}
