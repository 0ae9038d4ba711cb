import type { Context } from './context.ts';
import type { MessageContent } from './message-content.ts';
import type { MessageItem } from './message-item.ts';
import { addressOf } from './published-values.ts';
import type { TimelineActions } from './timelines.ts';
import type { Transfers } from './transfers.ts';
import type { TimMessage } from './tim.ts';

/** A file that somebody chose, dropped, pasted or recorded, and what is known of it before it is uploaded. */
export interface Attachment {
  kind: 'image' | 'video' | 'audio' | 'file';
  file: File;
  /** Pixels; 0 where nobody could tell. */
  width: number;
  height: number;
  /** Of a video in seconds, of a recording in milliseconds: so the published API takes them. */
  duration: number;
}

/** What goes along with files. */
export interface AttachmentExtras {
  /** Words that follow them. */
  caption?: string;
  /** `cloudCustomData` of the first that names the message they answer. */
  quote?: string;
}

export interface AttachmentActions {
  /** Sends each as a message of its own, in their order. All are seen on their way at once. */
  sendAttachments(
    conversationID: string,
    attachments: readonly Attachment[],
    extras?: AttachmentExtras,
  ): Promise<void>;
  /** Sends what was refused as a picture, a video or a recording as the file that it is. */
  sendAsFile(item: MessageItem): Promise<void>;
}

/** Published codes of what will never go as the kind that it was sent as: wrong type, too large for it, not what it is said to be. */
const REFUSED: ReadonlySet<number> = new Set([2252, 2253, 2301, 2352, 114002, 114004]);

/** Whether sending it again is in vain, but as a file it may go. */
export function goesOnlyAsFile({ failure, content }: Pick<MessageItem, 'failure' | 'content'>): boolean {
  return failure !== undefined && REFUSED.has(failure.code) && mediumOf(content) !== undefined;
}

/** What was chosen, of a message that shows it as something else than a file. */
function mediumOf(content: MessageContent | undefined): Blob | undefined {
  switch (content?.kind) {
    case 'image':
    case 'video':
    case 'audio':
      return content.file;
    default:
      return undefined;
  }
}

const CREATORS = {
  image: 'createImageMessage',
  video: 'createVideoMessage',
  audio: 'createAudioMessage',
  file: 'createFileMessage',
} as const;

export function createAttachmentActions(
  context: Context,
  timelines: Pick<TimelineActions, 'send' | 'sendText' | 'discard'>,
  transfers: Pick<Transfers, 'progress'>,
): AttachmentActions {
  const make = (
    conversationID: string,
    { kind, file, width, height, duration }: Attachment,
    quote: string,
  ): TimMessage => {
    // What a chooser of a mini program would say is said on the file: the receiver's page keeps room for it.
    const message = context.tim()[CREATORS[kind]]({
      ...addressOf(conversationID),
      ...(quote === '' ? {} : { cloudCustomData: quote }),
      payload: { file: Object.assign(file, { width, height, duration }) },
      onProgress: (fraction) => transfers.progress(message.ID, fraction),
    });
    return message;
  };
  return {
    sendAttachments: async (conversationID, attachments, { caption = '', quote = '' } = {}) => {
      const messages = attachments.map((attachment, index) =>
        make(conversationID, attachment, index === 0 ? quote : ''),
      );
      await Promise.all(messages.map((message) => timelines.send(message)));
      if (caption !== '') await timelines.sendText(conversationID, caption);
    },
    sendAsFile: async (item) => {
      const file = mediumOf(item.content);
      if (!(file instanceof File)) return;
      timelines.discard(item);
      const attachment = { kind: 'file', file, width: 0, height: 0, duration: 0 } as const;
      await timelines.send(make(item.conversationID, attachment, item.source.cloudCustomData));
    },
  };
}
