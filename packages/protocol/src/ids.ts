import * as v from 'valibot';
import { LIMITS } from './limits.ts';

/** Printable ASCII, so that byte length equals string length and no id can hide a separator or a control character. */
const PRINTABLE = /^[\x20-\x7e]+$/;

const printable = (maxBytes: number) =>
  v.pipe(v.string(), v.minLength(1), v.maxLength(maxBytes), v.regex(PRINTABLE));

/** 1..32 printable ASCII characters. */
export const userID = printable(LIMITS.userIDBytes);

/** 1..48 printable ASCII characters. Generated ones begin with `@TGS#`. */
export const groupID = printable(LIMITS.groupIDBytes);

/** The community's ID, `@TOPIC#_`, and a rest. */
export const topicID = printable(LIMITS.topicIDBytes);

/** `C2C` + userID, `GROUP` + groupID, or `@TIM#SYSTEM`; the core parses it by prefix. */
export const conversationID = printable(LIMITS.conversationIDBytes);

/** Made once by the sender for each message and kept on every retry. */
export const clientID = printable(LIMITS.clientIDBytes);

/** Made once for each SDK instance and kept over reconnects, so that a reconnect is never a kick. */
export const instanceID = printable(LIMITS.instanceIDBytes);

/** A whole number that JSON and JavaScript carry without loss. */
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Whether I want to be reminded of what comes: all that the published typings have. */
export const remindType = v.picklist([
  'AcceptAndNotify',
  'AcceptNotNotify',
  'Discard',
  'AcceptNotNotifyExceptAt',
  'NotReceiveMsgExceptAt',
]);

/** Milliseconds since 1970 on the server's clock. */
export const timeMs = count;

/** Bytes that a string takes in UTF-8; a lone surrogate counts as the three bytes of U+FFFD. */
export function utf8Bytes(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
      bytes += 4;
      index += 1;
    } else bytes += 3;
  }
  return bytes;
}

/** A string bounded in bytes of UTF-8, as the published limits are. */
export const text = (maxBytes: number) =>
  v.pipe(
    v.string(),
    v.maxLength(maxBytes),
    // No UTF-16 unit takes more than three bytes.
    v.check(
      (value) => value.length * 3 <= maxBytes || utf8Bytes(value) <= maxBytes,
      `longer than ${maxBytes} bytes`,
    ),
  );
