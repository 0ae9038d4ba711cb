import { kindOf } from './describe-file.ts';

/** Three times the largest face on the page: screens have up to three points for each of its pixels. */
const SIDE = 288;
const QUALITY = 0.9;

/** A square, of a file that is to be uploaded and of the page. */
export interface SquarePicture {
  file: File;
  /** The picture itself, as an address. */
  url: string;
}

/** The largest square in the middle. */
export function middleSquare({ width, height }: { width: number; height: number }) {
  const side = Math.min(width, height);
  return { x: (width - side) / 2, y: (height - side) / 2, side };
}

/** Cuts and scales a picture to a small square; rejects when it cannot be read. */
export async function squarePicture(file: File): Promise<SquarePicture> {
  if (kindOf(file) !== 'image') throw new Error('no picture that can be shown');
  const source = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = draw(image);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
    if (blob === null) throw new Error('the picture cannot be drawn');
    return {
      file: new File([blob], 'avatar.jpg', { type: blob.type }),
      url: canvas.toDataURL('image/jpeg', QUALITY),
    };
  } finally {
    URL.revokeObjectURL(source);
  }
}

function draw(image: HTMLImageElement): HTMLCanvasElement {
  const { x, y, side } = middleSquare({ width: image.naturalWidth, height: image.naturalHeight });
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = Math.min(SIDE, side);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('the picture cannot be drawn');
  // What is transparent would be black.
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, x, y, side, side, 0, 0, canvas.width, canvas.height);
  return canvas;
}
