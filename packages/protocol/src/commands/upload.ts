import * as v from 'valibot';
import { count, text, timeMs } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { command } from './command.ts';

/** What the file is in its message: it decides how large it may be, of which types, and what is made of it. */
const kind = v.picklist(['image', 'audio', 'video', 'file']);
const objectKey = v.pipe(text(LIMITS.objectKeyBytes), v.minLength(1));

/**
 * The right to upload one file of this size: a fresh key with a credential, and a URL, that are good for nothing else. With the `key`
 * of an upload that was begun before, it is renewed, and what had arrived of the file is kept.
 */
export const beginUpload = command('upload.begin', {
  request: v.object({
    kind,
    size: v.pipe(count, v.minValue(1)),
    name: text(LIMITS.fileNameBytes),
    key: v.optional(objectKey),
  }),
  reply: v.object({
    key: v.string(),
    bucket: v.string(),
    region: v.string(),
    /** Scheme, host and port of the object service. */
    url: v.string(),
    /** What `getAuthorization` of a COS SDK is answered with; times are seconds. */
    credential: v.object({
      TmpSecretId: v.string(),
      TmpSecretKey: v.string(),
      SecurityToken: v.string(),
      StartTime: count,
      ExpiredTime: count,
    }),
    /** Takes the raw bytes with a single PUT. */
    putURL: v.string(),
    /** The field `upload` of a form that brings the file in its field `file`. */
    token: v.string(),
    expiresMs: timeMs,
  }),
});

const picture = v.object({ width: count, height: count, size: count, url: v.string() });

/** The links of a file that has arrived whole, and what was made of it. */
export const finishUpload = command('upload.finish', {
  request: v.object({ kind, key: objectKey }),
  reply: v.object({
    url: v.string(),
    size: count,
    /** Of an image: the original, its thumbnail, its large rendition. */
    images: v.optional(
      v.object({ format: count, pictures: v.pipe(v.array(picture), v.minLength(3), v.maxLength(3)) }),
    ),
    /** Of a video, where the server can take one. */
    snapshot: v.optional(picture),
  }),
});
