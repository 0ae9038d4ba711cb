import { sdkError } from '../errors.ts';
import type { ImError, SdkErrorName } from '../errors.ts';
import type { Message } from '../types/message.ts';
import type { LocalFile } from '../types/payload.ts';
import { factsOf } from './local-file.ts';
import { isNotice } from './merger.ts';
import { isMessage } from './message.ts';

const MB = 1024 * 1024;
/** The published bounds of files. */
export const FILE_LIMITS = { image: 20 * MB, audio: 20 * MB, video: 100 * MB, file: 100 * MB } as const;

const IMAGES = /^(jpe?g|gif|png|bmp|webp)$/;
const VIDEOS = /^(mp4|mov|quicktime)$/;

/** What keeps a message from being sent, in the order in which the published SDK looks; nothing when it may go. */
export function checkMessage(message: unknown): ImError | undefined {
  if (!isMessage(message)) return sdkError('notAMessage');
  const { conversationType } = message;
  if (conversationType !== 'C2C' && conversationType !== 'GROUP') return sdkError('conversationTypeInvalid');
  if (!message.to) return sdkError('parameterInvalid', 'to');
  if (isNotice(message)) return sdkError('cannotMerge');
  if (message.atUserList.length > 0 && conversationType !== 'GROUP') {
    return sdkError('parameterInvalid', 'atUserList is for groups');
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
      return finite(message.payload.latitude, 'latitude') ?? finite(message.payload.longitude, 'longitude');
    case 'TIMRelayElem':
      if (!message.payload.downloadKey && message.payload.messageList.length === 0)
        return sdkError('cannotMerge');
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

function required(value: string, name: string): ImError | undefined {
  return value ? undefined : sdkError('parameterInvalid', `${name} is empty`);
}

function finite(value: number, name: string): ImError | undefined {
  return Number.isFinite(value) ? undefined : sdkError('parameterInvalid', `${name} must be a number`);
}

interface FileRule {
  readonly none: SdkErrorName;
  readonly limit: number;
  readonly tooLarge: SdkErrorName;
  readonly types?: { readonly pattern: RegExp; readonly wrong: SdkErrorName };
}

const IMAGE_RULE: FileRule = {
  none: 'noImage',
  limit: FILE_LIMITS.image,
  tooLarge: 'imageTooLarge',
  types: { pattern: IMAGES, wrong: 'imageTypeInvalid' },
};
const AUDIO_RULE: FileRule = { none: 'noFile', limit: FILE_LIMITS.audio, tooLarge: 'audioTooLarge' };
const VIDEO_RULE: FileRule = {
  none: 'noFile',
  limit: FILE_LIMITS.video,
  tooLarge: 'videoTooLarge',
  types: { pattern: VIDEOS, wrong: 'videoTypeInvalid' },
};
const FILE_RULE: FileRule = { none: 'noFile', limit: FILE_LIMITS.file, tooLarge: 'fileTooLarge' };

/** A message whose content has a URL already, forwarded or uploaded, needs no file. */
function checkFile(
  payload: { file?: LocalFile },
  url: string | undefined,
  rule: FileRule,
): ImError | undefined {
  if (!payload.file) return url ? undefined : sdkError(rule.none);
  const { extension, size, path } = factsOf(payload.file);
  if (rule.types && !rule.types.pattern.test(extension)) return sdkError(rule.types.wrong);
  // A recorder's result may not tell its size; a browser's file always does.
  if (size === 0 && !path) return sdkError('fileEmpty');
  return size > rule.limit ? sdkError(rule.tooLarge) : undefined;
}
