/** An encoded picture that was made of an object. */
export type Picture = { bytes: Uint8Array; mediaType: string; width: number; height: number };

/** An object's bytes, to be read once. */
export type MediaSource = { bytes: AsyncIterable<Uint8Array>; size: number; mediaType: string };

/** Opens files that strangers made, away from the process that serves. Refusals are `ObjectError`s. */
export interface MediaWorker {
  /** Scaled to the short side, upright, without metadata; animations stay animated within the pixel limit. */
  renderImage(source: MediaSource, shortSide: number): Promise<Picture>;
  /** A picture of the beginning of a video. */
  snapshotVideo(source: MediaSource): Promise<Picture>;
  close(): Promise<void>;
}
