import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { StaticFile, StaticFolder } from '../http/static-files.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.mp4': 'video/mp4',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

const COMPRESSIBLE = /^(?:text\/|application\/json|application\/manifest|image\/svg)/;

/** Below this a packet holds the file whole either way. */
const COMPRESS_FROM_BYTES = 1024;

/** A folder that holds more is not one of ours. */
const MAX_FILES = 2000;
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Reads a whole folder into memory, so that no request ever touches the file system. Links are left out: they lead elsewhere.
 * An absent folder is an empty one.
 */
export function loadFolder(folder: string): StaticFolder {
  const files = new Map<string, StaticFile>();
  if (!existsSync(folder)) return files;
  let bytes = 0;
  for (const path of filesBelow(folder)) {
    const file = loadFile(path);
    bytes += file.body.length;
    if (files.size === MAX_FILES || bytes > MAX_BYTES) throw new Error(`${folder} is too large to be served`);
    files.set(relative(folder, path).split(sep).join('/'), file);
  }
  return files;
}

/** Walks by itself: Node's own recursion follows links to folders. */
function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}

/** One file with what its answers need. */
function loadFile(path: string): StaticFile {
  const body = new Uint8Array(readFileSync(path));
  const type = TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  if (body.length < COMPRESS_FROM_BYTES || !COMPRESSIBLE.test(type)) return { body, type, etag };
  return { body, type, etag, gzip: new Uint8Array(gzipSync(body)) };
}
