import type { ReplyOf } from '@sterna/protocol';
import type { AudioMessage, FileMessage, ImageMessage, VideoMessage } from '../../types/message.ts';
import type { VideoPayload } from '../../types/payload.ts';

/** A file that has arrived, with the key that it is under. */
export type Uploaded = ReplyOf<'upload.finish'> & { key: string };

export type MediaMessage = ImageMessage | AudioMessage | VideoMessage | FileMessage;

/** Writes where the file is now into the application's own object; what was local has done its duty. */
export function describeUploaded(
  { type, payload }: MediaMessage,
  { key, url, size, images }: Uploaded,
): void {
  // The part of the key that was made for this file alone.
  const uuid = key.split('/')[2] || '';
  if (type === 'TIMImageElem' && images) {
    Object.assign(payload, { uuid, imageFormat: images.format });
    payload.imageInfoArray.forEach((info, index) => Object.assign(info, images.pictures[index]));
  } else if (type === 'TIMFileElem') Object.assign(payload, { uuid, fileUrl: url, fileSize: size });
  else if (type === 'TIMVideoFileElem')
    Object.assign(payload, { videoUUID: uuid, videoUrl: url, videoSize: size });
  else Object.assign(payload, { uuid, url, size });
  delete payload.file;
}

/** The picture of a video under both of its names. Without one, nothing that was local may stay. */
export function describeSnapshot(payload: VideoPayload, picture: Uploaded['snapshot'] | null): void {
  const {
    url = '',
    width = payload.snapshotWidth,
    height = payload.snapshotHeight,
    size = 0,
  } = picture || {};
  Object.assign(payload, {
    snapshotUrl: url,
    snapshotWidth: width,
    snapshotHeight: height,
    thumbUrl: url,
    thumbWidth: width,
    thumbHeight: height,
    thumbSize: size,
  });
}
