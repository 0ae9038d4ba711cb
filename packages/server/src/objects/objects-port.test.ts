import { createFakeClock } from '@sterna/core/testing';
import { ObjectError } from '@sterna/objects';
import { describe, expect, test } from 'vitest';
import { createObjectsPort } from './objects-port.ts';

type Service = Parameters<typeof createObjectsPort>[0];

const refusing = (error: Error) => {
  const refuse = () => Promise.reject(error);
  const service = { describeImage: refuse, describeVideo: refuse };
  return createObjectsPort(service as unknown as Service, createFakeClock(), 1);
};

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
