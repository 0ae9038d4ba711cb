import { useState } from 'react';
import { useClient } from '../chat-client/hooks.tsx';
import type { MediaContent } from '../chat-client/message-content.ts';
import { AudioView } from './AudioView.tsx';
import { FileView } from './FileView.tsx';
import { type Exhibit, galleryOf } from './gallery.ts';
import { MediaViewer } from './MediaViewer.tsx';
import { ImageView, VideoView } from './PictureView.tsx';

export interface MediaViewProps {
  content: MediaContent;
  /** The message that it is in; absent inside a merged one. */
  place: { key: string; conversationID: string } | undefined;
}

/** A picture, a video, a recording or a file, as it stands in a bubble. */
export function MediaView({ content, place }: MediaViewProps) {
  const { store } = useClient();
  const [exhibits, setExhibits] = useState<readonly Exhibit[]>();
  const key = place?.key ?? '';
  switch (content.kind) {
    case 'audio':
      return <AudioView content={content} messageKey={key} />;
    case 'file':
      return <FileView content={content} messageKey={key} />;
    case 'image':
    case 'video': {
      const open = (): void => {
        const items = store.get().timelines[place?.conversationID ?? '']?.items ?? [];
        const gallery = galleryOf(items);
        const isThere = gallery.some((exhibit) => exhibit.key === key);
        setExhibits(isThere ? gallery : [{ key, content, item: undefined }]);
      };
      return (
        <>
          {content.kind === 'image' ? (
            <ImageView content={content} messageKey={key} onOpen={open} />
          ) : (
            <VideoView content={content} messageKey={key} onOpen={open} />
          )}
          {exhibits !== undefined && (
            <MediaViewer exhibits={exhibits} startKey={key} onClose={() => setExhibits(undefined)} />
          )}
        </>
      );
    }
  }
}
