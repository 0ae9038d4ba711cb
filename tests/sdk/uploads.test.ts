import type { Message } from '@sterna/sdk';
import { describe, expect, test } from 'vitest';
import { image, JPEG, meet, TO_BOB, watch } from './files.ts';
import { settle, told } from './talk.ts';

const MP4 = new File(['a film'], 'film.mp4', { type: 'video/mp4' });

describe('without a plug-in', () => {
  test('an image goes up, then its message, with real sizes; the receiver has all three renditions', async () => {
    const { world, held, alice, received } = await meet();
    const progress: number[] = [];
    const message = image(alice.tim, { onProgress: (fraction: number) => progress.push(fraction) });
    const sending = watch(alice.tim.sendMessage(message));
    await world.pass(100);
    expect([message.status, received(), held.map(({ key }) => key)]).toEqual([
      'unSend',
      [],
      ['1/alice/r1/Photo.JPG'],
    ]);
    held[0]?.progress(0.5);
    held[0]?.succeed();
    await world.pass(1000);
    expect(sending).toEqual({ code: 0 });
    expect(progress).toEqual([0.5, 1]);
    const url = 'https://files.test/1/alice/r1/Photo.JPG?signed';
    const payload = {
      uuid: 'r1',
      imageFormat: 1,
      imageInfoArray: [
        { type: 0, sizeType: 1, url, size: 12, width: 400, height: 300 },
        { type: 1, sizeType: 3, url: `${url}&imageRendition=198`, size: 7, width: 264, height: 198 },
        { type: 2, sizeType: 2, url: `${url}&imageRendition=720`, size: 9, width: 400, height: 300 },
      ],
    };
    expect(message).toMatchObject({ status: 'success', sequence: 1 });
    expect(message.payload).toEqual(payload);
    expect(received()).toMatchObject([{ type: 'TIMImageElem', payload, from: 'alice' }]);
  });

  test('a recording and a file; what does not tell its size is asked for it', async () => {
    const { world, files, held, alice, received } = await meet();
    const recording = { tempFilePath: 'wxfile://tmp_1.mp3', duration: 2600 };
    const sound = alice.tim.createAudioMessage({ ...TO_BOB, payload: { file: recording } });
    const file = alice.tim.createFileMessage({ ...TO_BOB, payload: { file: new File(['abc'], '便签.txt') } });
    const sending = [sound, file].map((each) => watch(alice.tim.sendMessage(each)));
    await world.pass(100);
    expect(files.granted.map(({ credential }) => credential.TmpSecretKey)).toEqual(['key of 3', 'key of 11']);
    held.forEach(({ succeed }) => succeed());
    files.arrive('1/alice/r2/tmp_1.mp3', 11);
    await world.pass(1000);
    expect(sending).toEqual([{ code: 0 }, { code: 0 }]);
    expect(received().map(({ payload }) => payload)).toEqual([
      {
        uuid: 'r1',
        fileName: '便签.txt',
        fileUrl: 'https://files.test/1/alice/r1/便签.txt?signed',
        fileSize: 3,
      },
      { uuid: 'r2', url: 'https://files.test/1/alice/r2/tmp_1.mp3?signed', size: 11, second: 3 },
    ]);
  });

  test('a text does not wait for an upload before it', async () => {
    const { world, alice, received } = await meet();
    void alice.tim.sendMessage(image(alice.tim)).catch(() => undefined);
    const text = alice.tim.createTextMessage({ ...TO_BOB, payload: { text: 'meanwhile' } });
    await settle(world, alice.tim.sendMessage(text));
    expect(received()).toMatchObject([{ payload: { text: 'meanwhile' } }]);
    await settle(world, alice.tim.logout());
  });

  test('an application that insists on its plug-in hears that there is none', async () => {
    const { world, held, alice } = await meet({ useUploadPlugin: true });
    const message = image(alice.tim);
    await expect(settle(world, alice.tim.sendMessage(message))).rejects.toMatchObject({ code: 2040 });
    expect([message.status, held]).toEqual(['fail', []]);
  });
});

describe('an upload that ends early', () => {
  test('fails its message, with the code of its kind; resent, it goes on under the same key', async () => {
    const { world, files, held, alice, received } = await meet();
    const message = image(alice.tim);
    const first = watch(alice.tim.sendMessage(message));
    await world.pass(100);
    held[0]?.fail({ error: { Code: 'RequestTimeout' } });
    await world.pass(100);
    expect(first).toEqual({ code: 2250, message: 'The upload failed: RequestTimeout' });
    expect([message.status, message.payload.file]).toEqual(['fail', JPEG]);
    const again = watch(alice.tim.resendMessage(message));
    await world.pass(100);
    expect(held.map(({ key }) => key)).toEqual(['1/alice/r1/Photo.JPG', '1/alice/r1/Photo.JPG']);
    held[1]?.succeed();
    await world.pass(1000);
    expect(again).toEqual({ code: 0 });
    expect(received()).toHaveLength(1);
    expect(message).toMatchObject({ status: 'success', isResend: true });
    // The same file in another message is another upload.
    void alice.tim.sendMessage(image(alice.tim)).catch(() => undefined);
    await world.pass(100);
    expect(held[2]?.key).toBe('1/alice/r2/Photo.JPG');
    expect(files.granted).toHaveLength(3);
    await settle(world, alice.tim.logout());
  });

  test.each(['image', 'audio', 'video', 'file'] as const)('has the published code of %s', async (kind) => {
    const { world, held, alice } = await meet();
    const make = {
      image: alice.tim.createImageMessage,
      audio: alice.tim.createAudioMessage,
      video: alice.tim.createVideoMessage,
      file: alice.tim.createFileMessage,
    }[kind];
    const message = make({ ...TO_BOB, payload: { file: kind === 'image' ? JPEG : MP4 } });
    const sending = watch(alice.tim.sendMessage(message));
    await world.pass(100);
    held[0]?.fail(new Error('no signal'));
    await world.pass(100);
    const code = { image: 2250, audio: 2300, video: 2350, file: 2400 }[kind];
    expect(sending).toEqual({ code, message: 'The upload failed: no signal' });
  });

  test.each([
    [
      'the XML of the service',
      new Error(
        '<?xml version="1.0"?>\n<Error><Code>InsufficientStorage</Code><Message>Full.</Message></Error>',
      ),
      'InsufficientStorage',
    ],
    [
      'the same by a plug-in',
      { code: 507, message: '"<Error><Code>InsufficientStorage</Code>"' },
      'InsufficientStorage',
    ],
    ['a plug-in without a word', { code: 0, message: '""' }, 'the connection broke'],
    ['a host without a word', new Error(''), 'the connection broke'],
    ['a sentence of other letters', new Error('网络错误'), '网络错误'],
  ])('says why in a word or a sentence: %s', async (_, failure, reason) => {
    const { world, held, alice } = await meet();
    const sending = watch(alice.tim.sendMessage(image(alice.tim)));
    await world.pass(100);
    held[0]?.fail(failure);
    await world.pass(100);
    expect(sending).toEqual({ code: 2250, message: `The upload failed: ${reason}` });
  });

  test('by its signal: the transfer is stopped, and a resend begins anew without it', async () => {
    const { world, held, alice } = await meet();
    const cancel = new AbortController();
    const message = image(alice.tim);
    const sending = watch(alice.tim.sendMessage(message, { signal: cancel.signal }));
    await world.pass(100);
    cancel.abort();
    await world.pass(10);
    expect([sending.code, message.status, held[0]?.isStopped]).toEqual([2802, 'fail', true]);
    const again = watch(alice.tim.resendMessage(message));
    await world.pass(100);
    held[1]?.succeed();
    await world.pass(1000);
    expect(again.code).toBe(0);
    const raised = alice.tim.sendMessage(image(alice.tim), { signal: cancel.signal });
    await expect(settle(world, raised)).rejects.toMatchObject({ code: 2802 });
    expect(held).toHaveLength(2);
  });

  test.each([{}, 5, { aborted: false, addEventListener: () => undefined }])(
    'at once by a signal that is none, %o, which ends nothing else',
    async (signal) => {
      const { world, held, alice } = await meet();
      const options = { signal: signal as unknown as AbortSignal };
      const good = watch(alice.tim.sendMessage(image(alice.tim)));
      const raised = settle(world, alice.tim.sendMessage(image(alice.tim), options));
      await expect(raised).rejects.toMatchObject({ code: 10004 });
      expect(held).toHaveLength(1);
      await settle(world, alice.tim.logout());
      expect([good.code, held[0]?.isStopped]).toEqual([2024, true]);
      await settle(world, alice.tim.destroy());
    },
  );

  test('by a handler that throws: 2109', async () => {
    const { world, held, alice } = await meet();
    const onProgress = () => {
      throw new Error('my bug');
    };
    const sending = watch(alice.tim.sendMessage(image(alice.tim, { onProgress })));
    await world.pass(100);
    held[0]?.progress(0.1);
    await world.pass(10);
    expect([sending.code, held[0]?.isStopped]).toEqual([2109, true]);
  });

  test('by a logout: nothing goes on for a user who has left', async () => {
    const { world, held, alice, received } = await meet();
    const message = image(alice.tim);
    const sending = watch(alice.tim.sendMessage(message));
    await world.pass(100);
    await settle(world, alice.tim.logout());
    expect([sending.code, held[0]?.isStopped, message.status]).toEqual([2024, true, 'fail']);
    held[0]?.succeed();
    await world.pass(1000);
    expect(received()).toEqual([]);
  });

  test('by the server, which says why', async () => {
    const { world, files, alice } = await meet();
    files.objects.mostBytes = () => 5;
    await expect(settle(world, alice.tim.sendMessage(image(alice.tim)))).rejects.toMatchObject({
      code: 114002,
    });
  });
});

test('a forwarded file is not uploaded again', async () => {
  const { world, held, alice, bob } = await meet();
  void alice.tim.sendMessage(image(alice.tim));
  await world.pass(100);
  held[0]?.succeed();
  await world.pass(1000);
  const [original] = told(bob, 'onMessageReceived').flat() as Message[];
  if (original === undefined) throw new Error('nothing came');
  const forward = bob.tim.createForwardMessage({ to: 'alice', conversationType: 'C2C', payload: original });
  await settle(world, bob.tim.sendMessage(forward));
  expect(told(alice, 'onMessageReceived').flat()).toMatchObject([{ payload: original.payload, from: 'bob' }]);
  expect(held).toHaveLength(1);
});

describe('a service that has too many transfers', () => {
  const slowDown = new Error('<Error><Code>SlowDown</Code></Error>');

  test('is asked again a little later, each time after a longer wait', async () => {
    const { world, held, alice, received } = await meet();
    const sending = watch(alice.tim.sendMessage(image(alice.tim)));
    await world.pass(100);
    held[0]?.fail(slowDown);
    await world.pass(900);
    expect(held).toHaveLength(1);
    await world.pass(200);
    expect(held.map(({ key }) => key)).toEqual(['1/alice/r1/Photo.JPG', '1/alice/r1/Photo.JPG']);
    held[1]?.fail(slowDown);
    await world.pass(1900);
    expect(held).toHaveLength(2);
    await world.pass(200);
    held[2]?.succeed();
    await world.pass(1000);
    expect([sending.code, received().length]).toEqual([0, 1]);
  });

  test('fails the message when it still has no room after five attempts more', async () => {
    const { world, held, alice } = await meet();
    const sending = watch(alice.tim.sendMessage(image(alice.tim)));
    for (let attempt = 0; attempt <= 5; attempt += 1) {
      await world.pass(attempt * 1000 + 100);
      held[attempt]?.fail(slowDown);
    }
    await world.pass(20_000);
    expect(sending).toEqual({ code: 2250, message: 'The upload failed: SlowDown' });
    expect(held).toHaveLength(6);
  });

  test('is not asked again for what was cancelled meanwhile', async () => {
    const { world, held, alice } = await meet();
    const cancel = new AbortController();
    const sending = watch(alice.tim.sendMessage(image(alice.tim), { signal: cancel.signal }));
    await world.pass(100);
    held[0]?.fail(slowDown);
    await world.pass(100);
    cancel.abort();
    await world.pass(5000);
    expect([sending.code, held.length]).toEqual([2802, 1]);
  });
});

describe('a message that cannot go', () => {
  test.each([
    ['of another type', new File(['x'], 'a.webm', { type: 'video/webm' }), 2352],
    ['that is empty', new File([], 'a.mp4'), 2108],
    ['that is not there', { nodeType: 1, files: [] }, 2401],
  ] satisfies [string, object, number][])(
    'for a file %s, has failed, and may be sent again when it is mended',
    async (_, file, code) => {
      const { world, held, alice } = await meet();
      const message = alice.tim.createVideoMessage({ ...TO_BOB, payload: { file } });
      await expect(settle(world, alice.tim.sendMessage(message))).rejects.toMatchObject({
        code,
        data: { message },
      });
      expect(message.status).toBe('fail');
      Object.assign(message.payload, { file: MP4 });
      const again = watch(alice.tim.resendMessage(message));
      await world.pass(100);
      held[0]?.succeed();
      await world.pass(1000);
      expect([again.code, message.status]).toEqual([0, 'success']);
    },
  );

  test('again while it is under way, or when it was sent, has not failed', async () => {
    const { world, held, alice } = await meet();
    const message = image(alice.tim);
    const sending = watch(alice.tim.sendMessage(message));
    await world.pass(100);
    const [{ file, ...payload }, to] = [message.payload, message.to];
    message.to = '';
    await expect(settle(world, alice.tim.sendMessage(message))).rejects.toMatchObject({ code: 10004 });
    expect(message.status).toBe('unSend');
    Object.assign(message, { to, payload: { ...payload, file } });
    held[0]?.succeed();
    await world.pass(1000);
    message.to = '';
    await expect(settle(world, alice.tim.sendMessage(message))).rejects.toMatchObject({ code: 10004 });
    expect([sending.code, message.status]).toEqual([0, 'success']);
  });
});

describe('a file without a message', () => {
  test('goes up and has an address', async () => {
    const { world, held, alice } = await meet();
    const progress: number[] = [];
    const onProgress = (fraction: number) => progress.push(fraction);
    const uploading = alice.tim.uploadFile({ file: JPEG, onProgress });
    await world.pass(100);
    held[0]?.progress(0.5);
    held[0]?.succeed();
    expect(await settle(world, uploading)).toEqual({
      code: 0,
      data: { url: 'https://files.test/1/alice/r1/Photo.JPG?signed' },
    });
    expect(progress).toEqual([0.5]);
  });

  test('ends when the application says so, and with the session', async () => {
    const { world, held, alice } = await meet();
    const ending = new AbortController();
    const one = watch(alice.tim.uploadFile({ file: JPEG, signal: ending.signal }));
    const two = watch(alice.tim.uploadFile({ file: JPEG }));
    await world.pass(100);
    ending.abort();
    await world.pass(100);
    expect([one.code, two.code, held.map(({ isStopped }) => isStopped)]).toEqual([
      2802,
      undefined,
      [true, false],
    ]);
    await settle(world, alice.tim.logout());
    expect([two.code, held[1]?.isStopped]).toEqual([2024, true]);
  });

  test.each([
    ['nothing chosen', {}, { file: { files: null, nodeType: 1 } }, 2401],
    ['an empty file', {}, { file: new File([], 'empty.txt') }, 2108],
    ['a file of more than 100 MB', {}, { file: { size: 100 * 1024 * 1024 + 1, name: 'large.iso' } }, 2402],
    ['a plug-in that is insisted on and missing', { useUploadPlugin: true }, { file: JPEG }, 2040],
  ])('%s is refused', async (_, options, given, code) => {
    const { world, held, alice } = await meet(options);
    await expect(settle(world, alice.tim.uploadFile(given))).rejects.toMatchObject({ code });
    expect(held).toEqual([]);
  });
});
