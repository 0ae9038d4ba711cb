/** What the process that uploads is told. */
export type UploaderSettings = {
  path: string;
  seed: number;
  uploads: number;
  /** Where its lines go. */
  fd: number;
  /** The negative control never flushes a blob: it must lose. */
  flushes: boolean;
};

/** An upload that began, or that was answered with success. */
export type UploadLine = { key: string; sha256: string; acked: boolean };

/** The whole lines of what an uploader said; the last one may have been cut. */
export function uploadsIn(said: string): UploadLine[] {
  const lines = said.split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as UploadLine).filter((line) => 'key' in line);
}
