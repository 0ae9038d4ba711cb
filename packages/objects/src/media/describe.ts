import type { RenditionKind, StoredObject } from '../storage/object-index.ts';
import { imageFormatNumber } from './image-header.ts';
import { AS_IT_IS } from './media-worker.ts';
import type { Renditions } from './renditions.ts';

/** A picture as a message names it; `query` is what to add to the URL of the object for it. */
export type PictureEntry = { width: number; height: number; size: number; query: string };

/** One entry of `imageInfoArray`: type 0 is the original, 1 the thumbnail, 2 the large rendition. */
export type ImageEntry = PictureEntry & { type: 0 | 1 | 2 };

export type ImageDescription = { imageFormat: number; entries: readonly ImageEntry[] };

const QUERIES = {
  thumbnail: 'imageRendition=198',
  large: 'imageRendition=720',
  snapshot: 'videoSnapshot',
} as const satisfies Record<RenditionKind, string>;

/** Real sizes of an image and of its renditions, which are made if they are not there yet. */
export async function describeImage(renditions: Renditions, object: StoredObject): Promise<ImageDescription> {
  const { format, width, height } = await renditions.header(object);
  const thumbnail = await describeRendition(renditions, object, 'thumbnail');
  const large = await describeRendition(renditions, object, 'large');
  return {
    imageFormat: imageFormatNumber(format),
    entries: [
      { type: 0, width, height, size: object.size, query: '' },
      { type: 1, ...thumbnail },
      { type: 2, ...large },
    ],
  };
}

export async function describeRendition(
  renditions: Renditions,
  object: StoredObject,
  kind: RenditionKind,
): Promise<PictureEntry> {
  const rendition = await renditions.get(object, kind);
  if (rendition !== AS_IT_IS) {
    const { width, height, size } = rendition;
    return { width, height, size, query: QUERIES[kind] };
  }
  const { width, height } = await renditions.header(object);
  return { width, height, size: object.size, query: '' };
}
