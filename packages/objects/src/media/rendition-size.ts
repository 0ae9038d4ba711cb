import type { RenditionKind } from '../storage/object-index.ts';

/** The short sides that an image message's entries have. */
export const SHORT_SIDES = { thumbnail: 198, large: 720 } as const satisfies Partial<
  Record<RenditionKind, number>
>;

export type ImageRenditionKind = keyof typeof SHORT_SIDES;

/** No side of a rendition is longer: a strip of paper does not become a wall. */
const LONGEST_SIDE = 8192;

export type Size = { width: number; height: number };

/** Scales to a short side, never up, keeping the proportions. */
export function renditionSize({ width, height }: Size, shortSide: number): Size {
  const scale = Math.min(1, shortSide / Math.min(width, height), LONGEST_SIDE / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}
