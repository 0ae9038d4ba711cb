import type { AudioPayload, FilePayload, ImagePayload, LocalFile, VideoPayload } from '../types/payload.ts';
import { factsOf, pickFile } from './local-file.ts';

/** The published numbers of image formats; the rest is 255. */
const IMAGE_FORMATS = new Map([
  ['jpg', 1],
  ['jpeg', 1],
  ['gif', 2],
  ['png', 3],
  ['bmp', 4],
]);

/** Original, thumbnail, large: `type` of the newer builds and `sizeType` of the older. */
const RENDITIONS = [
  [0, 1],
  [1, 3],
  [2, 2],
] as const;

const kept = (file: LocalFile | undefined): { file?: LocalFile } => (file ? { file } : {});

/** A mini program can show its temporary path at once; a browser's view shows the file itself. */
export function imagePayload(source: unknown): ImagePayload {
  const file = pickFile(source);
  const { path: url, size, width, height, extension } = factsOf(file);
  return {
    uuid: '',
    imageFormat: IMAGE_FORMATS.get(extension) ?? 255,
    imageInfoArray: RENDITIONS.map(([type, sizeType]) => ({ type, sizeType, url, size, width, height })),
    ...kept(file),
  };
}

export function audioPayload(source: unknown): AudioPayload {
  const file = pickFile(source);
  const { path: url, size, duration } = factsOf(file);
  return { uuid: '', url, size, second: Math.round(duration / 1000), ...kept(file) };
}

export function videoPayload(source: unknown): VideoPayload {
  const file = pickFile(source);
  const { path, size, duration, width, height, extension, thumbPath } = factsOf(file);
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
    ...kept(file),
  };
}

export function filePayload(source: unknown): FilePayload {
  const file = pickFile(source);
  const { name: fileName, path: fileUrl, size: fileSize } = factsOf(file);
  return { uuid: '', fileName, fileUrl, fileSize, ...kept(file) };
}
