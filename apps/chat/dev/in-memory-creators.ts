import { MESSAGE_TYPE } from '../src/chat-client/published-values.ts';
import type { NewMessage, Tim, TimMessage } from '../src/chat-client/tim.ts';
import type { InMemoryWorld } from './in-memory-world.ts';

type Creator =
  | 'createTextMessage'
  | 'createTextAtMessage'
  | 'createCustomMessage'
  | 'createForwardMessage'
  | 'createMergerMessage';

/** Messages of one's own that are not sent yet. */
export function creators(world: InMemoryWorld): Pick<Tim, Creator> {
  const outgoing = (
    { to, conversationType, cloudCustomData = '' }: NewMessage<unknown>,
    content: Partial<TimMessage>,
  ): TimMessage => ({
    ...world.write(`${conversationType}${to}`, world.me, '', world.nowSeconds()),
    status: 'unSend',
    sequence: 0,
    isPeerRead: false,
    cloudCustomData,
    ...content,
  });
  return {
    createTextMessage: (options) => outgoing(options, { payload: { text: options.payload.text } }),
    createTextAtMessage: (options) => {
      const { text, atUserList } = options.payload;
      return outgoing(options, { payload: { text }, atUserList });
    },
    createCustomMessage: (options) =>
      outgoing(options, { type: MESSAGE_TYPE.custom, payload: options.payload }),
    createForwardMessage: (options) => {
      const { type, payload } = options.payload;
      return outgoing(options, { type, payload });
    },
    createMergerMessage: (options) => {
      const { messageList, ...words } = options.payload;
      const merged = messageList.map(({ ID, from, nick, time, type, payload }) => ({
        ID,
        from,
        nick,
        time,
        messageBody: [{ type, payload }],
      }));
      return outgoing(options, {
        type: MESSAGE_TYPE.merger,
        payload: { ...words, messageList: merged },
      });
    },
  };
}
