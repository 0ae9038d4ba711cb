import sharp, { type Sharp } from 'sharp';
import { ObjectError } from '../../errors.ts';
import { decodeBitmap } from '../../media/bitmap.ts';
import { readImageHeader } from '../../media/image-header.ts';
import { AS_IT_IS, type Picture } from '../../media/media-worker.ts';
import { renditionSize } from '../../media/rendition-size.ts';

export type RenderRules = { shortSide: number; maxPixels: number; maxAnimationPixels: number };

/** A frame of an animation that is shown as it is: a screen's. Each viewer decodes all of them, over and over. */
const SHOWN_FRAME_PIXELS = 1920 * 1080;

/** Visibly the same as the original at the sizes of a chat. */
const QUALITY = 82;

/** Scales an image. Only pixels pass: position, camera and comments stay behind. */
export async function renderImage(bytes: Buffer, rules: RenderRules): Promise<Picture | typeof AS_IT_IS> {
  const header = readImageHeader(bytes);
  if (header === undefined) throw new ObjectError('notAnImage');
  if (header.width * header.height > rules.maxPixels) throw new ObjectError('imageTooLarge');
  const size = renditionSize(header, rules.shortSide);
  if (header.format === 'bmp') return encode(openBitmap(bytes), size, { format: 'jpeg', alpha: false });

  const still = sharp(bytes, { limitInputPixels: rules.maxPixels, failOn: 'error' });
  const { format, hasAlpha, pages = 1, width, height } = await still.metadata();
  const animated = pages > 1 && pages * width * height <= rules.maxAnimationPixels;
  if (pages > 1 && !animated && width * height <= SHOWN_FRAME_PIXELS) return AS_IT_IS;
  const image = animated ? sharp(bytes, { limitInputPixels: rules.maxPixels, animated: true }) : still;
  return encode(image.autoOrient(), size, { format, alpha: hasAlpha, animated });
}

function openBitmap(bytes: Buffer): Sharp {
  const pixels = decodeBitmap(bytes);
  if (pixels === undefined) throw new ObjectError('imageFailed');
  const { width, height, data } = pixels;
  return sharp(data, { raw: { width, height, channels: 3 } });
}

type Encoding = { format: string; alpha: boolean; animated?: boolean };

async function encode(
  image: Sharp,
  { width, height }: { width: number; height: number },
  { format, alpha, animated = false }: Encoding,
): Promise<Picture> {
  const scaled = image.resize(width, height, { fit: 'fill' });
  const { output, mediaType } = choose(scaled, { format, alpha, animated });
  const bytes = await output.toBuffer();
  return { bytes, mediaType, width, height };
}

/** Photographs become JPEG; what moves or is see-through keeps a format that can say so. */
function choose(
  scaled: Sharp,
  { format, alpha, animated = false }: Encoding,
): { output: Sharp; mediaType: string } {
  if (animated && format === 'gif') return { output: scaled.gif({ effort: 3 }), mediaType: 'image/gif' };
  if (animated || (format === 'webp' && alpha)) {
    return { output: scaled.webp({ quality: QUALITY, effort: 2 }), mediaType: 'image/webp' };
  }
  if (alpha) return { output: scaled.png({ compressionLevel: 6 }), mediaType: 'image/png' };
  return { output: scaled.jpeg({ quality: QUALITY }), mediaType: 'image/jpeg' };
}
