import { useEffect, useState } from 'react';
import { Icon } from '../design/Icon.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './DropZone.module.css';

/** Files that are dragged over the page: shown where they go, and taken wherever they are let fall. */
export function DropZone({ title, onFiles }: { title: string; onFiles(files: readonly File[]): void }) {
  const { t } = useLanguage();
  const isOver = useFileDrop(onFiles);
  if (!isOver) return null;
  return (
    <div className={styles.zone} role="status">
      <div className={styles.sheet}>
        <Icon name="clip" size={44} />
        <p className={styles.title}>{t.media.drop}</p>
        <p>{t.media.dropHint(title)}</p>
      </div>
    </div>
  );
}

function useFileDrop(onFiles: (files: readonly File[]) => void): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const listening = new AbortController();
    const listen = (name: 'dragover' | 'dragleave' | 'drop', handle: (event: DragEvent) => void): void =>
      window.addEventListener(
        name,
        (event) => {
          // Text and links that are dragged are not for us; an open dialog covers the conversation.
          if (event.dataTransfer?.types.includes('Files') !== true) return;
          // Else the browser would leave the page for the file.
          event.preventDefault();
          if (document.querySelector('dialog[open]') === null) handle(event);
        },
        { signal: listening.signal },
      );
    listen('dragover', () => setOver(true));
    listen('dragleave', ({ relatedTarget }) => {
      if (relatedTarget === null) setOver(false);
    });
    listen('drop', ({ dataTransfer }) => {
      setOver(false);
      onFiles([...(dataTransfer?.files ?? [])]);
    });
    return () => listening.abort();
  }, [onFiles]);
  return isOver;
}
