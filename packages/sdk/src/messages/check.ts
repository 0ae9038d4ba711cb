import { sdkError } from '../errors.ts';
import type { ImError } from '../errors.ts';
import { MESSAGE_BYTES } from '../limits.ts';
import type { SdkError } from '../sdk-errors.ts';
import * as SDK_ERRORS from '../sdk-errors.ts';
import { utf8Bytes } from '../transport/utf8-bytes.ts';
import type { Message } from '../types/message.ts';
import type { LocalFile, MessagePayload } from '../types/payload.ts';
import { factsOf, pickFile } from './local-file.ts';
import { isMessage } from './message.ts';
import { property } from './values.ts';

const MB = 1024 * 1024;
/** The published bounds of pictures and recordings, and of videos and other files. */
export const SMALL_FILE_BYTES = 20 * MB;
export const FILE_BYTES = 100 * MB;

/** What keeps a message from being sent, in the order in which the published SDK looks; nothing when it may go. */
export function checkMessage(message: unknown): ImError | undefined {
  if (!isMessage(message)) return sdkError(SDK_ERRORS.notAMessage);
  const { conversationType } = message;
  if (conversationType !== 'C2C' && conversationType !== 'GROUP')
    return sdkError(SDK_ERRORS.conversationTypeInvalid);
  if (!message.to) return sdkError(SDK_ERRORS.parameterInvalid, 'to');
  if (message.atUserList.length > 0 && conversationType !== 'GROUP') {
    return sdkError(SDK_ERRORS.parameterInvalid, 'atUserList is for groups');
  }
  return checkPayload(message);
}

function checkPayload(message: Message): ImError | undefined {
  switch (message.type) {
    case 'TIMTextElem':
      return required(message.payload.text, 'text');
    case 'TIMFaceElem':
      return finite(message.payload.index, 'index');
    case 'TIMLocationElem':
      return finite(message.payload.latitude, 'latitude') || finite(message.payload.longitude, 'longitude');
    case 'TIMRelayElem':
      if (!message.payload.downloadKey && message.payload.messageList.length === 0)
        return sdkError(SDK_ERRORS.cannotMerge);
      return required(message.payload.compatibleText, 'compatibleText');
    case 'TIMImageElem':
      return checkFile(message.payload.file, message.payload.imageInfoArray[0]?.url, IMAGE_RULE);
    case 'TIMSoundElem':
      return checkFile(message.payload.file, message.payload.url, AUDIO_RULE);
    case 'TIMVideoFileElem':
      return checkFile(message.payload.file, message.payload.videoUrl, VIDEO_RULE);
    case 'TIMFileElem':
      return checkFile(message.payload.file, message.payload.fileUrl, FILE_RULE);
    default:
      return undefined;
  }
}

/** Any text, as the server bounds it. Such a message fails as one that the server refused: it stays in view. */
export function checkLength(payload: MessagePayload): ImError | undefined {
  for (const key of Object.keys(payload)) {
    const value = property(payload, key);
    if (typeof value === 'string' && utf8Bytes(value) > MESSAGE_BYTES)
      return sdkError(SDK_ERRORS.tooLong, `${key} has more than ${MESSAGE_BYTES} bytes`);
  }
  return undefined;
}

function required(value: string, name: string): ImError | undefined {
  return value ? undefined : sdkError(SDK_ERRORS.parameterInvalid, `${name} is empty`);
}

function finite(value: number, name: string): ImError | undefined {
  return Number.isFinite(value)
    ? undefined
    : sdkError(SDK_ERRORS.parameterInvalid, `${name} must be a number`);
}

/** How large the file may be, what to say where there is none and where it is larger; which types, and what to say of others. */
type FileRule = readonly [
  limit: number,
  none: SdkError,
  tooLarge: SdkError,
  types?: RegExp,
  wrongType?: SdkError,
];

const FILE_RULE: FileRule = [FILE_BYTES, SDK_ERRORS.noFile, SDK_ERRORS.fileTooLarge];
const AUDIO_RULE: FileRule = [SMALL_FILE_BYTES, SDK_ERRORS.noFile, SDK_ERRORS.audioTooLarge];
const IMAGE_RULE: FileRule = [
  SMALL_FILE_BYTES,
  SDK_ERRORS.noImage,
  SDK_ERRORS.imageTooLarge,
  /^(jpe?g|gif|png|bmp|webp)$/,
  SDK_ERRORS.imageTypeInvalid,
];
const VIDEO_RULE: FileRule = [
  FILE_BYTES,
  SDK_ERRORS.noFile,
  SDK_ERRORS.videoTooLarge,
  /^(mp4|mov|quicktime)$/,
  SDK_ERRORS.videoTypeInvalid,
];

/** A message whose content has a URL already, forwarded or uploaded, needs no file. */
function checkFile(
  file: LocalFile | undefined,
  url: string | undefined,
  [limit, none, tooLarge, types = /^/, wrongType = tooLarge]: FileRule,
): ImError | undefined {
  if (!file) return url ? undefined : sdkError(none);
  const { extension, size, path } = factsOf(file);
  if (!types.test(extension)) return sdkError(wrongType);
  // A recorder's result may not tell its size; a browser's file always does.
  if (size === 0 && !path) return sdkError(SDK_ERRORS.fileEmpty);
  return size > limit ? sdkError(tooLarge) : undefined;
}

/** The chosen file, where it can go without a message. */
export function requireFile(source: unknown): LocalFile {
  const file = pickFile(source);
  const error = checkFile(file, '', FILE_RULE);
  if (!file || error) throw error || sdkError(SDK_ERRORS.noFile);
  return file;
}
