import { MESSAGE_TYPE } from '../src/chat-client/published-values.ts';
import { numberField, stringField } from '../src/chat-client/payload-fields.ts';
import type { NewMediaMessage, NewMessage, Tim, TimMessage } from '../src/chat-client/tim.ts';
import type { InMemoryWorld } from './in-memory-world.ts';

type Creator =
  | 'createTextMessage'
  | 'createTextAtMessage'
  | 'createCustomMessage'
  | 'createForwardMessage'
  | 'createMergerMessage'
  | 'createImageMessage'
  | 'createVideoMessage'
  | 'createAudioMessage'
  | 'createFileMessage';

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
  const media =
    (type: string, describe: (file: object) => object) =>
    (options: NewMediaMessage): TimMessage => {
      const { file } = options.payload;
      const message = outgoing(options, { type, payload: { ...describe(file), file } });
      return Object.assign(message, { onProgress: options.onProgress });
    };
  return {
    createImageMessage: media(MESSAGE_TYPE.image, (file) => ({
      imageInfoArray: [0, 1, 2].map((size) => ({ type: size, url: '', ...measuresOf(file) })),
    })),
    createVideoMessage: media(MESSAGE_TYPE.video, (file) => {
      const { width, height, size } = measuresOf(file);
      const videoSecond = Math.round(numberField(file, 'duration'));
      return { videoSize: size, videoSecond, snapshotWidth: width, snapshotHeight: height };
    }),
    createAudioMessage: media(MESSAGE_TYPE.audio, (file) => ({
      second: Math.round(numberField(file, 'duration') / 1000),
      size: measuresOf(file).size,
    })),
    createFileMessage: media(MESSAGE_TYPE.file, (file) => ({
      fileName: stringField(file, 'name'),
      fileSize: measuresOf(file).size,
    })),
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

function measuresOf(file: object): { width: number; height: number; size: number } {
  return {
    width: numberField(file, 'width'),
    height: numberField(file, 'height'),
    size: numberField(file, 'size'),
  };
}
