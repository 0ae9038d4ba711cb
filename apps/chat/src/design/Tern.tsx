import styles from './Tern.module.css';

/** The arctic tern of the name: wings up, forked tail, red bill. */
export function Tern({ size = 56 }: { size?: number }) {
  return (
    <svg
      className={styles.tern}
      width={size}
      height={size}
      viewBox="0 0 64 64"
      aria-hidden="true"
      focusable="false"
    >
      <path className={styles.wing} d="M31 31C27 21 18 12 5 8c5 8 10 17 20 25Z" />
      <path
        className={styles.body}
        d="M13 47c7-1 11-5 15-11 4-7 13-11 22-9 3 .7 5 2 6 4-9-1-13 5-19 9-7 4.6-14 7-24 7l-7 4 3-5-5-2Z"
      />
      <path className={styles.wing} d="M33 31c3-10 11-19 24-24-3 9-8 18-18 23Z" />
      <path className={styles.cap} d="M45 27c4-2.5 9-1.5 11 3-4-1.5-7-2-11-3Z" />
      <path className={styles.bill} d="M56 30l6 2.5-7 .5Z" />
    </svg>
  );
}
