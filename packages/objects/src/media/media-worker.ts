/** An encoded picture that was made of an object. */
export type Picture = { bytes: Uint8Array; mediaType: string; width: number; height: number };

/** An object's bytes, to be read once, and whose they are: nobody waits for all that another has. */
export type MediaSource = {
  bytes: AsyncIterable<Uint8Array>;
  size: number;
  mediaType: string;
  owner: string;
};

/** An animation that is too much work to scale, and small enough to be shown as it is. */
export const AS_IT_IS = 'asItIs';

/** Opens files that strangers made, away from the process that serves. Refusals are `ObjectError`s. */
export interface MediaWorker {
  /** Scaled to the short side, upright, without metadata; animations stay animated where that is bearable for whoever shows them. */
  renderImage(source: MediaSource, shortSide: number): Promise<Picture | typeof AS_IT_IS>;
  /** A picture of the beginning of a video. */
  snapshotVideo(source: MediaSource): Promise<Picture>;
  close(): Promise<void>;
}
