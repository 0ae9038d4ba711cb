import { ObjectError } from '../errors.ts';
import type { ByteRange } from '../ports.ts';

/**
 * The single range a `Range` header asks for, or undefined for the whole object. Several ranges at once, and
 * units we do not know, are answered with the whole: thousands of tiny ranges then cost one read.
 */
export function parseRange(header: string | undefined, size: number): ByteRange | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  const [first, last] = [match?.[1] ?? '', match?.[2] ?? ''];
  if (first === '' && last === '') return undefined;
  const range =
    first === ''
      ? { start: Math.max(0, size - Number(last)), end: size }
      : { start: Number(first), end: last === '' ? size : Math.min(size, Number(last) + 1) };
  if (last !== '' && first !== '' && Number(last) < Number(first)) return undefined;
  if (range.start >= range.end) throw new ObjectError('invalidRange');
  return range;
}
