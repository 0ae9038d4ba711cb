import type { ImageContent, VideoContent } from '../chat-client/message-content.ts';
import type { MessageItem } from '../chat-client/message-item.ts';

/** One thing to look at. */
export interface Exhibit {
  key: string;
  content: ImageContent | VideoContent;
  /** Who sent it and when; absent inside a merged message. */
  item: MessageItem | undefined;
}

/** The pictures and videos of a conversation that are on the page, in their order. */
export function galleryOf(items: readonly MessageItem[]): Exhibit[] {
  return items.flatMap((item) => {
    const { content, key, recalled } = item;
    if (recalled || (content?.kind !== 'image' && content?.kind !== 'video')) return [];
    return [{ key, content, item }];
  });
}
