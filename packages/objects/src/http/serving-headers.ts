import { servedType } from '../media/media-type.ts';
import { cosEncode } from './percent.ts';

/**
 * On every answer, errors too. A browser may neither guess a type nor run, frame or load anything of it;
 * pages of other origins may show it, since the chat is one.
 */
export const SAFETY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
  'cross-origin-resource-policy': 'cross-origin',
  'referrer-policy': 'no-referrer',
};

/** How long a private cache may keep an object: it never changes, but the right to read it may end. */
const CACHE_SECONDS = 86_400;

/** Type, name and caching of an object's bytes, to be shown or, where `isSaved`, kept under its name. */
export function servingHeaders(mediaType: string, fileName: string, isSaved = false): Record<string, string> {
  const { type, inline } = servedType(mediaType);
  return {
    'content-type': type,
    'content-disposition': contentDisposition(inline && !isSaved, fileName),
    'cache-control': `private, max-age=${CACHE_SECONDS}, immutable`,
    'accept-ranges': 'bytes',
  };
}

// Marks that turn the writing direction, so that `exe.gnp` reads `png.exe` the other way round.
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const UNSAFE = /[^\w.,+@ -]/g;

/** Both spellings of RFC 6266; nothing of the name can end the header or the quotes. */
function contentDisposition(inline: boolean, fileName: string): string {
  const name = fileName.replaceAll(BIDI, '');
  const plain = name.replaceAll(UNSAFE, '_');
  return `${inline ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${cosEncode(name)}`;
}
