import { expect, test } from 'vitest';
import { createWxFiles } from './wx-files.ts';
import type { FileInfoOptions, MiniProgramHost, UploadOptions } from './wx-host.ts';

const GRANT = { url: 'https://files.example.org', key: 'k', token: 't', putURL: '' };
const NO_FILE = {};

/** Sends a file through a host that keeps what it was asked, and ends it as the test says. */
function send(
  path: string,
  end: (options: UploadOptions) => void,
): { sending: Promise<void>; asked: UploadOptions[] } {
  const asked: UploadOptions[] = [];
  const uploadFile = (options: UploadOptions) => {
    asked.push(options);
    end(options);
    return { abort: () => undefined };
  };
  const sending = createWxFiles(() => ({ uploadFile })).send({
    file: NO_FILE,
    path,
    grant: GRANT,
    progress: () => undefined,
    onStop: () => undefined,
  });
  return { sending, asked };
}

test.each([
  ['wxfile://tmp_1.jpg', 'image'],
  ['https://resource/ab.image', 'image'],
  ['wxfile://tmp_2.MP4', 'video'],
  ['wxfile://tmp_3.durationTime=1600.aac', 'audio'],
])('%s is sent under the names of every host, as %s', async (path, fileType) => {
  const { sending, asked } = send(path, ({ success }) => success({ statusCode: 204, data: '' }));
  await sending;
  expect(asked).toEqual([
    expect.objectContaining({
      url: `${GRANT.url}/`,
      filePath: path,
      name: 'file',
      fileName: 'file',
      fileType,
    }),
  ]);
});

test.each([
  ['WeChat', { errMsg: 'uploadFile:fail timeout' }, 'uploadFile:fail timeout'],
  ['Alipay', { error: 12, errorMessage: 'too large' }, 'too large'],
  ['nobody', {}, 'the upload failed'],
])('a failure in the words of %s', async (_, result, message) => {
  await expect(send('a.jpg', ({ fail }) => fail(result)).sending).rejects.toThrow(message);
});

test('an answer that is no success is a failure', async () => {
  const { sending } = send('a.jpg', ({ success }) => success({ statusCode: 403, data: 'AccessDenied' }));
  await expect(sending).rejects.toThrow('AccessDenied');
});

const info = ({ filePath, apFilePath, success, fail }: FileInfoOptions): void =>
  filePath === apFilePath && filePath.endsWith('.mp3') ? success({ size: 11 }) : fail();

test.each<[string, MiniProgramHost, string, number]>([
  ['a manager of files', { getFileSystemManager: () => ({ getFileInfo: info }) }, 'a.mp3', 11],
  ['Alipay’s older call', { getFileInfo: info }, 'a.mp3', 11],
  ['a file that is gone', { getFileInfo: info }, 'a', 0],
  ['no way to know', {}, 'a.mp3', 0],
])('the size of a path: %s', async (_, host, path, size) => {
  expect(await createWxFiles(() => host).size?.(path)).toBe(size);
});
