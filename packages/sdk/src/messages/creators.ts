import type { ModuleContext, ModuleFactory } from '../module.ts';
import type { CreatorMethods } from '../types/message-methods.ts';
import type { Message, MessageOf } from '../types/message.ts';
import type { MessagePayload } from '../types/payload.ts';
import type { CreateMessageOptions } from '../types/send.ts';
import type { ConversationType, MessageType } from '../types/values.ts';
import { audioPayload, filePayload, imagePayload, videoPayload } from './media-payloads.ts';
import { mergerPayload } from './merger.ts';
import { clientIDOf, conversationIDOf, isMessage, newMessage } from './message.ts';
import { property, toNumber, toText, toTexts } from './values.ts';

export type MessageContext = Pick<ModuleContext, 'session' | 'nowMs' | 'random32'>;

type AnyOptions = Partial<CreateMessageOptions<unknown>> | undefined;

/** A message by me, not sent: what is wrong with it is said by `checkMessage` when it is to be sent. */
function outgoing<Type extends MessageType, Payload extends MessagePayload>(
  context: MessageContext,
  options: AnyOptions,
  type: Type,
  payload: Payload,
): MessageOf<Type, Payload> {
  const { userID, tinyID } = context.session();
  const to = toText(options?.to);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- kept as it was given: the check refuses it with 2106
  const conversationType = options?.conversationType as ConversationType;
  const clientTime = Math.floor(context.nowMs() / 1000);
  const message = newMessage({
    type,
    payload,
    to,
    from: userID,
    flow: 'out',
    status: 'unSend',
    conversationType,
    conversationID: conversationIDOf(conversationType, to),
    time: clientTime,
    clientTime,
    random: context.random32(),
    priority: options?.priority ?? 'Normal',
    cloudCustomData: toText(options?.cloudCustomData),
    needReadReceipt: options?.needReadReceipt === true,
    isSupportExtension: options?.isSupportExtension === true,
  });
  message.ID = `${tinyID}-${clientIDOf(message)}`;
  if (options?.receiverList) message.receiverList = [...options.receiverList];
  if (options?.customModerationConfigurationID) {
    message.customModerationConfigurationID = options.customModerationConfigurationID;
  }
  return message;
}

/** Hidden, so that a message with a callback can still be cloned by the structured clone algorithm. */
function withProgress<M extends Message>(message: M, options: AnyOptions): M {
  const value = property(options, 'onProgress');
  if (typeof value === 'function')
    Object.defineProperty(message, 'onProgress', { value, configurable: true });
  return message;
}

/** All `create…Message` methods. They are pure but for the clock and randomness of the context, and never fail. */
export function createCreators(context: MessageContext): CreatorMethods {
  const part = (options: AnyOptions, key: string): unknown => property(options?.payload, key);
  const textMessage: CreatorMethods['createTextMessage'] = (options) =>
    outgoing(context, options, 'TIMTextElem', { text: toText(part(options, 'text')) });

  return {
    createTextMessage: textMessage,
    createTextAtMessage(options) {
      const message = textMessage(options);
      message.atUserList = toTexts(part(options, 'atUserList'));
      return message;
    },
    createCustomMessage: (options) =>
      outgoing(context, options, 'TIMCustomElem', {
        data: toText(part(options, 'data')),
        description: toText(part(options, 'description')),
        extension: toText(part(options, 'extension')),
      }),
    createFaceMessage: (options) =>
      outgoing(context, options, 'TIMFaceElem', {
        index: toNumber(part(options, 'index')),
        data: toText(part(options, 'data')),
      }),
    createLocationMessage: (options) =>
      outgoing(context, options, 'TIMLocationElem', {
        description: toText(part(options, 'description')),
        latitude: toNumber(part(options, 'latitude')),
        longitude: toNumber(part(options, 'longitude')),
      }),
    createMergerMessage: (options) =>
      outgoing(context, options, 'TIMRelayElem', mergerPayload(options?.payload)),
    createForwardMessage: (options) => forward(context, options),
    createImageMessage: (options) =>
      withProgress(outgoing(context, options, 'TIMImageElem', imagePayload(part(options, 'file'))), options),
    createAudioMessage: (options) =>
      withProgress(outgoing(context, options, 'TIMSoundElem', audioPayload(part(options, 'file'))), options),
    createVideoMessage: (options) =>
      withProgress(
        outgoing(context, options, 'TIMVideoFileElem', videoPayload(part(options, 'file'))),
        options,
      ),
    createFileMessage: (options) =>
      withProgress(outgoing(context, options, 'TIMFileElem', filePayload(part(options, 'file'))), options),
  };
}

/** The new message has a copy of the old one's content; uploaded files are shared, not uploaded again. */
function forward(context: MessageContext, options: AnyOptions): Message {
  const original = options?.payload;
  // An empty text is refused when sent, so a wrong argument needs no field of its own.
  if (!isMessage(original)) return outgoing(context, options, 'TIMTextElem', { text: '' });
  const { type } = original;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- type and payload come from one message
  return outgoing(context, options, type, { ...original.payload }) as Message;
}

/** The creators as a module: they work before any login. */
export const messageCreators: ModuleFactory = (context) => ({ methods: createCreators(context) });
