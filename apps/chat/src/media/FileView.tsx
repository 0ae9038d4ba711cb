import { useClient } from '../chat-client/hooks.tsx';
import type { FileContent } from '../chat-client/message-content.ts';
import { Icon } from '../design/Icon.tsx';
import { fileSize } from '../i18n/file-size.ts';
import { useLanguage } from '../i18n/language.tsx';
import { download } from './download.ts';
import styles from './FileView.module.css';
import { UploadRing, useUpload } from './UploadRing.tsx';

/** What a name's ending says of a file, short enough to stand on its sign. */
export function endingOf(name: string): string {
  return /\.([\p{L}\d]{1,5})$/u.exec(name)?.[1]?.toUpperCase() ?? '';
}

/** A card: what it is called, how large it is, and a click that fetches it. */
export function FileView({ content, messageKey }: { content: FileContent; messageKey: string }) {
  const { t, locale } = useLanguage();
  const fraction = useUpload(messageKey);
  const { renewLinks } = useClient();
  const { name, url } = content;
  /** Read anew, as nothing tells a page that a download has failed. */
  const fetchAnew = async (): Promise<void> => {
    const renewed = await renewLinks(messageKey);
    download(renewed?.kind === 'file' ? renewed.url : url);
  };
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
      href={url}
      download={name}
      target="_blank"
      rel="noopener noreferrer"
      onClick={(event) => {
        event.preventDefault();
        void fetchAnew();
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
