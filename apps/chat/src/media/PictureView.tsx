import { type ReactNode, useState } from 'react';
import { useClient } from '../chat-client/hooks.tsx';
import type { ImageContent, VideoContent } from '../chat-client/message-content.ts';
import { Icon } from '../design/Icon.tsx';
import { playTime } from '../i18n/file-size.ts';
import { useLanguage } from '../i18n/language.tsx';
import { boxOf, type Size } from './box.ts';
import { useLocalURL, useMediaURL } from './media-url.ts';
import styles from './PictureView.module.css';
import { UploadRing, useUpload } from './UploadRing.tsx';

export interface PictureViewProps<Content> {
  content: Content;
  /** Of the message; empty inside a merged one. */
  messageKey: string;
  onOpen(): void;
}

export function ImageView({ content, messageKey, onOpen }: PictureViewProps<ImageContent>) {
  const { t } = useLanguage();
  const url = useMediaURL(content);
  return (
    <Frame size={content} label={t.media.openImage} messageKey={messageKey} onOpen={onOpen}>
      <Picture url={url} messageKey={messageKey} />
    </Frame>
  );
}

export function VideoView({ content, messageKey, onOpen }: PictureViewProps<VideoContent>) {
  const { t } = useLanguage();
  const local = useLocalURL(content.url === '' ? content.file : undefined);
  const length = playTime(content.seconds);
  return (
    <Frame size={content} label={t.media.openVideo(length)} messageKey={messageKey} onOpen={onOpen}>
      {local === '' ? (
        content.pictureURL !== '' && <Picture url={content.pictureURL} messageKey={messageKey} />
      ) : (
        <video
          className={styles.picture}
          src={`${local}#t=0.1`}
          muted
          preload="metadata"
          aria-hidden="true"
        />
      )}
      <span className={styles.play}>
        <Icon name="play" size={30} />
      </span>
      {content.seconds > 0 && <span className={styles.length}>{length}</span>}
    </Frame>
  );
}

interface FrameProps {
  size: Size;
  label: string;
  messageKey: string;
  onOpen(): void;
  children: ReactNode;
}

/** The room of a picture, kept from the first moment; while it is uploaded, the way to end that stands on it. */
function Frame({ size, label, messageKey, onOpen, children }: FrameProps) {
  const fraction = useUpload(messageKey);
  const { width, height } = boxOf(size);
  return (
    <span
      className={styles.frame}
      style={{ width: `${width / 16}rem`, aspectRatio: `${width} / ${height}` }}
      data-uploading={fraction !== undefined}
    >
      <button type="button" className={styles.open} aria-label={label} onClick={onOpen}>
        {children}
      </button>
      {fraction !== undefined && (
        <span className={styles.upload}>
          <UploadRing messageKey={messageKey} fraction={fraction} />
        </span>
      )}
    </span>
  );
}

function Picture({ url, messageKey }: { url: string; messageKey: string }) {
  const { t } = useLanguage();
  const { renewLinks } = useClient();
  const [failedURL, setFailedURL] = useState('');
  if (url === '') return null;
  if (failedURL === url) return <span className={styles.failed}>{t.media.notLoaded}</span>;
  return (
    <img
      className={styles.picture}
      src={url}
      alt=""
      decoding="async"
      draggable={false}
      onError={() => {
        setFailedURL(url);
        void renewLinks(messageKey);
      }}
    />
  );
}
