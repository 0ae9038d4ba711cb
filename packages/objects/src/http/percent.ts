import { ObjectError } from '../errors.ts';

/** Percent-encoding as the COS signature wants it: like encodeURIComponent, but `!'()*` are escaped too. */
export function cosEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The key in a path or a `Location`: its slashes stay. */
export function encodeKey(key: string): string {
  return key.split('/').map(cosEncode).join('/');
}

/** Refuses broken escapes and bytes that are not UTF-8. */
export function percentDecode(text: string): string {
  const decoded = percentDecoded(text);
  if (decoded === undefined) throw new ObjectError('invalidURI');
  return decoded;
}

/** Undefined for broken escapes and bytes that are not UTF-8. */
export function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
