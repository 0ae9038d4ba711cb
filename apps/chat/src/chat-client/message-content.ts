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

/** What a message says other than in words. */
export type MessageContent =
  | { kind: 'face'; data: string }
  | { kind: 'location'; description: string; latitude: number; longitude: number }
  | { kind: 'merger'; title: string; lines: readonly string[]; messages: readonly MergedItem[] };

/** Lines of a merged message that stand in its bubble. */
const ABSTRACT_LINES = 4;

export function contentOf(type: string, payload: unknown): MessageContent | undefined {
  switch (type) {
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
