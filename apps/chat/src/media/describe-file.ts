import type { Attachment } from '../chat-client/attachments.ts';
import { LIMITS } from '../chat-client/limits.ts';

/** Pictures that the SDK takes as such, and the server opens. */
const IMAGES: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/bmp',
]);
/** Films that the SDK takes as such. */
const VIDEOS: ReadonlySet<string> = new Set(['video/mp4', 'video/quicktime']);
/** A file that says nothing of itself by then is sent as it is. */
const PATIENCE_MS = 4000;

/** What a chosen file can be shown as. One that the browser cannot read after all is sent as a plain file. */
export async function describeFile(file: File): Promise<Attachment> {
  const plain: Attachment = { kind: 'file', file, width: 0, height: 0, duration: 0 };
  const kind = kindOf(file);
  if (kind === 'file') return plain;
  const url = URL.createObjectURL(file);
  try {
    return { ...plain, kind, ...(await (kind === 'image' ? measureImage(url) : measureFilm(url))) };
  } catch {
    return plain;
  } finally {
    URL.revokeObjectURL(url);
  }
}

export function kindOf({ type, size }: Pick<File, 'type' | 'size'>): Attachment['kind'] {
  if (IMAGES.has(type)) return size <= LIMITS.imageBytes ? 'image' : 'file';
  return VIDEOS.has(type) ? 'video' : 'file';
}

type Measures = Pick<Attachment, 'width' | 'height' | 'duration'>;

async function measureImage(url: string): Promise<Measures> {
  const image = new Image();
  await new Promise((resolve, reject) => {
    image.addEventListener('load', resolve);
    image.addEventListener('error', reject);
    image.src = url;
  });
  const { naturalWidth: width, naturalHeight: height } = image;
  if (width * height > LIMITS.imagePixels) throw new Error('the server does not open it');
  await image.decode();
  return { width, height, duration: 0 };
}

function measureFilm(url: string): Promise<Measures> {
  const film = document.createElement('video');
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('the film says nothing of itself')), PATIENCE_MS);
    film.addEventListener('error', () => reject(new Error('the film cannot be played')));
    film.addEventListener('loadedmetadata', () => {
      const seconds = Number.isFinite(film.duration) ? film.duration : 0;
      // Sound alone in the container of a film is no video.
      if (film.videoWidth === 0) reject(new Error('there is nothing to see'));
      else resolve({ width: film.videoWidth, height: film.videoHeight, duration: seconds });
    });
    film.preload = 'metadata';
    film.src = url;
  });
}
