import type { ChatSDK } from '@sterna/sdk';
import { describe, expect, test } from 'vitest';
import { meet, TO_BOB } from './files.ts';

const MP4 = new File(['a film'], 'film.mp4', { type: 'video/mp4' });

describe('a video', () => {
  const film = (tim: ChatSDK, file: object = MP4) => tim.createVideoMessage({ ...TO_BOB, payload: { file } });

  test('has the picture that the server took', async () => {
    const { world, files, held, alice, received } = await meet();
    files.takesSnapshots = true;
    void alice.tim.sendMessage(film(alice.tim));
    await world.pass(100);
    held[0]?.succeed();
    await world.pass(1000);
    const url = 'https://files.test/1/alice/r1/film.mp4?signed';
    expect(received()[0]?.payload).toMatchObject({
      videoUUID: 'r1',
      videoUrl: url,
      videoSize: 6,
      videoFormat: 'mp4',
      snapshotUrl: `${url}&videoSnapshot`,
      snapshotWidth: 16,
      snapshotHeight: 9,
      thumbUrl: `${url}&videoSnapshot`,
    });
  });

  test('has its length, and the picture of the server, where both can look', async () => {
    const picture = new Blob(['picture'], { type: 'image/jpeg' });
    const { world, files, held, alice, received } = await meet({
      look: async () => ({ picture, seconds: 6.2 }),
    });
    files.takesSnapshots = true;
    void alice.tim.sendMessage(film(alice.tim));
    await world.pass(100);
    held[0]?.succeed();
    await world.pass(1000);
    expect(held).toHaveLength(1);
    expect(received()[0]?.payload).toMatchObject({ videoSecond: 6, snapshotWidth: 16, thumbSize: 5 });
  });

  test('keeps the picture of the server where this host cannot look', async () => {
    const look = () => Promise.reject(new Error('no player'));
    const { world, files, held, alice, received } = await meet({ look });
    files.takesSnapshots = true;
    void alice.tim.sendMessage(film(alice.tim));
    await world.pass(100);
    held[0]?.succeed();
    await world.pass(1000);
    expect(received()[0]?.payload).toMatchObject({ videoSecond: 0, snapshotWidth: 16 });
  });

  test('is not looked at where its choice told everything', async () => {
    let looks = 0;
    const look = async () => void (looks += 1);
    const { world, files, held, alice, received } = await meet({ look });
    files.takesSnapshots = true;
    void alice.tim.sendMessage(
      film(alice.tim, Object.assign(new File(['a film'], 'film.mp4'), { duration: 9 })),
    );
    await world.pass(100);
    held[0]?.succeed();
    await world.pass(1000);
    expect(received()[0]?.payload).toMatchObject({ videoSecond: 9, snapshotWidth: 16 });
    expect(looks).toBe(0);
  });

  test('has the picture, and the length, that the host took where the server takes none', async () => {
    const picture = new Blob(['picture'], { type: 'image/jpeg' });
    const { world, held, alice, received } = await meet({
      look: async () => ({ picture, seconds: 12.4, width: 640, height: 360 }),
    });
    const progress: number[] = [];
    const message = film(alice.tim);
    Object.defineProperty(message, 'onProgress', { value: (fraction: number) => progress.push(fraction) });
    void alice.tim.sendMessage(message);
    await world.pass(100);
    held[0]?.succeed();
    await world.pass(100);
    held[1]?.progress(0.3);
    held[1]?.succeed();
    await world.pass(1000);
    expect(progress).toEqual([1]);
    expect(received()[0]?.payload).toMatchObject({
      videoSecond: 12,
      snapshotUrl: 'https://files.test/1/alice/r2/?signed',
      snapshotWidth: 400,
      thumbSize: 7,
    });
  });

  test('goes without a picture where nobody has one, or where its upload fails', async () => {
    const { world, held, alice, received } = await meet();
    void alice.tim.sendMessage(film(alice.tim));
    const chosen = { tempFilePath: 'wxfile://tmp.mp4', size: 6, thumbTempFilePath: 'wxfile://thumb.jpg' };
    void alice.tim.sendMessage(film(alice.tim, chosen));
    await world.pass(100);
    held.forEach(({ succeed }) => succeed());
    await world.pass(100);
    held[2]?.fail(new Error('no signal'));
    await world.pass(1000);
    expect(received().map(({ payload }) => payload)).toMatchObject([
      { snapshotUrl: '', thumbUrl: '' },
      { snapshotUrl: '', thumbUrl: '' },
    ]);
  });
});
