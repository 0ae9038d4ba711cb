import { shownName } from './file-name.ts';
import { listField, numberField, stringField, field } from './payload-fields.ts';
import { MESSAGE_TYPE } from './published-values.ts';

/** One message inside a merged one. */
export interface MergedItem {
  id: string;
  from: string;
  name: string;
  avatar: string;
  timeMs: number;
  type: string;
  payload: unknown;
}

/** A picture, in the sizes that the server made of it. */
export interface ImageContent {
  kind: 'image';
  width: number;
  height: number;
  size: number;
  /** For a bubble, and as it was sent. Both are empty before it is uploaded. */
  url: string;
  originalURL: string;
  /** What was chosen, until it is uploaded. */
  file: Blob | undefined;
}

export interface VideoContent {
  kind: 'video';
  /** Of its picture. */
  width: number;
  height: number;
  size: number;
  seconds: number;
  url: string;
  pictureURL: string;
  file: Blob | undefined;
}

export interface AudioContent {
  kind: 'audio';
  seconds: number;
  size: number;
  url: string;
  file: Blob | undefined;
}

export interface FileContent {
  kind: 'file';
  name: string;
  size: number;
  url: string;
  file: Blob | undefined;
}

export type MediaContent = ImageContent | VideoContent | AudioContent | FileContent;

/** What a message says other than in words. */
export type MessageContent =
  | MediaContent
  | { kind: 'face'; data: string }
  | { kind: 'location'; description: string; latitude: number; longitude: number }
  | { kind: 'merger'; title: string; lines: readonly string[]; messages: readonly MergedItem[] };

/** Lines of a merged message that stand in its bubble. */
const ABSTRACT_LINES = 4;

export function contentOf(type: string, payload: unknown): MessageContent | undefined {
  switch (type) {
    case MESSAGE_TYPE.image:
      return imageContent(payload);
    case MESSAGE_TYPE.video:
      return {
        kind: 'video',
        width: numberField(payload, 'snapshotWidth'),
        height: numberField(payload, 'snapshotHeight'),
        size: numberField(payload, 'videoSize'),
        seconds: numberField(payload, 'videoSecond'),
        url: urlField(payload, 'videoUrl'),
        pictureURL: urlField(payload, 'snapshotUrl'),
        file: fileOf(payload),
      };
    case MESSAGE_TYPE.audio:
      return {
        kind: 'audio',
        seconds: numberField(payload, 'second'),
        size: numberField(payload, 'size'),
        url: urlField(payload, 'url'),
        file: fileOf(payload),
      };
    case MESSAGE_TYPE.file:
      return {
        kind: 'file',
        name: shownName(stringField(payload, 'fileName')),
        size: numberField(payload, 'fileSize'),
        url: urlField(payload, 'fileUrl'),
        file: fileOf(payload),
      };
    case MESSAGE_TYPE.face:
      return { kind: 'face', data: stringField(payload, 'data') };
    case MESSAGE_TYPE.location:
      return {
        kind: 'location',
        description: stringField(payload, 'description'),
        latitude: numberField(payload, 'latitude'),
        longitude: numberField(payload, 'longitude'),
      };
    case MESSAGE_TYPE.merger:
      return {
        kind: 'merger',
        title: stringField(payload, 'title'),
        lines: listField(payload, 'abstractList')
          .filter((line) => typeof line === 'string')
          .slice(0, ABSTRACT_LINES),
        messages: listField(payload, 'messageList').map(mergedItem),
      };
    default:
      return undefined;
  }
}

/** The published numbers of an image's sizes. */
const ORIGINAL = 0;
const LARGE = 2;

function imageContent(payload: unknown): ImageContent {
  const list = listField(payload, 'imageInfoArray');
  const original = list.find((info) => numberField(info, 'type') === ORIGINAL) ?? list[0];
  const large = list.find((info) => numberField(info, 'type') === LARGE) ?? original;
  return {
    kind: 'image',
    width: numberField(original, 'width'),
    height: numberField(original, 'height'),
    size: numberField(original, 'size'),
    url: urlField(large, 'url') || urlField(original, 'url'),
    originalURL: urlField(original, 'url'),
    file: fileOf(payload),
  };
}

/** Of somebody else's address only what can be fetched is believed: nothing that runs. */
function urlField(value: unknown, name: string): string {
  const url = stringField(value, name);
  return /^https?:\/\//iu.test(url) ? url : '';
}

function fileOf(payload: unknown): Blob | undefined {
  const file = field(payload, 'file');
  return file instanceof Blob ? file : undefined;
}

function mergedItem(message: unknown): MergedItem {
  const [element] = listField(message, 'messageBody');
  return {
    id: stringField(message, 'ID'),
    from: stringField(message, 'from'),
    name: stringField(message, 'nick') || stringField(message, 'from'),
    avatar: stringField(message, 'avatar'),
    timeMs: numberField(message, 'time') * 1000,
    type: stringField(element, 'type'),
    payload: field(element, 'payload'),
  };
}
