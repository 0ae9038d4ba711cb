import { useRef, useState } from 'react';
import type { Attachment } from '../chat-client/attachments.ts';
import { shownName } from '../chat-client/file-name.ts';
import { LIMITS } from '../chat-client/limits.ts';
import { charactersOver, isSendKey } from '../composer/composing.ts';
import { Button, IconButton } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { fileSize, playTime } from '../i18n/file-size.ts';
import { useLanguage } from '../i18n/language.tsx';
import styles from './AttachmentDialog.module.css';
import { endingOf } from './FileView.tsx';
import { useLocalURL } from './media-url.ts';

export interface AttachmentDialogProps {
  attachments: readonly Attachment[];
  /** What was written already: it goes along. */
  text: string;
  onRemove(attachment: Attachment): void;
  onMore(): void;
  onSend(caption: string): void;
  onClose(): void;
}

/** What is about to be sent, before it is: Enter sends it. */
export function AttachmentDialog({
  attachments,
  text,
  onRemove,
  onMore,
  onSend,
  onClose,
}: AttachmentDialogProps) {
  const { t } = useLanguage();
  const [caption, setCaption] = useState(text);
  const isTooLong = charactersOver(caption, LIMITS.textBytes) > 0;
  const send = (): void => {
    if (!isTooLong) onSend(caption.trim());
  };
  return (
    <Dialog
      title={t.media.sendTitle(attachments.length)}
      onClose={onClose}
      actions={
        <>
          <Button
            icon="plus"
            className={styles.more}
            disabled={attachments.length >= LIMITS.attachments}
            onClick={onMore}
          >
            {t.media.addMore}
          </Button>
          <Button look="primary" icon="send" disabled={isTooLong} onClick={send}>
            {t.composer.send}
          </Button>
        </>
      }
    >
      <ul className={styles.list} data-single={attachments.length === 1}>
        {attachments.map((attachment, index) => (
          <Row
            key={`${attachment.file.name}-${index}`}
            attachment={attachment}
            onRemove={() => onRemove(attachment)}
          />
        ))}
      </ul>
      <Caption value={caption} invalid={isTooLong} onChange={setCaption} onSend={send} />
    </Dialog>
  );
}

interface CaptionProps {
  value: string;
  invalid: boolean;
  onChange(value: string): void;
  onSend(): void;
}

function Caption({ value, invalid, onChange, onSend }: CaptionProps) {
  const { t } = useLanguage();
  const ref = useRef<HTMLTextAreaElement>(null);
  return (
    <textarea
      ref={ref}
      className={styles.caption}
      rows={1}
      value={value}
      placeholder={t.media.caption}
      aria-label={t.media.caption}
      aria-invalid={invalid}
      data-autofocus=""
      dir="auto"
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (!isSendKey(event.nativeEvent)) return;
        event.preventDefault();
        onSend();
      }}
    />
  );
}

function Row({ attachment, onRemove }: { attachment: Attachment; onRemove(): void }) {
  const { t, locale } = useLanguage();
  const { file, kind, duration } = attachment;
  const name = shownName(file.name);
  const facts = [fileSize(file.size, locale), ...(duration > 0 ? [playTime(duration)] : [])];
  return (
    <li className={styles.row}>
      <Preview attachment={attachment} />
      <span className={styles.words}>
        <span className={styles.name} dir="auto">
          {name}
        </span>
        <span className={styles.facts}>
          {t.message.kinds[kind]} · {facts.join(' · ')}
        </span>
      </span>
      <IconButton icon="close" label={t.media.remove(name)} className={styles.remove} onClick={onRemove} />
    </li>
  );
}

function Preview({ attachment: { kind, file } }: { attachment: Attachment }) {
  const url = useLocalURL(kind === 'image' || kind === 'video' ? file : undefined);
  if (kind === 'image' && url !== '') return <img className={styles.preview} src={url} alt="" />;
  if (kind === 'video' && url !== '') {
    return (
      <video className={styles.preview} src={`${url}#t=0.1`} muted preload="metadata" aria-hidden="true" />
    );
  }
  return (
    <span className={styles.sign} aria-hidden="true">
      {endingOf(file.name)}
    </span>
  );
}
