import { useClient } from '../chat-client/hooks.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { IconButton } from './Button.tsx';
import styles from './CopyField.module.css';

/** Something to pass on, with a button that copies it. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const { t } = useLanguage();
  const { notify } = useClient();
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(value);
    notify({ kind: 'copied' });
  };
  return (
    <div className={styles.field}>
      <div className={styles.words}>
        <p className={styles.label}>{label}</p>
        <p className={styles.value}>{value}</p>
      </div>
      <IconButton icon="copy" label={`${t.app.copy}: ${label}`} onClick={() => void copy()} />
    </div>
  );
}
