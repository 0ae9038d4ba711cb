import { useClient } from '../chat-client/hooks.tsx';
import type { MediaContent } from '../chat-client/message-content.ts';

/** Whatever it is, it is kept and not shown: of another origin's file no page can say so by itself. The service knows the name. */
const KEEP = 'response-content-disposition=attachment';

/** Fetches the file of a message. */
export function useDownload(): (messageKey: string, content: MediaContent) => Promise<void> {
  const { renewLinks } = useClient();
  return async (messageKey, content) => {
    // Read anew, as nothing tells a page that a download has failed.
    const renewed = await renewLinks(messageKey);
    const link = document.createElement('a');
    link.href = downloadURL(renewed?.kind === content.kind ? renewed : content);
    // Where it fails all the same, the conversation stays.
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
    link.click();
  };
}

/** Where a file is got as it was sent, to be kept. */
export function downloadURL(content: MediaContent): string {
  const url = content.kind === 'image' ? content.originalURL : content.url;
  return url === '' ? '' : `${url}${url.includes('?') ? '&' : '?'}${KEEP}`;
}
