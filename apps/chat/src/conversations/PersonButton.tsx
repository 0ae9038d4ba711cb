import { Avatar } from '../design/Avatar.tsx';
import { cx } from '../design/cx.ts';
import { Icon } from '../design/Icon.tsx';
import styles from './PersonButton.module.css';

export interface PersonButtonProps {
  userID: string;
  name: string;
  avatar: string;
  onClick(): void;
  /** Set where several can be chosen: whether this one is. */
  chosen?: boolean;
  shape?: 'person' | 'group';
}

/** A person in a list to choose from. */
export function PersonButton({ userID, name, avatar, onClick, chosen, shape = 'person' }: PersonButtonProps) {
  return (
    <button
      type="button"
      className={styles.person}
      onClick={onClick}
      {...(chosen === undefined ? {} : { role: 'checkbox', 'aria-checked': chosen })}
    >
      <Avatar id={userID} name={name || userID} url={avatar} shape={shape} />
      <span className={styles.names}>
        <span className={styles.name}>{name || userID}</span>
        {name !== '' && <span className={styles.id}>{userID}</span>}
      </span>
      {chosen !== undefined && (
        <span className={cx(styles.mark, chosen && styles.chosen)}>
          {chosen && <Icon name="check" size={15} />}
        </span>
      )}
    </button>
  );
}
