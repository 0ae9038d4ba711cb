import type { FileContent } from '../chat-client/message-content.ts';
import { Icon } from '../design/Icon.tsx';
import { fileSize } from '../i18n/file-size.ts';
import { useLanguage } from '../i18n/language.tsx';
import styles from './FileView.module.css';
import { downloadURL, useDownload } from './use-download.ts';
import { UploadRing, useUpload } from './UploadRing.tsx';

/** What a name's ending says of a file, short enough to stand on its sign. */
export function endingOf(name: string): string {
  return /\.([\p{L}\d]{1,5})$/u.exec(name)?.[1]?.toUpperCase() ?? '';
}

/** A card: what it is called, how large it is, and a click that fetches it. */
export function FileView({ content, messageKey }: { content: FileContent; messageKey: string }) {
  const { t, locale } = useLanguage();
  const fraction = useUpload(messageKey);
  const download = useDownload();
  const { name, url } = content;
  const size = fileSize(content.size, locale);
  const words = (
    <span className={styles.words}>
      <span className={styles.name} dir="auto">
        {name || t.message.kinds.file}
      </span>
      <span className={styles.size}>
        {fraction === undefined ? size : `${Math.round(fraction * 100)}% · ${size}`}
      </span>
    </span>
  );
  if (url === '') {
    return (
      <span className={styles.card}>
        {fraction === undefined ? (
          <Sign name={name} />
        ) : (
          <UploadRing messageKey={messageKey} fraction={fraction} />
        )}
        {words}
      </span>
    );
  }
  return (
    <a
      className={styles.card}
      href={downloadURL(content)}
      download={name}
      target="_blank"
      rel="noopener noreferrer"
      onClick={(event) => {
        event.preventDefault();
        void download(messageKey, content);
      }}
    >
      <span className="visually-hidden">{t.media.download}</span>
      <Sign name={name} />
      {words}
      <span className={styles.fetch}>
        <Icon name="download" size={20} />
      </span>
    </a>
  );
}

function Sign({ name }: { name: string }) {
  const ending = endingOf(name);
  return (
    <span className={styles.sign} aria-hidden="true">
      {ending === '' ? <Icon name="file" size={24} /> : ending}
    </span>
  );
}
