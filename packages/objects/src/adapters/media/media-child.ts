import { setPriority } from 'node:os';
import sharp from 'sharp';
import * as v from 'valibot';
import { ObjectError } from '../../errors.ts';
import { AS_IT_IS } from '../../media/media-worker.ts';
import { encodeHeader, FrameReader } from './frames.ts';
import { renderImage } from './render-image.ts';

/**
 * The body of the media process. It opens what strangers made, so it holds nothing worth stealing, and may be
 * killed at any moment.
 */
const jobSchema = v.object({
  size: v.number(),
  shortSide: v.number(),
  maxPixels: v.number(),
  maxAnimationPixels: v.number(),
});

// Messages go first; pictures can wait.
setPriority(10);
// The formats that chats carry. Everything else the library could open stays closed.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadNsgifBuffer',
  ],
});
sharp.cache(false);
sharp.concurrency(1);

const reader = new FrameReader(process.stdin);
for (;;) {
  const header = await reader.header();
  if (header === undefined) break;
  const job = v.parse(jobSchema, header);
  const bytes = await reader.bytes(job.size);
  if (bytes === undefined) break;
  await reply(bytes, job);
}
process.exit(0);

async function reply(bytes: Buffer, job: v.InferOutput<typeof jobSchema>): Promise<void> {
  try {
    const rendered = await renderImage(bytes, job);
    if (rendered === AS_IT_IS) {
      process.stdout.write(encodeHeader({ size: 0, asItIs: true }));
      return;
    }
    const { bytes: picture, ...facts } = rendered;
    process.stdout.write(encodeHeader({ ...facts, size: picture.byteLength }));
    process.stdout.write(picture);
  } catch (error) {
    const reason = error instanceof ObjectError ? error.reason : 'imageFailed';
    process.stdout.write(encodeHeader({ size: 0, reason }));
  }
}
