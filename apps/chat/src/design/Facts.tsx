import { cx } from './cx.ts';
import styles from './Facts.module.css';

export interface Fact {
  label: string;
  value: string;
  /** An ID: every character counts. */
  mono?: boolean;
}

/** Names and values; what is empty is left out. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  const told = facts.filter(({ value }) => value !== '');
  if (told.length === 0) return null;
  return (
    <dl className={styles.facts}>
      {told.map(({ label, value, mono }) => (
        <div key={label}>
          <dt className={styles.label}>{label}</dt>
          <dd className={cx(styles.value, mono === true && styles.mono)}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
