import { useLanguage } from '../i18n/language.tsx';
import styles from './LiveSign.module.css';

/** Says that something is happening now. */
export function LiveSign() {
  const { t } = useLanguage();
  return <span className={styles.live}>{t.liveRoom.live}</span>;
}
