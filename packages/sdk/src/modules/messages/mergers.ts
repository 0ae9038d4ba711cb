import { sdkError } from '../../errors.ts';
import { MERGER_PART_BYTES, MESSAGE_BYTES } from '../../limits.ts';
import * as SDK_ERRORS from '../../sdk-errors.ts';
import { utf8Bytes } from '../../transport/utf8-bytes.ts';
import type { Message } from '../../types/message.ts';
import type { MergerPayload, SimplifiedMessage } from '../../types/payload.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';
import { placeOf } from './message-place.ts';

const bytesOf = (value: unknown): number => utf8Bytes(JSON.stringify(value));

/** Merged messages that are longer than a message may be: their list is kept apart. */
export function mergers(context: EngineContext): EngineModule {
  const { request, conversations } = context;

  async function keep(payload: MergerPayload): Promise<void> {
    let key: string | undefined;
    let after = 0;
    for (const messages of partsOf(payload.messageList)) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server checks what is in a payload
      ({ key } = await request('merger.keep', { key, after, messages: messages as never }));
      after += messages.length;
    }
    Object.assign(payload, { downloadKey: key, messageList: [] });
  }

  context.storeApart = ({ payload }) =>
    'messageList' in payload && bytesOf(payload) > MESSAGE_BYTES ? keep(payload) : undefined;

  return {
    methods: {
      async downloadMergerMessage(message) {
        const { type, payload } = message;
        if (type !== 'TIMRelayElem') throw sdkError(SDK_ERRORS.notMerged);
        const { downloadKey: key } = payload;
        if (!key) return message;
        // A message inside of a merged one is where that lies from which it can be opened.
        const opensKey = (held: Message) => held.type === type && JSON.stringify(held.payload).includes(key);
        const place = placeOf((!message.sequence && conversations.seek(opensKey)) || message);
        const messageList: SimplifiedMessage[] = [];
        let part: { messages: unknown[]; next?: number | undefined };
        do {
          part = await request('merger.load', { ...place, key, after: messageList.length });
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what comes back is what went in
          messageList.push(...(part.messages as SimplifiedMessage[]));
        } while (part.next);
        payload.messageList = messageList;
        return message;
      },
    },
  };
}

/** As few parts as fit into frames. */
function partsOf(list: readonly SimplifiedMessage[]): SimplifiedMessage[][] {
  const parts: SimplifiedMessage[][] = [];
  let part: SimplifiedMessage[] = [];
  let room = 0;
  for (const message of list) {
    const bytes = bytesOf(message) + 1;
    if (bytes > room) {
      parts.push((part = []));
      room = MERGER_PART_BYTES;
    }
    room -= bytes;
    part.push(message);
  }
  return parts;
}
