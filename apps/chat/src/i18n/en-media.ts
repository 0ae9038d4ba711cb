import { plural } from './plural.ts';

/** The English words about pictures, recordings, videos and files. */
export const enMedia = {
  media: {
    attach: 'Attach files',
    drop: 'Drop files here',
    dropHint: (name: string) => `They are sent to ${name} after you have seen them`,
    sendTitle: (count: number) => `Send ${plural(count, 'file', 'files')}`,
    caption: 'Add a message',
    addMore: 'Add more',
    remove: (name: string) => `Remove ${name}`,
    openImage: 'Open image',
    openVideo: (length: string) => `Play video, ${length}`,
    viewer: 'Images and videos',
    place: (index: number, count: number) => `${index} of ${count}`,
    next: 'Next',
    previous: 'Previous',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    download: 'Download',
    notLoaded: 'This could not be loaded.',
    uploading: 'Uploading',
    cancelUpload: 'Cancel upload',
    play: 'Play',
    pause: 'Pause',
    position: 'Position',
    speed: (rate: string) => `Speed ${rate}`,
    record: 'Record a voice message',
    recording: 'Recording',
    discardRecording: 'Discard recording',
    sendRecording: 'Send recording',
    noMicrophone: 'The microphone cannot be used. Allow it in the browser and try again.',
    tooLarge: (names: string, count: number, size: string) =>
      `${names} ${count === 1 ? 'is' : 'are'} too large: at most ${size}.`,
    empty: (names: string, count: number) => `${names} ${count === 1 ? 'is' : 'are'} empty.`,
    tooMany: (limit: number, names: string, count: number) =>
      `At most ${plural(limit, 'file', 'files')} at a time: ${names} ${count === 1 ? 'is' : 'are'} left out.`,
    unreadable: (names: string) => `${names} cannot be read.`,
    more: (count: number) => `${count} more`,
    onlyAsFile: 'It cannot be sent like this, but as a file it can.',
    sendAsFile: 'Not sent. Send as a file',
  },
};
