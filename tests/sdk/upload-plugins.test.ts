import { describe, expect, test } from 'vitest';
import { image, JPEG, meet, TO_BOB, watch } from './files.ts';
import { settle } from './talk.ts';

/** A COS class that does what it is asked when a test says so. */
function fakeCOS() {
  const calls: { method: string; parameters: Record<string, unknown>; done: (error?: unknown) => void }[] =
    [];
  const made: Record<string, unknown>[] = [];
  const cancelled: unknown[] = [];
  const record = (method: string) =>
    function (parameters: Record<string, unknown>, callback: (error?: unknown) => void) {
      calls.push({ method, parameters, done: callback });
    };
  class COS {
    putObject = record('putObject');
    postObject = record('postObject');
    sliceUploadFile = record('sliceUploadFile');
    constructor(options: Record<string, unknown>) {
      made.push(options);
    }
    cancelTask(task: unknown) {
      cancelled.push(task);
    }
  }
  return { COS, calls, made, cancelled };
}

describe('by the COS SDK', () => {
  test('a small file in one put, to our host, with our credential; a large one in slices', async () => {
    const { world, files, held, alice, received } = await meet();
    const { COS, calls, made } = fakeCOS();
    alice.tim.registerPlugin({ 'cos-js-sdk': COS });
    void alice.tim.sendMessage(image(alice.tim));
    await world.pass(100);
    expect(calls[0]).toMatchObject({
      method: 'putObject',
      parameters: { Bucket: 'sterna-1', Region: 'local', Key: '1/alice/r1/Photo.JPG', Body: JPEG },
    });
    expect(made[0]).toMatchObject({ Domain: 'https://files.test', Protocol: 'https:' });
    const credentials: Record<string, unknown>[] = [];
    const authorize = made[0]?.['getAuthorization'] as (
      options: object,
      answer: (credential: Record<string, unknown>) => void,
    ) => void;
    authorize({}, (credential) => credentials.push(credential));
    await world.pass(100);
    expect(credentials).toMatchObject([{ SecurityToken: 'token 1', XCosSecurityToken: 'token 1' }]);
    // Half an hour later the first has run out.
    await world.pass(30 * 60_000);
    authorize({}, (credential) => credentials.push(credential));
    await world.pass(100);
    expect(credentials[1]).toMatchObject({ SecurityToken: 'token 2' });
    files.arrive('1/alice/r1/Photo.JPG', 12);
    calls[0]?.done();
    await world.pass(1000);
    expect([received().length, held.length]).toEqual([1, 0]);

    const large = new File([new Uint8Array(5 * 1024 * 1024 + 1)], 'large.bin');
    void alice.tim
      .sendMessage(alice.tim.createFileMessage({ ...TO_BOB, payload: { file: large } }))
      .catch(() => undefined);
    await world.pass(100);
    expect(calls[1]).toMatchObject({ method: 'sliceUploadFile', parameters: { Body: large } });
    await settle(world, alice.tim.logout());
  });

  test('progress is a fraction, and a cancel reaches its task', async () => {
    const { world, alice } = await meet();
    const { COS, calls, cancelled } = fakeCOS();
    alice.tim.registerPlugin({ 'cos-js-sdk': COS });
    const progress: number[] = [];
    const cancel = new AbortController();
    const message = image(alice.tim, { onProgress: (fraction: number) => progress.push(fraction) });
    const sending = watch(alice.tim.sendMessage(message, { signal: cancel.signal }));
    await world.pass(100);
    const parameters = calls[0]?.parameters ?? {};
    const tell = (name: string, value: unknown) => (parameters[name] as (value: unknown) => void)(value);
    tell('onTaskReady', 'task 7');
    tell('onProgress', { percent: 0.25, loaded: 3, total: 12 });
    cancel.abort();
    // A plug-in that cannot cancel goes on, which concerns nobody any more.
    tell('onProgress', { percent: 0.5, loaded: 6, total: 12 });
    await world.pass(10);
    expect([progress, cancelled, sending.code]).toEqual([[0.25], ['task 7'], 2802]);
  });

  test('a plug-in that has no cancel for its tasks goes on, and the message ends all the same', async () => {
    const { world, alice } = await meet();
    const uploads: ((error: unknown) => void)[] = [];
    class COS {
      putObject(parameters: { onTaskReady(task: string): void }, callback: (error: unknown) => void) {
        parameters.onTaskReady('task 7');
        uploads.push(callback);
      }
    }
    alice.tim.registerPlugin({ 'cos-js-sdk': COS });
    const cancel = new AbortController();
    const sending = [
      watch(alice.tim.sendMessage(image(alice.tim), { signal: cancel.signal })),
      watch(alice.tim.sendMessage(image(alice.tim))),
    ];
    await world.pass(100);
    cancel.abort();
    await settle(world, alice.tim.logout());
    expect([sending.map(({ code }) => code), uploads.length]).toEqual([[2802, 2024], 2]);
  });

  test("a mini program's file goes by its path", async () => {
    const { world, alice } = await meet();
    const { COS, calls } = fakeCOS();
    alice.tim.registerPlugin({ 'cos-wx-sdk': COS });
    const chosen = { tempFilePath: 'wxfile://tmp.png', size: 20 };
    void alice.tim
      .sendMessage(alice.tim.createImageMessage({ ...TO_BOB, payload: { file: chosen } }))
      .catch(() => undefined);
    await world.pass(100);
    expect(calls[0]).toMatchObject({
      method: 'postObject',
      parameters: { FilePath: 'wxfile://tmp.png', FileSize: 20 },
    });
    await settle(world, alice.tim.logout());
  });

  test('a class that is no COS fails the message', async () => {
    const { world, alice } = await meet();
    alice.tim.registerPlugin({ 'cos-js-sdk': class {} });
    await expect(settle(world, alice.tim.sendMessage(image(alice.tim)))).rejects.toMatchObject({
      code: 2250,
      message: expect.stringContaining('has no putObject'),
    });
  });
});

test('the newer plug-in is handed a signed URL, and goes before the COS SDK', async () => {
  const { world, files, alice, received } = await meet();
  const { COS, made } = fakeCOS();
  const calls: { options: Record<string, unknown>; callback: (error: unknown) => void }[] = [];
  class UploadPlugin {
    uploadFile(options: Record<string, unknown>, callback: (error: unknown) => void) {
      calls.push({ options, callback });
    }
  }
  alice.tim.registerPlugin({ 'cos-js-sdk': COS, 'tim-upload-plugin': UploadPlugin });
  void alice.tim.sendMessage(image(alice.tim));
  await world.pass(100);
  expect(calls[0]?.options).toMatchObject({
    url: 'https://files.test/1/alice/r1/Photo.JPG?upload=token',
    method: 'PUT',
    resources: JPEG,
  });
  files.arrive('1/alice/r1/Photo.JPG', 12);
  calls[0]?.callback(null);
  await world.pass(1000);
  expect([received().length, made.length]).toEqual([1, 0]);
});
