import type { Context, Handler } from 'hono';

/** One file, ready to be sent. */
export interface StaticFile {
  body: Uint8Array<ArrayBuffer>;
  /** The same compressed, where that is worth it. */
  gzip?: Uint8Array<ArrayBuffer>;
  type: string;
  etag: string;
}

/** Files by their path below the folder, `index.html`, `assets/app.js`: what is not a key cannot be asked for. */
export type StaticFolder = ReadonlyMap<string, StaticFile>;

/** Bundlers put a digest of the content into these names, so what a browser has under one is right for ever. */
const HASHED_NAME = /[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$/;

const ONE_YEAR_S = 365 * 24 * 3600;

/** Serves a folder below `prefix`, which begins and ends with a slash. A path that ends with a slash is its `index.html`. */
export function serveFolder(
  folder: StaticFolder,
  prefix: string,
  headers: Record<string, string> = {},
): Handler {
  return (context) => {
    const path = context.req.path.slice(prefix.length);
    const name = path === '' || path.endsWith('/') ? `${path}index.html` : path;
    const file = folder.get(name);
    return file === undefined
      ? context.notFound()
      : send(context, file, { ...cacheHeaders(name), ...headers });
  };
}

function cacheHeaders(name: string): Record<string, string> {
  const isForEver = name.startsWith('assets/') && HASHED_NAME.test(name);
  return { 'Cache-Control': isForEver ? `public, max-age=${ONE_YEAR_S}, immutable` : 'no-cache' };
}

function send(context: Context, file: StaticFile, headers: Record<string, string>): Response {
  const common = { ...headers, ETag: file.etag, Vary: 'Accept-Encoding' };
  if (matches(context.req.header('if-none-match'), file.etag)) return context.body(null, 304, common);
  const isGzip = file.gzip !== undefined && acceptsGzip(context.req.header('accept-encoding'));
  const body = isGzip && file.gzip !== undefined ? file.gzip : file.body;
  return context.body(body, 200, {
    ...common,
    'Content-Type': file.type,
    'Content-Length': String(body.length),
    ...(isGzip && { 'Content-Encoding': 'gzip' }),
  });
}

function matches(header: string | undefined, etag: string): boolean {
  return header !== undefined && header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

function acceptsGzip(header: string | undefined): boolean {
  return (
    header !== undefined &&
    /(?:^|,)\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[\d.]+\s*)?(?:,|$)/i.test(header)
  );
}
