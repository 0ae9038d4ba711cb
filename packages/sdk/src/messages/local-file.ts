import type { LocalFile } from '../types/payload.ts';
import { property, toCount, toText } from './values.ts';

/** What is known of a chosen file before anything is uploaded. */
export interface FileFacts {
  name: string;
  /** Of a picture or a video, in lower case, without the dot: what the name or the path ends with, else the MIME type. */
  extension: string;
  size: number;
  /** A mini program's temporary path; empty in a browser. */
  path: string;
  /** As the chooser says: seconds for a video, milliseconds for a recording. */
  duration: number;
  width: number;
  height: number;
  thumbPath: string;
}

/**
 * The file itself, taken when the message is made: applications empty their `<input>` right after sending.
 * Takes an input element, a file list, a `File` or `Blob`, and what `wx.choose…` and recorders give.
 */
export function pickFile(source: unknown): LocalFile | undefined {
  const list = property(source, 'files') || property(source, 'tempFiles') || source;
  const file = property(list, 'length') === undefined ? list : property(list, '0');
  // An input element without a choice has `files: null` in some engines.
  if (typeof file !== 'object' || file === null || 'nodeType' in file) return undefined;
  return file;
}

const ENDING = /\.(jpe?g|gif|png|bmp|webp|mp4|mov)$/i;

export function factsOf(file: LocalFile | undefined): FileFacts {
  const read = (...keys: string[]): unknown =>
    keys.map((key) => property(file, key)).find((value) => value !== undefined);
  const path = toText(read('tempFilePath', 'path'));
  const name = toText(read('name')) || path.slice(path.lastIndexOf('/') + 1);
  const mime = toText(read('type'));
  const [, extension = mime.slice(mime.indexOf('/') + 1)] = ENDING.exec(name) || [];
  return {
    name,
    extension: extension.toLowerCase(),
    size: toCount(read('size', 'fileSize')),
    path,
    duration: toCount(read('duration')),
    width: toCount(read('width')),
    height: toCount(read('height')),
    thumbPath: toText(read('thumbTempFilePath')),
  };
}
