import type { AudioPayload, FilePayload, ImagePayload, VideoPayload } from '../types/payload.ts';
import type { FileFacts } from './local-file.ts';

/** The published numbers of image formats; the rest is 255. */
const IMAGE_FORMATS = new Map([
  ['jpg', 1],
  ['jpeg', 1],
  ['gif', 2],
  ['png', 3],
  ['bmp', 4],
]);

/** Of the original, the thumbnail and the large one: `sizeType` of the older builds. Their places are the `type` of the newer. */
const SIZE_TYPES = [1, 3, 2];

/** A mini program can show its temporary path at once; a browser's view shows the file itself. */
export function imagePayload({ path: url, size, width, height, extension }: FileFacts): ImagePayload {
  return {
    uuid: '',
    imageFormat: IMAGE_FORMATS.get(extension) || 255,
    imageInfoArray: SIZE_TYPES.map((sizeType, type) => ({ type, sizeType, url, size, width, height })),
  };
}

export function audioPayload({ path: url, size, duration }: FileFacts): AudioPayload {
  return { uuid: '', url, size, second: Math.round(duration / 1000) };
}

export function videoPayload({ path, size, duration, width, height, ...facts }: FileFacts): VideoPayload {
  const { extension, thumbPath } = facts;
  return {
    videoUUID: '',
    videoUrl: path,
    videoFormat: extension,
    videoSecond: Math.round(duration),
    videoSize: size,
    snapshotUrl: thumbPath,
    snapshotWidth: width,
    snapshotHeight: height,
    thumbUUID: '',
    thumbUrl: thumbPath,
    thumbFormat: 'jpg',
    thumbSize: 0,
    thumbWidth: width,
    thumbHeight: height,
  };
}

export function filePayload({ name: fileName, path: fileUrl, size: fileSize }: FileFacts): FilePayload {
  return { uuid: '', fileName, fileUrl, fileSize };
}
