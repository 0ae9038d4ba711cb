import type { ReplyOf } from '@sterna/protocol';
import type { Message } from '../../types/message.ts';
import type { VideoPayload } from '../../types/payload.ts';

export type Uploaded = ReplyOf<'upload.finish'>;
export type UploadedPicture = NonNullable<Uploaded['snapshot']>;

/** Writes where the file is now into the application's own object; what was local has done its duty. */
export function describeUploaded({ type, payload }: Message, key: string, uploaded: Uploaded): void {
  const { url, size } = uploaded;
  // The part of the key that was made for this file alone.
  const uuid = key.split('/')[2] ?? '';
  switch (type) {
    case 'TIMImageElem': {
      const { format = 255, pictures = [] } = uploaded.images ?? {};
      payload.uuid = uuid;
      payload.imageFormat = format;
      payload.imageInfoArray.forEach((info, index) => Object.assign(info, pictures[index]));
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
export function describeSnapshot(payload: VideoPayload, picture?: UploadedPicture): void {
  const {
    url = '',
    width = payload.snapshotWidth,
    height = payload.snapshotHeight,
    size = 0,
  } = picture ?? {};
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
