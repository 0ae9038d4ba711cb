import { createFakeClock } from '@sterna/core/testing';
import { ObjectError } from '@sterna/objects';
import { describe, expect, test } from 'vitest';
import { createObjectsPort } from './objects-port.ts';

type Service = Parameters<typeof createObjectsPort>[0];

const refusing = (error: Error) => {
  const refuse = () => Promise.reject(error);
  const service = { describeImage: refuse, describeVideo: refuse };
  return createObjectsPort(service as unknown as Service, createFakeClock(), { linkDays: 1 });
};

describe('links', () => {
  const HOUR = 3_600_000;
  const clock = createFakeClock(1_000 * 24 * HOUR);
  const service = {
    signGetURL: (key: string, endMs: number) => `https://f.test/${key}?expires=${endMs / HOUR}&signature=s`,
    keyOfURL: (url: string, ofAnyAddress = false) =>
      (ofAnyAddress ? /^https:\/\/(?:f|was)\.test\/(.*?)\?/ : /^https:\/\/f\.test\/(.*?)\?/).exec(url)?.[1],
  };
  const port = createObjectsPort(service as unknown as Service, clock, { linkDays: 1 });

  test('stay the same for a while, and are good for their time from any moment of it', () => {
    const first = port.link('k');
    expect(first).toBe('https://f.test/k?expires=24024&signature=s');
    clock.stepWall(1);
    expect(port.link('k')).toBe('https://f.test/k?expires=24030&signature=s');
    clock.stepWall(6 * HOUR - 1);
    expect(port.link('k')).toBe('https://f.test/k?expires=24030&signature=s');
  });

  test('are renewed with what they show; what is no link stays as it is', () => {
    const old = 'https://f.test/k?expires=1&signature=x&imageRendition=198';
    expect(port.renew(old)).toBe(`${port.link('k')}&imageRendition=198`);
    expect(port.renew('https://f.test/k?expires=1&signature=x')).toBe(port.link('k'));
    expect(port.renew('https://was.test/k?expires=1&signature=x')).toBe(port.link('k'));
    expect(port.keyOfLink('https://was.test/k?expires=1&signature=x')).toBeUndefined();
    expect(port.renew('https://elsewhere.test/?a')).toBe('https://elsewhere.test/?a');
  });
});

describe('what the service says of a picture', () => {
  test.each(['notAnImage', 'imageTooLarge', 'imageFailed'] as const)('%s: there is none', async (reason) => {
    expect(await refusing(new ObjectError(reason)).images('1/a/r/a.png')).toBeUndefined();
  });

  test.each(['notImplemented', 'notAVideo', 'videoFailed'] as const)('%s: no snapshot', async (reason) => {
    expect(await refusing(new ObjectError(reason)).snapshot('1/a/r/a.mp4')).toBeUndefined();
  });

  test('too much work at once is told as what may be asked again', async () => {
    const busy = refusing(new ObjectError('slowDown'));
    await expect(busy.images('1/a/r/a.png')).rejects.toMatchObject({ reason: 'tooFrequent' });
    await expect(busy.snapshot('1/a/r/a.mp4')).rejects.toMatchObject({ reason: 'tooFrequent' });
  });

  test('an object that went meanwhile is not there', async () => {
    const gone = refusing(new ObjectError('noSuchKey'));
    await expect(gone.images('1/a/r/a.png')).rejects.toMatchObject({ reason: 'fileNotFound' });
  });

  test('a fault of ours stays one', async () => {
    const fault = new Error('the disk broke');
    await expect(refusing(fault).images('1/a/r/a.png')).rejects.toBe(fault);
  });
});
