import type { ReplyOf } from '@sterna/protocol';
import type { LocalFile } from '../types/payload.ts';

/** What a file's way begins and ends with, as far as the platform's own means need it. */
export interface Sending {
  file: LocalFile;
  path: string;
  grant: Pick<ReplyOf<'upload.begin'>, 'url' | 'key' | 'putURL' | 'token'>;
  progress(fraction: number): void;
  onStop(stop: () => void): void;
}

/** A picture of a video, and its length in seconds. */
export interface VideoFacts {
  picture?: LocalFile | undefined;
  seconds: number;
  width: number;
  height: number;
}

/** What a host can do with a chosen file. */
export interface Files {
  /** Sends all of it at once. */
  send(sending: Sending): Promise<void>;
  /** The size of what tells none. */
  size(path: string): Promise<number>;
  /** Undefined where the host cannot look into videos, or not into this one. */
  look(video: LocalFile): Promise<VideoFacts | undefined>;
}
