import styles from './Icon.module.css';

/** Strokes on a 24 by 24 field, drawn for this app. */
const PATHS = {
  search: 'M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.8 15.8 20 20',
  compose:
    'M12 5H7a2.5 2.5 0 0 0-2.5 2.5v9A2.5 2.5 0 0 0 7 19h9a2.5 2.5 0 0 0 2.5-2.5v-5M17.6 4.4a1.6 1.6 0 0 1 2.3 2.3l-7.4 7.4-3 .7.7-3 7.4-7.4Z',
  chat: 'M20 11.5c0 3.9-3.6 7-8 7-1 0-2-.2-2.9-.5L4.5 19.5l1.3-3.7A6.6 6.6 0 0 1 4 11.5c0-3.9 3.6-7 8-7s8 3.1 8 7Z',
  group:
    'M9 11.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM3.5 19c.3-3 2.6-4.8 5.5-4.8s5.2 1.8 5.5 4.8M15.5 5a3.2 3.2 0 0 1 0 6.1M17 14.5c2 .6 3.3 2.2 3.5 4.5',
  join: 'M13.5 4.5h3a2.5 2.5 0 0 1 2.5 2.5v10a2.5 2.5 0 0 1-2.5 2.5h-3M4.5 12H14M10.5 8.5 14 12l-3.5 3.5',
  addPerson:
    'M10 11.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM4.5 19c.3-3 2.6-4.8 5.5-4.8 1.3 0 2.4.300 3.3.900M18 13.5v6M15 16.5h6',
  removePerson:
    'M10 11.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM4.5 19c.3-3 2.6-4.8 5.5-4.8 1.3 0 2.4.300 3.3.900M15 16.5h6',
  person: 'M12 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM5.5 19.5c.4-3.3 3-5.2 6.5-5.2s6.1 1.9 6.5 5.2',
  settings:
    'M5 8h8M17 8h2M5 16h2M11 16h8M15 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM9 18a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  back: 'M14.5 5.5 8 12l6.5 6.5',
  close: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  info: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM12 11v5M12 8v.1',
  alert: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM12 8v5M12 16v.1',
  smile:
    'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM8.8 14c.7 1.2 1.8 1.9 3.2 1.9s2.5-.7 3.2-1.9M9.3 9.8v.1M14.7 9.8v.1',
  send: 'M12 19V5.5M6 11.5l6-6 6 6',
  down: 'M12 5v13.5M6 12.5l6 6 6-6',
  copy: 'M9 9h8a2 2 0 0 1 2 2v6.5a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2V11a2 2 0 0 1 2-2ZM5 15V6.5a2 2 0 0 1 2-2h7.5',
  trash:
    'M5 7h14M10 7V5h4v2M7 7l.8 11a1.5 1.5 0 0 0 1.5 1.5h5.4a1.5 1.5 0 0 0 1.5-1.5L17 7M10.3 11v5M13.7 11v5',
  signOut: 'M10.5 4.5h-3A2.5 2.5 0 0 0 5 7v10a2.5 2.5 0 0 0 2.5 2.5h3M10.5 12H20M16.5 8.5 20 12l-3.5 3.5',
  more: 'M5.6 12a.4.4 0 1 0 .8 0 .4.4 0 1 0-.8 0M11.6 12a.4.4 0 1 0 .8 0 .4.4 0 1 0-.8 0M17.6 12a.4.4 0 1 0 .8 0 .4.4 0 1 0-.8 0',
  offline:
    'M4 4l16 16M8.5 15.5a5 5 0 0 1 7 0M5.5 12.2a9.3 9.3 0 0 1 4-2.3M14 9.8a9.3 9.3 0 0 1 4.5 2.4M3 8.8a13 13 0 0 1 4-2.5M11 5.5a13 13 0 0 1 10 3.3M12 19v.1',
  retry: 'M19 8v4.5h-4.5M18.6 12.5A7 7 0 1 0 17 17',
  door: 'M6 19.5V6a1.5 1.5 0 0 1 1.5-1.5h9A1.5 1.5 0 0 1 18 6v13.5M4 19.5h16M14.5 12v.5',
  clock: 'M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15ZM12 8v4.2l2.6 1.6',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.2 1.5H4.8L6 16.5ZM10 20.5h4',
  bellOff: 'M4 4l16 16M8 6.5A6 6 0 0 1 18 11v3.5M6 10.5v6L4.8 18H16M10 20.5h4',
  pin: 'M9 4.5h6l-.8 5.5 3.3 3.5H6.5L9.8 10 9 4.5ZM12 13.5v6',
} as const;

export type IconName = keyof typeof PATHS;

/** A picture beside words or inside a labelled button: it has no name of its own. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      className={styles.icon}
      // In the text's own unit, so that it grows with it.
      style={{ width: `${size / 16}rem`, height: `${size / 16}rem` }}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
