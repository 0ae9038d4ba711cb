import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { useLanguage } from '../i18n/language.tsx';
import { IconButton } from './Button.tsx';
import { useModal } from './modals.ts';
import styles from './Dialog.module.css';

export interface DialogProps {
  title: string;
  onClose(): void;
  children: ReactNode;
  /** Buttons at the foot. */
  actions?: ReactNode;
}

/** A modal window on the platform's own `<dialog>`: it keeps the focus, and gives it back when it closes. */
export function Dialog({ title, onClose, children, actions }: DialogProps) {
  const { t } = useLanguage();
  const titleID = useId();
  const ref = useRef<HTMLDialogElement>(null);
  useModal(ref);
  useLayoutEffect(() => ref.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus(), []);
  return (
    <dialog
      ref={ref}
      className={styles.dialog}
      aria-labelledby={titleID}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // What is pressed in here is not pressed on what it was opened from.
      onContextMenu={(event) => event.stopPropagation()}
      onPointerDown={(event) => {
        event.stopPropagation();
        // The backdrop is the dialog itself; its content covers the rest.
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className={styles.content}>
        <div className={styles.header}>
          <h2 id={titleID} className={styles.title}>
            {title}
          </h2>
          <IconButton icon="close" label={t.app.close} onClick={onClose} />
        </div>
        <div className={styles.body}>{children}</div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
    </dialog>
  );
}
