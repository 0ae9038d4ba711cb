import { useLanguage } from '../i18n/language.tsx';
import styles from './ListSkeleton.module.css';

const ROWS = [68, 46, 58, 40, 62, 52];

/** The shape of a list that is on its way. */
export function ListSkeleton() {
  const { t } = useLanguage();
  return (
    <div className={styles.list} role="status">
      <span className="visually-hidden">{t.app.loading}</span>
      {ROWS.map((width) => (
        <div key={width} className={styles.row} aria-hidden="true">
          <span className={styles.face} />
          <svg className={styles.lines} viewBox="0 0 100 30" preserveAspectRatio="none">
            <rect width={width * 0.7} height="9" y="3" rx="2" />
            <rect width={width + 20} height="7" y="19" rx="2" />
          </svg>
        </div>
      ))}
    </div>
  );
}
