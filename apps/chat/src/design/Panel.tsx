import type { ReactNode } from 'react';
import { useLanguage } from '../i18n/language.tsx';
import { Avatar } from './Avatar.tsx';
import { IconButton } from './Button.tsx';
import type { IconName } from './Icon.tsx';
import styles from './Panel.module.css';

/** The pane of details beside a conversation. */
export function Panel({ title, onClose, children }: { title: string; onClose(): void; children: ReactNode }) {
  const { t } = useLanguage();
  return (
    <div className={styles.panel}>
      <header className={styles.header}>
        <IconButton icon="close" label={t.app.close} onClick={onClose} />
        <h2 className={styles.title}>{title}</h2>
      </header>
      {children}
    </div>
  );
}

export interface PanelHeadProps {
  id: string;
  name: string;
  avatar: string;
  shape: 'person' | 'group';
  line?: string;
  /** In the place of initials. */
  icon?: IconName;
}

export function PanelHead({ id, name, avatar, shape, line, icon }: PanelHeadProps) {
  return (
    <div className={styles.head}>
      <Avatar id={id} name={name} url={avatar} size="huge" shape={shape} {...(icon && { icon })} />
      <p className={styles.name} dir="auto">
        {name}
      </p>
      {line !== undefined && <p className={styles.line}>{line}</p>}
    </div>
  );
}
