import { sdkError } from '../errors.ts';
import type { ImError } from '../errors.ts';
import { MESSAGE_BYTES } from '../limits.ts';
import type { SdkError } from '../sdk-errors.ts';
import * as SDK_ERRORS from '../sdk-errors.ts';
import { utf8Bytes } from '../transport/utf8-bytes.ts';
import type { Message } from '../types/message.ts';
import type { LocalFile, MessagePayload } from '../types/payload.ts';
import { factsOf } from './local-file.ts';
import { isNotice } from './merger.ts';
import { isMessage } from './message.ts';
import { property } from './values.ts';

const MB = 1024 * 1024;
/** The published bounds of files. */
export const FILE_LIMITS = { image: 20 * MB, audio: 20 * MB, video: 100 * MB, file: 100 * MB } as const;

/** What keeps a message from being sent, in the order in which the published SDK looks; nothing when it may go. */
export function checkMessage(message: unknown): ImError | undefined {
  if (!isMessage(message)) return sdkError(SDK_ERRORS.notAMessage);
  const { conversationType } = message;
  if (conversationType !== 'C2C' && conversationType !== 'GROUP')
    return sdkError(SDK_ERRORS.conversationTypeInvalid);
  if (!message.to) return sdkError(SDK_ERRORS.parameterInvalid, 'to');
  if (isNotice(message)) return sdkError(SDK_ERRORS.cannotMerge);
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
      return checkFile(message.payload, message.payload.imageInfoArray[0]?.url, IMAGE_RULE);
    case 'TIMSoundElem':
      return checkFile(message.payload, message.payload.url, AUDIO_RULE);
    case 'TIMVideoFileElem':
      return checkFile(message.payload, message.payload.videoUrl, VIDEO_RULE);
    case 'TIMFileElem':
      return checkFile(message.payload, message.payload.fileUrl, FILE_RULE);
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

interface FileRule {
  readonly limit: number;
  readonly none: SdkError;
  readonly tooLarge: SdkError;
  readonly wrongType?: SdkError;
  readonly types?: RegExp;
}

const IMAGE_RULE: FileRule = {
  limit: FILE_LIMITS.image,
  none: SDK_ERRORS.noImage,
  tooLarge: SDK_ERRORS.imageTooLarge,
  wrongType: SDK_ERRORS.imageTypeInvalid,
  types: /^(jpe?g|gif|png|bmp|webp)$/,
};
const AUDIO_RULE: FileRule = {
  limit: FILE_LIMITS.audio,
  none: SDK_ERRORS.noFile,
  tooLarge: SDK_ERRORS.audioTooLarge,
};
const VIDEO_RULE: FileRule = {
  limit: FILE_LIMITS.video,
  none: SDK_ERRORS.noFile,
  tooLarge: SDK_ERRORS.videoTooLarge,
  wrongType: SDK_ERRORS.videoTypeInvalid,
  types: /^(mp4|mov|quicktime)$/,
};
const FILE_RULE: FileRule = {
  limit: FILE_LIMITS.file,
  none: SDK_ERRORS.noFile,
  tooLarge: SDK_ERRORS.fileTooLarge,
};

/** A message whose content has a URL already, forwarded or uploaded, needs no file. */
function checkFile(
  payload: { file?: LocalFile },
  url: string | undefined,
  rule: FileRule,
): ImError | undefined {
  if (!payload.file) return url ? undefined : sdkError(rule.none);
  const { extension, size, path } = factsOf(payload.file);
  if (rule.types && rule.wrongType && !rule.types.test(extension)) return sdkError(rule.wrongType);
  // A recorder's result may not tell its size; a browser's file always does.
  if (size === 0 && !path) return sdkError(SDK_ERRORS.fileEmpty);
  return size > rule.limit ? sdkError(rule.tooLarge) : undefined;
}
