import { useEffect, useRef, useState } from 'react';
import { useChat, useClient } from '../chat-client/hooks.tsx';
import { authorName } from '../conversation/author-name.ts';
import { IconButton } from '../design/Button.tsx';
import { useModal } from '../design/modals.ts';
import { useLanguage } from '../i18n/language.tsx';
import type { Exhibit } from './gallery.ts';
import { useLocalURL } from './media-url.ts';
import styles from './MediaViewer.module.css';
import { downloadURL, useDownload } from './use-download.ts';
import { useZoom, type Zoom } from './use-zoom.ts';

export interface MediaViewerProps {
  exhibits: readonly Exhibit[];
  /** The one that was opened. */
  startKey: string;
  onClose(): void;
}

/** One picture or video over everything; the arrow keys lead through the others. */
export function MediaViewer({ exhibits, startKey, onClose }: MediaViewerProps) {
  const { t } = useLanguage();
  const [key, setKey] = useState(startKey);
  const index = Math.max(
    0,
    exhibits.findIndex((exhibit) => exhibit.key === key),
  );
  const shown = exhibits[index];
  const zoom = useZoom(key);
  const ref = useRef<HTMLDialogElement>(null);
  useModal(ref);
  const go = (by: number): void => {
    const next = exhibits[index + by];
    if (next !== undefined) setKey(next.key);
  };
  if (shown === undefined) return null;
  return (
    <dialog
      ref={ref}
      className={styles.viewer}
      aria-label={t.media.viewer}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // What is pressed in here is not pressed on the bubble that it was opened from.
      onContextMenu={(event) => event.stopPropagation()}
      onPointerDown={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        // A video takes the arrows for itself.
        if (event.target instanceof HTMLVideoElement) return;
        const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (by !== undefined) go(by);
        else if (event.key === '+' || event.key === '=') zoom.step(1);
        else if (event.key === '-') zoom.step(-1);
      }}
    >
      <Head
        exhibit={shown}
        place={exhibits.length > 1 ? t.media.place(index + 1, exhibits.length) : ''}
        zoom={zoom}
        onClose={onClose}
      />
      <Stage key={shown.key} exhibit={shown} zoom={zoom} onClose={onClose} />
      {index > 0 && (
        <IconButton icon="back" label={t.media.previous} className={styles.previous} onClick={() => go(-1)} />
      )}
      {index < exhibits.length - 1 && (
        <IconButton icon="on" label={t.media.next} className={styles.next} onClick={() => go(1)} />
      )}
    </dialog>
  );
}

interface HeadProps {
  exhibit: Exhibit;
  place: string;
  zoom: Zoom;
  onClose(): void;
}

function Head({ exhibit: { key, content, item }, place, zoom, onClose }: HeadProps) {
  const { t, format } = useLanguage();
  const people = useChat((state) => state.people);
  const me = useChat((state) => state.me);
  const download = useDownload();
  return (
    <div className={styles.head}>
      <div className={styles.words}>
        {item !== undefined && (
          <>
            <span className={styles.sender}>{authorName({ people, me }, item)}</span>
            <span className={styles.time}>{format.full(item.timeMs)}</span>
          </>
        )}
      </div>
      <span className={styles.place} role="status">
        {place}
      </span>
      {content.kind === 'image' && (
        <>
          <IconButton
            icon="zoomOut"
            label={t.media.zoomOut}
            className={styles.tool}
            disabled={zoom.isWhole}
            onClick={() => zoom.step(-1)}
          />
          <IconButton
            icon="zoomIn"
            label={t.media.zoomIn}
            className={styles.tool}
            onClick={() => zoom.step(1)}
          />
        </>
      )}
      {downloadURL(content) !== '' && (
        <IconButton
          icon="download"
          label={t.media.download}
          className={styles.tool}
          onClick={() => void download(key, content)}
        />
      )}
      <IconButton icon="close" label={t.app.close} className={styles.tool} onClick={onClose} />
    </div>
  );
}

function Stage({ exhibit, zoom, onClose }: { exhibit: Exhibit; zoom: Zoom; onClose(): void }) {
  const { t } = useLanguage();
  const { renewLinks } = useClient();
  const [content, setContent] = useState(exhibit.content);
  const [hasFailed, setFailed] = useState(false);
  const isRenewed = content !== exhibit.content;
  /** A link that has run out is made anew, once. */
  const onFailure = async (): Promise<void> => {
    const renewed = isRenewed ? undefined : await renewLinks(exhibit.key);
    if (renewed?.kind === 'image' || renewed?.kind === 'video') setContent(renewed);
    else setFailed(true);
  };
  const pressed = useRef<EventTarget>(null);
  const remote = content.kind === 'image' ? content.originalURL : content.url;
  const local = useLocalURL(remote === '' ? content.file : undefined);
  const url = remote || local;
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events -- the same as Escape and the button for closing
    <div
      className={styles.stage}
      data-zoomed={!zoom.isWhole}
      onPointerDownCapture={({ target }) => {
        pressed.current = target;
      }}
      onClick={({ currentTarget }) => {
        // Beside the picture. A drag that began on it ends wherever the pointer is.
        if (pressed.current === currentTarget) onClose();
      }}
      {...(content.kind === 'image' ? zoom.stage : {})}
    >
      {hasFailed ? (
        <p className={styles.failed} role="alert">
          {t.media.notLoaded}
        </p>
      ) : url === '' ? null : content.kind === 'image' ? (
        <Picture url={url} preview={content.url} zoom={zoom} onError={() => void onFailure()} />
      ) : (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- what somebody filmed has no captions
        <video
          className={styles.film}
          src={url}
          poster={content.pictureURL || undefined}
          controls
          autoPlay
          playsInline
          onError={() => void onFailure()}
        />
      )}
    </div>
  );
}

/** The bubble's picture stands until the whole one is here: it is in the browser's memory already. */
function Picture({
  url,
  preview,
  zoom,
  onError,
}: {
  url: string;
  preview: string;
  zoom: Zoom;
  onError(): void;
}) {
  const { t } = useLanguage();
  const [shown, setShown] = useState(preview || url);
  useEffect(() => {
    const image = new Image();
    image.src = url;
    image.decode().then(
      () => setShown(url),
      () => onError(),
    );
    // The address alone says what is to be loaded.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- onError is new with each drawing
  }, [url]);
  const { scale, x, y } = zoom.view;
  return (
    <img
      ref={zoom.picture}
      className={styles.picture}
      src={shown}
      alt={t.message.kinds.image}
      draggable={false}
      style={{ transform: `translate(${x}px, ${y}px) scale(${scale})` }}
    />
  );
}
