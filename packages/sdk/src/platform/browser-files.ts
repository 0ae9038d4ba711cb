import type { LocalFile } from '../types/payload.ts';
import type { Files, Sending, VideoFacts } from './files.ts';

/** A video that shows nothing by then is sent without a picture. */
const LOOK_MS = 5_000;
/** The first picture is often black. */
const LOOK_AT_SECONDS = 0.1;
const PICTURE_QUALITY = 0.8;

/** Pages: the bytes in one request, and a look at videos by the browser's own player. */
export const browserFiles: Files = {
  send: ({ file, grant, progress, onStop }: Sending) =>
    new Promise((resolve, reject) => {
      if (!(file instanceof Blob)) return reject(new TypeError('not a File or Blob'));
      const request = new XMLHttpRequest();
      request.open('PUT', grant.putURL);
      request.upload.onprogress = ({ loaded }) => progress(loaded / file.size);
      request.onerror = () => reject(new Error('the connection broke'));
      request.onload = () =>
        request.status === 200 ? resolve() : reject(new Error(request.responseText.slice(0, 200)));
      onStop(() => request.abort());
      request.send(file);
    }),
  size: () => Promise.resolve(0),
  look: (file) => (file instanceof Blob ? lookAt(file) : Promise.resolve(undefined)),
};

async function lookAt(file: Blob): Promise<VideoFacts | undefined> {
  const video = document.createElement('video');
  video.muted = true;
  video.preload = 'auto';
  video.src = URL.createObjectURL(file);
  try {
    if (!(await happened(video, 'loadeddata'))) return undefined;
    video.currentTime = LOOK_AT_SECONDS;
    await happened(video, 'seeked');
    const { duration, videoWidth: width, videoHeight: height } = video;
    return { seconds: Number.isFinite(duration) ? duration : 0, width, height, picture: await draw(video) };
  } finally {
    URL.revokeObjectURL(video.src);
  }
}

function happened(video: HTMLVideoElement, event: 'loadeddata' | 'seeked'): Promise<boolean> {
  return new Promise((resolve) => {
    video.addEventListener(event, () => resolve(true));
    video.addEventListener('error', () => resolve(false));
    setTimeout(() => resolve(false), LOOK_MS);
  });
}

function draw(video: HTMLVideoElement): Promise<LocalFile | undefined> {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return new Promise((resolve) =>
    canvas.toBlob((picture) => resolve(picture ?? undefined), 'image/jpeg', PICTURE_QUALITY),
  );
}
