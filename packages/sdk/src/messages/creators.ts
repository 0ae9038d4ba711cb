import type { ModuleContext, ModuleFactory } from '../module.ts';
import type { CreatorMethods } from '../types/message-methods.ts';
import type { Message, MessageOf } from '../types/message.ts';
import type { MessagePayload } from '../types/payload.ts';
import type { CreateMessageOptions } from '../types/send.ts';
import type { ConversationType, MessageType } from '../types/values.ts';
import { audioPayload, filePayload, imagePayload, videoPayload } from './media-payloads.ts';
import { seconds } from '../seconds.ts';
import { factsOf, pickFile, type FileFacts } from './local-file.ts';
import { canTravel, mergerPayload } from './merger.ts';
import { clientIDOf, conversationIDOf, isMessage, newMessage } from './message.ts';
import { property, toNumber, toText, toTexts } from './values.ts';

export type MessageContext = Pick<ModuleContext, 'session' | 'nowMs' | 'random32'>;

/** What an application in plain JavaScript may have left out. */
type AnyOptions = Partial<CreateMessageOptions<unknown>> | undefined;

/** A message by me, not sent: what is wrong with it is said by `checkMessage` when it is to be sent. */
function outgoing<Type extends MessageType, Payload extends MessagePayload>(
  context: MessageContext,
  options: AnyOptions,
  type: Type,
  payload: Payload,
): MessageOf<Type, Payload> {
  const { userID, tinyID } = context.session();
  const given = options || {};
  const to = toText(given.to);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- kept as it was given: the check refuses it with 2106
  const conversationType = given.conversationType as ConversationType;
  const clientTime = seconds(context.nowMs());
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
    priority: given.priority || 'Normal',
    cloudCustomData: toText(given.cloudCustomData),
    needReadReceipt: given.needReadReceipt === true,
    isSupportExtension: given.isSupportExtension === true,
  });
  message.ID = `${tinyID}-${clientIDOf(message)}`;
  // What is no list is one of nobody, which is refused: it must not become everybody.
  if (given.receiverList !== undefined) message.receiverList = toTexts(given.receiverList);
  if (given.customModerationConfigurationID)
    message.customModerationConfigurationID = given.customModerationConfigurationID;
  return message;
}

const part = (options: AnyOptions, key: string): unknown => property(property(options, 'payload'), key);
const text = (options: AnyOptions, key: string): string => toText(part(options, key));
const number = (options: AnyOptions, key: string): number => toNumber(part(options, key));

/** All `create…Message` methods. They are pure but for the clock and randomness of the context, and never fail. */
export function createCreators(context: MessageContext): CreatorMethods {
  const textMessage: CreatorMethods['createTextMessage'] = (options) =>
    outgoing(context, options, 'TIMTextElem', { text: text(options, 'text') });

  /** A message with a file, described by what is known of it before anything is uploaded. */
  const media =
    <Type extends MessageType, Payload extends MessagePayload>(
      type: Type,
      describe: (facts: FileFacts) => Payload,
    ) =>
    (options: AnyOptions): MessageOf<Type, Payload> => {
      const file = pickFile(part(options, 'file'));
      const message = outgoing(context, options, type, { ...describe(factsOf(file)), ...(file && { file }) });
      const value = property(options, 'onProgress');
      // Hidden, so that a message with a callback can still be cloned by the structured clone algorithm.
      if (typeof value === 'function')
        Object.defineProperty(message, 'onProgress', { value, configurable: true });
      return message;
    };

  return {
    createTextMessage: textMessage,
    createTextAtMessage(options) {
      const message = textMessage(options);
      message.atUserList = toTexts(part(options, 'atUserList'));
      return message;
    },
    createCustomMessage: (options) =>
      outgoing(context, options, 'TIMCustomElem', {
        data: text(options, 'data'),
        description: text(options, 'description'),
        extension: text(options, 'extension'),
      }),
    createFaceMessage: (options) =>
      outgoing(context, options, 'TIMFaceElem', {
        index: number(options, 'index'),
        data: text(options, 'data'),
      }),
    createLocationMessage: (options) =>
      outgoing(context, options, 'TIMLocationElem', {
        description: text(options, 'description'),
        latitude: number(options, 'latitude'),
        longitude: number(options, 'longitude'),
      }),
    createMergerMessage: (options) =>
      outgoing(context, options, 'TIMRelayElem', mergerPayload(property(options, 'payload'))),
    createForwardMessage(options) {
      const original = property(options, 'payload');
      // What may not travel becomes a list of nothing: that is refused when it is sent, with the code of what cannot be forwarded.
      if (!isMessage(original) || !canTravel(original))
        return outgoing(context, options, 'TIMRelayElem', mergerPayload(undefined));
      // The new message has a copy of the old one's content; uploaded files are shared, not uploaded again.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- type and payload come from one message
      return outgoing(context, options, original.type, { ...original.payload }) as Message;
    },
    createImageMessage: media('TIMImageElem', imagePayload),
    createAudioMessage: media('TIMSoundElem', audioPayload),
    createVideoMessage: media('TIMVideoFileElem', videoPayload),
    createFileMessage: media('TIMFileElem', filePayload),
  };
}

/** The creators as a module: they work before any login. */
export const messageCreators: ModuleFactory = (context) => ({ methods: createCreators(context) });
