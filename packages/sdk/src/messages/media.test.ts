import { expect, test, vi } from 'vitest';
import { checkMessage, FILE_BYTES, SMALL_FILE_BYTES } from './check.ts';
import { createCreators } from './creators.ts';
import type { Message } from '../types/message.ts';

const create = createCreators({
  session: () => ({ SDKAppID: 1, userID: 'alice', tinyID: '1', isReady: true }),
  nowMs: () => 0,
  random32: () => 7,
});
const to = { to: 'bob', conversationType: 'C2C' } as const;

const CREATORS = {
  image: 'createImageMessage',
  audio: 'createAudioMessage',
  video: 'createVideoMessage',
  file: 'createFileMessage',
} as const;
type Kind = keyof typeof CREATORS;
const LARGEST = { image: SMALL_FILE_BYTES, audio: SMALL_FILE_BYTES, video: FILE_BYTES, file: FILE_BYTES };

const make = (kind: Kind, file: unknown): Message =>
  create[CREATORS[kind]]({ ...to, payload: { file: file as object } });
const jpeg = new File(['bytes'], 'Photo.JPG', { type: 'image/jpeg' });
/** A file of a size that no test should allocate. */
const sized = (size: number, name: string) => ({ name, size, type: '' });

test('an image keeps its file and shows three renditions, the original first', () => {
  const message = create.createImageMessage({ ...to, payload: { file: jpeg } });
  expect(message.payload).toMatchObject({ uuid: '', imageFormat: 1, file: jpeg });
  expect(message.payload.imageInfoArray.map(({ type, sizeType, size }) => [type, sizeType, size])).toEqual([
    [0, 1, 5],
    [1, 3, 5],
    [2, 2, 5],
  ]);
  expect(checkMessage(message)).toBeUndefined();
});

test.each<[string, unknown]>([
  ['an input element', { nodeType: 1, files: [jpeg] }],
  ['a file list', [jpeg]],
  ['a file', jpeg],
])('%s gives its first file', (_, source) => {
  expect(make('image', source).payload).toMatchObject({ file: jpeg });
});

test.each<[Kind, number, unknown]>([
  ['image', 2251, { nodeType: 1, files: [] }],
  ['image', 2251, { nodeType: 1, files: null }],
  ['image', 2251, undefined],
  ['video', 2401, undefined],
  ['audio', 2401, undefined],
  ['file', 2401, { nodeType: 1, files: [] }],
  ['image', 2252, sized(10, 'a.svg')],
  ['image', 2252, sized(10, 'noname')],
  ['video', 2352, sized(10, 'a.avi')],
  ['image', 2108, sized(0, 'a.png')],
  ['audio', 2108, sized(0, 'a.mp3')],
  ['video', 2108, sized(0, 'a.mp4')],
  ['file', 2108, sized(0, 'a.txt')],
  ['image', 2253, sized(LARGEST.image + 1, 'a.png')],
  ['audio', 2301, sized(LARGEST.audio + 1, 'a.mp3')],
  ['video', 2351, sized(LARGEST.video + 1, 'a.mp4')],
  ['file', 2402, sized(LARGEST.file + 1, 'a.iso')],
])('%s is refused with %i: %j', (kind, code, source) => {
  expect(checkMessage(make(kind, source))).toMatchObject({ code });
});

test.each<[Kind, string]>([
  ['image', 'a.jpg'],
  ['image', 'a.JPEG'],
  ['image', 'a.gif'],
  ['image', 'a.png'],
  ['image', 'a.bmp'],
  ['image', 'a.webp'],
  ['audio', 'a.mp3'],
  ['video', 'a.mp4'],
  ['video', 'a.mov'],
  ['file', 'no extension'],
])('%s of the largest size may be sent: %s', (kind, name) => {
  expect(checkMessage(make(kind, sized(LARGEST[kind], name)))).toBeUndefined();
});

test('a pasted blob has no name: its MIME type tells', () => {
  expect(checkMessage(make('image', new Blob(['x'], { type: 'image/png' })))).toBeUndefined();
});

test.each<[Kind, string, string, number | undefined]>([
  ['image', 'IMG.2026', 'image/jpeg', undefined],
  ['image', 'pic.jfif', 'image/jpeg', undefined],
  ['image', 'pic.jfif', '', 2252],
  ['image', 'drawing.svg', 'image/svg+xml', 2252],
  ['image', 'film.mp4', 'video/mp4', 2252],
  ['video', 'film.v2', 'video/mp4', undefined],
  ['video', 'film.webm', 'video/webm', 2352],
  ['video', 'film.mov', 'video/quicktime', undefined],
])('%s: where the ending of %s says nothing, %j does: %s', (kind, name, type, code) => {
  expect(checkMessage(make(kind, new File(['x'], name, { type })))?.code).toBe(code);
});

test('the format is that of the ending, where both tell it', () => {
  const film = new File(['x'], 'film.MOV', { type: 'video/quicktime' });
  expect(make('video', film).payload).toMatchObject({ videoFormat: 'mov' });
  const photo = new File(['x'], 'IMG.2026', { type: 'image/jpeg' });
  expect(make('image', photo).payload).toMatchObject({ imageFormat: 1 });
});

test.each<[string, Kind, object, object]>([
  [
    'wx.chooseImage',
    'image',
    { tempFilePaths: ['wxfile://tmp/a.png'], tempFiles: [{ path: 'wxfile://tmp/a.png', size: 9 }] },
    { imageFormat: 3, file: { path: 'wxfile://tmp/a.png', size: 9 } },
  ],
  [
    'wx.chooseVideo',
    'video',
    {
      tempFilePath: 'wxfile://tmp/v.mp4',
      duration: 12.4,
      size: 9,
      width: 640,
      height: 480,
      thumbTempFilePath: 't',
    },
    {
      videoFormat: 'mp4',
      videoSecond: 12,
      videoSize: 9,
      snapshotWidth: 640,
      thumbHeight: 480,
      snapshotUrl: 't',
    },
  ],
  [
    'wx.chooseMedia',
    'video',
    {
      type: 'video',
      tempFiles: [{ tempFilePath: 'wxfile://tmp/v.mp4', size: 9, duration: 3, fileType: 'video' }],
    },
    { videoFormat: 'mp4', videoSecond: 3, videoSize: 9 },
  ],
  [
    'wx.chooseMessageFile',
    'file',
    { tempFiles: [{ path: 'wxfile://tmp/x', name: 'report.pdf', size: 9, type: 'file' }] },
    { fileName: 'report.pdf', fileSize: 9, fileUrl: 'wxfile://tmp/x' },
  ],
  [
    'a recorder without a size',
    'audio',
    { tempFilePath: 'wxfile://tmp/a.aac', duration: 2_600 },
    { url: 'wxfile://tmp/a.aac', second: 3, size: 0 },
  ],
])('%s', (_, kind, source, payload) => {
  const message = make(kind, source);
  expect(message.payload).toMatchObject(payload);
  expect(checkMessage(message)).toBeUndefined();
});

test('the progress callback stays with the message, out of sight of clones', () => {
  const onProgress = vi.fn();
  const message = create.createFileMessage({ ...to, payload: { file: jpeg }, onProgress });
  expect(Reflect.get(message, 'onProgress')).toBe(onProgress);
  expect(Object.keys(message)).not.toContain('onProgress');
  expect(structuredClone({ ...message, payload: {} })).not.toHaveProperty('onProgress');
});
