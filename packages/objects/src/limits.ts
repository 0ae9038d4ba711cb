const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Every bound of the service that an operator may set, with its default. */
export const DEFAULT_LIMITS = {
  /** What clients may upload by kind of message; a credential carries one of them. */
  imageBytes: 28 * MiB,
  audioBytes: 28 * MiB,
  videoBytes: 100 * MiB,
  fileBytes: 100 * MiB,

  /** What one user may keep, unfinished parts included. */
  userBytes: 10 * GiB,
  userObjects: 100_000,
  /** Unfinished multipart uploads of one user. */
  userOpenUploads: 64,

  /** Transfers under way at once; one SDK sends up to nine slices in parallel. */
  uploads: 256,
  uploadsPerUser: 16,
  downloads: 512,

  /** Space on the disk that uploads never take: the database of the messages lives there too. */
  diskReserveBytes: 1 * GiB,

  /** A body that sends nothing for this long is given up. */
  bodyIdleMs: 30 * SECOND,
  /** A body slower than this, measured once `bodyIdleMs` has passed, is given up. */
  bodyBytesPerSecond: 1 * KiB,
  /** A body that is not through after this is given up, however steady. */
  bodyMs: 30 * MINUTE,
  /** A reader that takes nothing for this long is cut. */
  readerIdleMs: 30 * SECOND,

  /** An unfinished multipart upload is collected after this. */
  uploadAgeMs: 24 * HOUR,
  /** A stored blob that no object names is collected after this: longer than any commit takes. */
  orphanAgeMs: 1 * HOUR,
  collectEveryMs: 10 * MINUTE,
  /** How often every file is held against the index. */
  sweepEveryMs: 6 * HOUR,

  /** Pixels (times frames) of an image that is opened; a 50-megapixel photograph passes. */
  imagePixels: 64_000_000,
  /** Pixels times frames of an animation that is scaled: two seconds of work. Longer ones are shown as they are. */
  animationPixels: 12_000_000,
  /** How long one rendition or snapshot may take. */
  mediaMs: 20 * SECOND,
  /** Worker processes for media, each with one job at a time. */
  mediaWorkers: 1,
  /** Jobs waiting for a worker; users take turns, and one has at most half of the places. */
  mediaQueue: 32,
} as const satisfies Record<string, number>;

export type Limits = Readonly<Record<keyof typeof DEFAULT_LIMITS, number>>;

/** Bounds of the protocol itself: they are not configuration. */
export const PROTOCOL = {
  /** As in COS. */
  keyBytes: 850,
  metadataBytes: 2 * KiB,
  /** The `Authorization` text; the real ones are under 600 bytes. */
  signatureBytes: 4 * KiB,
  tokenBytes: 4 * KiB,
  queryParameters: 64,
  /** The XML of 10,000 parts, generously. */
  completeBodyBytes: 1 * MiB,
  /** The slice of the SDKs, and so the unit that the number of parts is reckoned by. */
  sliceBytes: 1 * MiB,
  pageSize: 1000,
  formFields: 32,
  formFieldBytes: 8 * KiB,
  /** How far ahead of ours a signer's clock may be. The SDKs correct theirs from 30 seconds on only. */
  clockToleranceMs: 5 * MINUTE,
  /** How long the result of a completed multipart upload is remembered for a repeated request. */
  completedMs: 24 * HOUR,
  /** Within these first bytes every known type shows. */
  sniffBytes: 64,
} as const;

/** The largest object that any kind of message may carry. */
export function largestObject(limits: Limits): number {
  return Math.max(limits.imageBytes, limits.audioBytes, limits.videoBytes, limits.fileBytes);
}

/** Part numbers above this would only multiply files: no slice of the SDKs is under one MiB. */
export function mostParts(maxBytes: number): number {
  return Math.min(10_000, Math.ceil(maxBytes / PROTOCOL.sliceBytes) + 1);
}
