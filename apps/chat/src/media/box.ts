export interface Size {
  width: number;
  height: number;
}

/** A picture in a bubble is at most so large, and a strip is not thinner than this. */
const MOST: Size = { width: 320, height: 360 };
const LEAST = 96;
const UNKNOWN: Size = { width: 240, height: 180 };

/** The room that a picture takes in a bubble, known before it is loaded: nothing jumps when it comes. */
export function boxOf({ width, height }: Size): Size {
  if (width <= 0 || height <= 0) return UNKNOWN;
  const scale = Math.min(1, MOST.width / width, MOST.height / height);
  const fit = (side: number, most: number): number =>
    Math.round(Math.min(most, Math.max(LEAST, side * scale)));
  return { width: fit(width, MOST.width), height: fit(height, MOST.height) };
}
