import type { ReplyOf } from '@sterna/protocol';
import type { AudioPayload, FilePayload, ImagePayload, VideoPayload } from '../../types/payload.ts';

/** A file that has arrived, with the key that it is under. */
export type Uploaded = ReplyOf<'upload.finish'> & { key: string };

export type MediaPayload = ImagePayload | AudioPayload | VideoPayload | FilePayload;

/** Writes where the file is now into the application's own object; what was local has done its duty. */
export function describeUploaded(payload: MediaPayload, { key, url, size, images }: Uploaded): void {
  // The part of the key that was made for this file alone.
  const uuid = key.split('/')[2] || '';
  if ('imageInfoArray' in payload && images) {
    Object.assign(payload, { uuid, imageFormat: images.format });
    payload.imageInfoArray.forEach((info, index) => Object.assign(info, images.pictures[index]));
  } else if ('fileUrl' in payload) Object.assign(payload, { uuid, fileUrl: url, fileSize: size });
  else if ('videoUrl' in payload) Object.assign(payload, { videoUUID: uuid, videoUrl: url, videoSize: size });
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
