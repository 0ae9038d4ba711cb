import type { ReplyOf } from '@sterna/protocol';
import type { Message } from '../../types/message.ts';
import type { VideoPayload } from '../../types/payload.ts';

/** A file that has arrived, with the key that it is under. */
export type Uploaded = ReplyOf<'upload.finish'> & { key: string };

/** Writes where the file is now into the application's own object; what was local has done its duty. */
export function describeUploaded({ type, payload }: Message, { key, url, size, images }: Uploaded): void {
  // The part of the key that was made for this file alone.
  const uuid = key.split('/')[2] || '';
  switch (type) {
    case 'TIMImageElem': {
      Object.assign(payload, { uuid, imageFormat: images?.format });
      payload.imageInfoArray.forEach((info, index) => Object.assign(info, images?.pictures[index]));
      break;
    }
    case 'TIMSoundElem':
      Object.assign(payload, { uuid, url, size });
      break;
    case 'TIMFileElem':
      Object.assign(payload, { uuid, fileUrl: url, fileSize: size });
      break;
    case 'TIMVideoFileElem':
      Object.assign(payload, { videoUUID: uuid, videoUrl: url, videoSize: size });
      break;
    default:
      return;
  }
  delete payload.file;
}

/** The picture of a video under both of its names. Without one, nothing that was local may stay. */
export function describeSnapshot(payload: VideoPayload, picture: Uploaded['snapshot']): void {
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
