import { useState } from 'react';
import {
  contentOf,
  type MergedItem,
  type MessageContent as Content,
} from '../chat-client/message-content.ts';
import { kindOf, type MessageItem, textOf } from '../chat-client/message-item.ts';
import { kindName } from '../conversations/preview.ts';
import { Icon } from '../design/Icon.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { MediaView, type MediaViewProps } from '../media/MediaView.tsx';
import { isLargeEmoji } from './message-text.ts';
import styles from './MessageContent.module.css';
import { MergerDialog } from './MergerDialog.tsx';
import { MessageText } from './MessageText.tsx';

export interface MessageContentProps {
  /** Inside a merged message it has no place of its own. */
  item: Pick<MessageItem, 'kind' | 'text' | 'content' | 'mentions'> &
    Partial<Pick<MessageItem, 'key' | 'conversationID'>>;
}

/** What a message says, whatever its kind. */
export function MessageContent({ item }: MessageContentProps) {
  const { t } = useLanguage();
  if (item.content !== undefined) return <SpecialContent content={item.content} place={placeOf(item)} />;
  if (item.kind === 'text' || item.text !== '') {
    return <MessageText text={item.text} mentions={item.mentions} />;
  }
  return <em className={styles.unknown}>{t.message.cannotShow(kindName(t, item.kind))}</em>;
}

function placeOf({ key, conversationID }: MessageContentProps['item']): MediaViewProps['place'] {
  return key === undefined || conversationID === undefined ? undefined : { key, conversationID };
}

function SpecialContent({ content, place }: { content: Content; place: MediaViewProps['place'] }) {
  switch (content.kind) {
    case 'image':
    case 'video':
    case 'audio':
    case 'file':
      return <MediaView content={content} place={place} />;
    case 'face':
      return <FaceContent data={content.data} />;
    case 'location':
      return <LocationContent content={content} />;
    case 'merger':
      return <MergerContent title={content.title} lines={content.lines} messages={content.messages} />;
  }
}

/** Some applications put an emoji into it, others the name of a picture of their own. */
function FaceContent({ data }: { data: string }) {
  const { t } = useLanguage();
  if (isLargeEmoji(data)) return <span className={styles.face}>{data}</span>;
  return (
    <span className={styles.special}>
      <Icon name="smile" />
      {data === '' ? t.message.kinds.face : `${t.message.kinds.face}: ${data}`}
    </span>
  );
}

function LocationContent({ content }: { content: Extract<Content, { kind: 'location' }> }) {
  const { t } = useLanguage();
  const { description, latitude, longitude } = content;
  return (
    <a className={styles.special} href={`geo:${latitude},${longitude}`} target="_blank" rel="noreferrer">
      <Icon name="place" />
      <span className={styles.words}>
        <span className={styles.title}>{description || t.message.kinds.location}</span>
        <span className={styles.quiet}>
          {latitude.toFixed(5)}, {longitude.toFixed(5)}
        </span>
      </span>
    </a>
  );
}

interface MergerContentProps {
  title: string;
  lines: readonly string[];
  messages: readonly MergedItem[];
}

function MergerContent({ title, lines, messages }: MergerContentProps) {
  const { t } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={styles.merger} onClick={() => setOpen(true)}>
        <span className={styles.title}>{title || t.message.kinds.merger}</span>
        {lines.map((line, index) => (
          // The lines of one message never move: their place is their name.
          <span key={`${index}-${line}`} className={styles.line}>
            {line}
          </span>
        ))}
        <span className={styles.foot}>{t.message.mergedCount(messages.length)}</span>
      </button>
      {isOpen && (
        <MergerDialog
          title={title}
          messages={messages}
          render={(message) => <MessageContent item={mergedContent(message)} />}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

function mergedContent({ type, payload }: MergedItem): MessageContentProps['item'] {
  return {
    kind: kindOf(type),
    text: textOf(type, payload),
    content: contentOf(type, payload),
    mentions: [],
  };
}
