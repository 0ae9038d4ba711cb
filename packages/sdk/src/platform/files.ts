import type { ReplyOf } from '@sterna/protocol';
import type { LocalFile } from '../types/payload.ts';

/** A file's way, as far as the platform's own means need it. */
export interface Sending {
  file: LocalFile;
  /** A mini program's temporary path; empty in a browser. */
  path: string;
  grant: Pick<ReplyOf<'upload.begin'>, 'url' | 'key' | 'putURL' | 'token'>;
  progress(fraction: number): void;
  /** How to end it early. */
  onStop(stop: () => void): void;
}

/** A picture of a video, and its length in seconds. */
export interface VideoFacts {
  picture: LocalFile | null;
  seconds: number;
}

/** What a host can do with a chosen file. */
export interface Files {
  /** Sends all of it at once. */
  send: (sending: Sending) => Promise<void>;
  /** The size of a path that came without one. */
  size?(path: string): Promise<number>;
  /** Undefined where the host cannot play this video. */
  look?(video: LocalFile): Promise<VideoFacts | undefined>;
}
