const EXPOSED = [
  'ETag',
  'Location',
  'x-cos-request-id',
  'Date',
  'Content-Length',
  'Content-Range',
  'Accept-Ranges',
  'Last-Modified',
];

const ALLOWED = [
  'authorization',
  'cache-control',
  'content-type',
  'content-md5',
  'if-match',
  'if-none-match',
  'range',
  'x-cos-security-token',
];

/** A day; browsers cap it lower themselves. */
const MAX_AGE_SECONDS = 86_400;

/**
 * No cookie is ever read here, so any page may ask: what it gets is decided by signatures. A list of origins
 * narrows that further.
 */
export function corsHeaders(
  origin: string | undefined,
  allowedOrigins: readonly string[] | undefined,
): Record<string, string> {
  const exposed = { 'access-control-expose-headers': EXPOSED.join(', ') };
  if (allowedOrigins === undefined) return { 'access-control-allow-origin': '*', ...exposed };
  if (origin === undefined || !allowedOrigins.includes(origin)) return { vary: 'Origin' };
  return { 'access-control-allow-origin': origin, vary: 'Origin', ...exposed };
}

/** The answer to a preflight: the fixed list, and the metadata and vendor headers that this request names. */
export function preflightHeaders(requested: string | undefined): Record<string, string> {
  const named = (requested ?? '')
    .slice(0, 2048)
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => /^x-(?:cos|ci)-[a-z0-9-]{1,64}$/.test(name));
  return {
    'access-control-allow-methods': 'GET, PUT, POST, DELETE, HEAD',
    'access-control-allow-headers': [...new Set([...ALLOWED, ...named])].join(', '),
    'access-control-max-age': String(MAX_AGE_SECONDS),
  };
}
