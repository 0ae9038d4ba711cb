import { EVERYBODY } from '../chat-client/published-values.ts';
import { Avatar } from '../design/Avatar.tsx';
import { cx } from '../design/cx.ts';
import { useLanguage } from '../i18n/language.tsx';
import type { Mentionable } from './mention.ts';
import styles from './MentionList.module.css';

export interface MentionListProps {
  id: string;
  offered: readonly Mentionable[];
  active: number;
  onPick(one: Mentionable): void;
}

/** Who can be named, above the text; the arrow keys move in it while the text keeps the focus. */
export function MentionList({ id, offered, active, onPick }: MentionListProps) {
  const { t } = useLanguage();
  return (
    <ul id={id} role="listbox" aria-label={t.mentions.list} className={styles.list}>
      {offered.map((one, index) => (
        <li
          key={one.userID}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          className={cx(styles.option, index === active && styles.active)}
          // A press would take the focus from the text.
          onPointerDown={(event) => {
            event.preventDefault();
            onPick(one);
          }}
        >
          <Avatar
            id={one.userID}
            name={one.name}
            url={one.avatar}
            size="small"
            {...(one.userID === EVERYBODY ? { icon: 'group' } : {})}
          />
          <span className={styles.name}>{one.name}</span>
          <span className={styles.id}>
            {one.userID === EVERYBODY ? t.mentions.everybodyHint : one.userID}
          </span>
        </li>
      ))}
    </ul>
  );
}
