import { LIMITS, type RequestOf, utf8Bytes } from '@sterna/protocol';
import { ImError } from '../errors.ts';

type Elements = RequestOf<'message.send'>['elements'];

/** The published limit holds for the sum of all elements. */
export function requireSize(elements: Elements): void {
  // Room for the JSON around the content, so that a text of exactly the published limit passes.
  const limit = LIMITS.messageBytes + 256 * elements.length;
  const payloads = elements.map(({ payload }) => payload);
  // Most messages are so short that nobody has to count exactly.
  if (jsonBytesAtMost(payloads) <= limit) return;
  const bytes = utf8Bytes(JSON.stringify(payloads));
  if (bytes > limit) throw new ImError('messageTooLong', `${bytes} bytes`);
}

/** What wakes phones is small, whoever delivers it. */
export function requirePushSize(info: RequestOf<'message.send'>['offlinePushInfo']): void {
  if (info === undefined || jsonBytesAtMost(info) <= LIMITS.offlinePushBytes) return;
  const bytes = utf8Bytes(JSON.stringify(info));
  if (bytes > LIMITS.offlinePushBytes)
    throw new ImError(
      'badParameter',
      `offlinePushInfo has ${bytes} bytes of at most ${LIMITS.offlinePushBytes}`,
    );
}

/** An escape such as `\u0000`, the longest that one UTF-16 unit becomes. */
const UNIT_BYTES = 6;
/** `-1.2345678901234567e-300`, and the comma behind it. */
const NUMBER_BYTES = 25;

/** No fewer bytes than a value has as JSON. */
export function jsonBytesAtMost(value: unknown): number {
  if (typeof value === 'string') return UNIT_BYTES * value.length + 3;
  if (typeof value !== 'object' || value === null) return NUMBER_BYTES;
  let bytes = 3;
  if (Array.isArray(value)) for (const element of value) bytes += jsonBytesAtMost(element);
  else if (isMembers(value))
    for (const name in value) bytes += UNIT_BYTES * name.length + 3 + jsonBytesAtMost(value[name]);
  return bytes;
}

function isMembers(value: object): value is Readonly<Record<string, unknown>> {
  return !Array.isArray(value);
}
