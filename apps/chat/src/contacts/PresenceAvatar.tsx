import { useChat } from '../chat-client/hooks.tsx';
import { Avatar, type AvatarProps } from '../design/Avatar.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './PresenceAvatar.module.css';

export interface PresenceAvatarProps extends Omit<AvatarProps, 'shape' | 'icon'> {
  /** The words stand beside it already. */
  isSilent?: boolean;
}

/** A person's face, with a dot where they are online. */
export function PresenceAvatar({ isSilent = false, ...face }: PresenceAvatarProps) {
  const { t } = useLanguage();
  const isOnline = useChat((state) => state.online.has(face.id));
  return (
    <span className={styles.frame}>
      <Avatar {...face} />
      {isOnline && (
        // Even a tip for the mouse is read out.
        <span className={styles.dot} title={t.contacts.online} aria-hidden={isSilent}>
          {!isSilent && <span className="visually-hidden">{t.contacts.online}</span>}
        </span>
      )}
    </span>
  );
}
