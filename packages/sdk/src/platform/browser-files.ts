import type { LocalFile } from '../types/payload.ts';
import type { Files, VideoFacts } from './files.ts';

/** A video that shows nothing by then is sent without a picture. */
const LOOK_MS = 5_000;
/** In seconds: the first picture is often black. */
const LOOK_AT = '#t=0.1';
const PICTURE_QUALITY = 0.8;

/** Pages: the bytes in one request, and a look at videos by the browser's own player. */
export const browserFiles: Files = {
  send: ({ file, grant, progress, onStop }) =>
    new Promise((resolve, reject) => {
      const bytes = blobOf(file);
      const request = new XMLHttpRequest();
      request.open('PUT', grant.putURL);
      request.upload.onprogress = ({ loaded }) => progress(loaded / bytes.size);
      // Of a line that broke the answer is empty.
      request.onload = request.onerror = () =>
        request.status === 200 ? resolve() : reject(new Error(request.responseText));
      onStop(() => request.abort());
      request.send(bytes);
    }),
  look(file) {
    const video = document.createElement('video');
    const url = URL.createObjectURL(blobOf(file));
    const looking = new Promise<VideoFacts | undefined>((resolve) => {
      setTimeout(resolve, LOOK_MS);
      video.onerror = () => resolve(undefined);
      video.onloadeddata = () =>
        draw(video, (picture) =>
          resolve({ picture, seconds: Number.isFinite(video.duration) ? video.duration : 0 }),
        );
    });
    video.preload = 'auto';
    video.src = url + LOOK_AT;
    return looking.finally(() => URL.revokeObjectURL(url));
  },
};

function blobOf(file: LocalFile): Blob {
  if (file instanceof Blob) return file;
  throw new TypeError('not a File');
}

function draw(video: HTMLVideoElement, take: (picture: Blob | null) => void): void {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const context = canvas.getContext('2d');
  if (context) context.drawImage(video, 0, 0);
  canvas.toBlob(take, 'image/jpeg', PICTURE_QUALITY);
}
