import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ObjectError } from '../../errors.ts';
import type { Limits } from '../../limits.ts';
import { readImageHeader } from '../../media/image-header.ts';
import type { MediaSource, Picture } from '../../media/media-worker.ts';
import type { Clock } from '../../ports.ts';
import { readOutput } from './media-process.ts';

/** The short side of a snapshot, as of a large rendition. */
const SHORT_SIDE = 720;
const MOST_SNAPSHOT_BYTES = 8 * 1024 * 1024;

/**
 * By the type that the bytes showed: left to guess, ffmpeg opens playlists too, and those name other files and
 * addresses.
 */
const DEMUXERS: Readonly<Record<string, string>> = {
  'video/mp4': 'mov',
  'video/quicktime': 'mov',
  'video/webm': 'matroska',
};

export type VideoTool = { snapshot(source: MediaSource): Promise<Picture> };

/** Finds the program that takes pictures of videos; undefined where it is not installed. */
export async function findVideoTool(
  program: string,
  deps: { directory: string; limits: Limits; clock: Clock },
): Promise<VideoTool | undefined> {
  const code = await exitCode(spawn(program, ['-version'], { stdio: 'ignore' }));
  if (code !== 0) return undefined;
  return { snapshot: (source) => snapshot(program, source, deps) };
}

async function snapshot(
  program: string,
  source: MediaSource,
  { directory, limits, clock }: { directory: string; limits: Limits; clock: Clock },
): Promise<Picture> {
  const demuxer = DEMUXERS[source.mediaType];
  if (demuxer === undefined) throw new ObjectError('notAVideo');
  // The index of an mp4 is often at its end: the program must be able to seek.
  const folder = await mkdtemp(join(directory, 'video-'));
  try {
    const file = join(folder, 'video');
    await pipeline(source.bytes, createWriteStream(file, { flags: 'wx', mode: 0o600 }));
    const bytes = await run(program, snapshotArguments(demuxer, file), { limits, clock });
    const header = readImageHeader(bytes);
    if (header === undefined) throw new ObjectError('videoFailed');
    return { bytes, mediaType: 'image/jpeg', width: header.width, height: header.height };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function snapshotArguments(demuxer: string, file: string): string[] {
  // The comma within min() is the filter's own separator elsewhere, and has to be escaped.
  const scale = `scale='if(gt(iw\\,ih)\\,-2\\,min(iw\\,${SHORT_SIDE}))':'if(gt(iw\\,ih)\\,min(ih\\,${SHORT_SIDE})\\,-2)'`;
  return [
    ...['-nostdin', '-hide_banner', '-loglevel', 'error', '-threads', '1'],
    ...['-protocol_whitelist', 'file', '-f', demuxer, '-i', file],
    ...['-an', '-sn', '-dn', '-map_metadata', '-1', '-frames:v', '1', '-vf', scale],
    ...['-f', 'image2pipe', '-c:v', 'mjpeg', '-q:v', '4', 'pipe:1'],
  ];
}

async function run(
  program: string,
  args: readonly string[],
  { limits, clock }: { limits: Limits; clock: Clock },
): Promise<Buffer> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: process.env['PATH'] ?? '' },
  });
  const cancel = clock.after(limits.mediaMs, () => child.kill('SIGKILL'));
  try {
    const exited = exitCode(child);
    const bytes = await readOutput(child.stdout, MOST_SNAPSHOT_BYTES);
    if ((await exited) !== 0) throw new ObjectError('videoFailed');
    return bytes;
  } catch (cause) {
    throw cause instanceof ObjectError ? cause : new ObjectError('videoFailed', { cause });
  } finally {
    cancel();
    child.kill('SIGKILL');
  }
}

/** Null for a program that was killed, or that is not there at all. */
function exitCode(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.once('error', () => resolve(null));
  });
}
