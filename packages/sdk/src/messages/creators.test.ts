import { describe, expect, test } from 'vitest';
import { checkMessage } from './check.ts';
import { createCreators } from './creators.ts';
import type { MessageContext } from './creators.ts';
import { isMessage, newMessage } from './message.ts';
import type { Message, TextMessage } from '../types/message.ts';
import type { CreatorMethods } from '../types/message-methods.ts';

const alice: MessageContext = {
  session: () => ({ SDKAppID: 1400000001, userID: 'alice', tinyID: '144115', isReady: true }),
  nowMs: () => 1_700_000_000_900,
  random32: () => 4_294_967_295,
};
const create = createCreators(alice);
const toBob = { to: 'bob', conversationType: 'C2C' } as const;
const toTeam = { to: 'team', conversationType: 'GROUP' } as const;

/** As JavaScript calls them. */
const loose = create as unknown as Record<keyof CreatorMethods, (options?: unknown) => Message>;

test('a text message has every field, with the defaults of the published API', () => {
  expect(create.createTextMessage({ ...toBob, payload: { text: 'hi' } })).toEqual({
    ID: '144115-1700000000-4294967295',
    type: 'TIMTextElem',
    payload: { text: 'hi' },
    conversationID: 'C2Cbob',
    conversationType: 'C2C',
    to: 'bob',
    from: 'alice',
    flow: 'out',
    status: 'unSend',
    time: 1_700_000_000,
    clientTime: 1_700_000_000,
    random: 4_294_967_295,
    sequence: 0,
    isRead: true,
    isRevoked: false,
    isResend: false,
    isDeleted: false,
    isModified: false,
    isPeerRead: false,
    isBroadcastMessage: false,
    isSupportExtension: false,
    isSystemMessage: false,
    hasRiskContent: false,
    priority: 'Normal',
    nick: '',
    avatar: '',
    nameCard: '',
    atUserList: [],
    cloudCustomData: '',
    needReadReceipt: false,
    readReceiptInfo: {},
    revoker: '',
    revokerInfo: { userID: '', nick: '', avatar: '' },
    revokeReason: '',
  });
});

test('the common options arrive', () => {
  const message = create.createTextMessage({
    ...toTeam,
    payload: { text: 'hi' },
    priority: 'High',
    cloudCustomData: '{"a":1}',
    needReadReceipt: true,
    isSupportExtension: true,
    receiverList: ['bob'],
    customModerationConfigurationID: 'strict',
  });
  expect(message).toMatchObject({
    conversationID: 'GROUPteam',
    priority: 'High',
    cloudCustomData: '{"a":1}',
    needReadReceipt: true,
    isSupportExtension: true,
    receiverList: ['bob'],
    customModerationConfigurationID: 'strict',
  });
});

describe('a message is plain', () => {
  const message = create.createTextMessage({ ...toBob, payload: { text: 'hi' } });

  test.each([
    ['spread', { ...message }],
    ['JSON', JSON.parse(JSON.stringify(message)) as Message],
    ['structured clone', structuredClone(message)],
    ['a proxy', new Proxy(message, {})],
  ])('%s keeps all of it, and it still is a message', (_, copy) => {
    expect(copy).toEqual(message);
    expect(isMessage(copy)).toBe(true);
    expect(checkMessage(copy)).toBeUndefined();
  });

  test('applications may add properties', () => {
    expect(Object.assign(message, { progress: 0.5 })).toHaveProperty('progress', 0.5);
  });

  test('no two messages share a mutable part', () => {
    const other = newMessage({ ...toBob, type: 'TIMTextElem', payload: { text: '' }, from: '', flow: 'in' });
    expect(other.atUserList).not.toBe(message.atUserList);
    expect(other.readReceiptInfo).not.toBe(message.readReceiptInfo);
  });
});

test.each([
  undefined,
  null,
  'text',
  7,
  {},
  { ID: 'x' },
  { ID: 'x', type: 'Other', payload: {}, conversationID: '' },
])('%j is no message', (value) => {
  expect(isMessage(value)).toBe(false);
  expect(checkMessage(value)).toMatchObject({ code: 2105 });
});

test('mentions stand beside the text', () => {
  const message = create.createTextAtMessage({
    ...toTeam,
    payload: { text: '@bob @all hi', atUserList: ['bob', '__kImSDK_MesssageAtALL__'] },
  });
  expect(message).toMatchObject({
    type: 'TIMTextElem',
    payload: { text: '@bob @all hi' },
    atUserList: ['bob', '__kImSDK_MesssageAtALL__'],
  });
  expect(checkMessage(message)).toBeUndefined();
  expect(checkMessage({ ...message, ...toBob, conversationID: 'C2Cbob' })).toMatchObject({ code: 10004 });
});

test('the parts of a custom message are strings, whatever was given', () => {
  const message = loose.createCustomMessage({ ...toBob, payload: { data: { a: 1 }, extension: 5 } });
  expect(message.payload).toEqual({ data: '{"a":1}', description: '', extension: '5' });
  expect(checkMessage(message)).toBeUndefined();
});

test('a face of index 0 is kept', () => {
  const message = create.createFaceMessage({ ...toBob, payload: { index: 0, data: 'tt00' } });
  expect(message.payload).toEqual({ index: 0, data: 'tt00' });
  expect(checkMessage(message)).toBeUndefined();
});

test('a location', () => {
  const payload = { description: 'pier', longitude: 113.9, latitude: 22.5 };
  const message = create.createLocationMessage({ ...toBob, payload });
  expect(message).toMatchObject({ type: 'TIMLocationElem', payload });
  expect(checkMessage(message)).toBeUndefined();
});

test.each<[string, unknown, number]>([
  ['no options', undefined, 2106],
  ['no conversation type', { to: 'bob', payload: { text: 'hi' } }, 2106],
  ['the system conversation', { to: 'bob', conversationType: '@TIM#SYSTEM', payload: { text: 'hi' } }, 2106],
  ['nobody to send to', { conversationType: 'C2C', payload: { text: 'hi' } }, 10004],
  ['no payload', { ...toBob }, 10004],
  ['an empty text', { ...toBob, payload: { text: '' } }, 10004],
])('%s: made without a throw, refused when sent', (_, options, code) => {
  const message = loose.createTextMessage(options);
  expect(isMessage(message)).toBe(true);
  expect(checkMessage(message)).toMatchObject({ code });
});

test.each<[keyof CreatorMethods, object]>([
  ['createFaceMessage', { index: '1', data: '' }],
  ['createLocationMessage', { description: '', longitude: Number.POSITIVE_INFINITY, latitude: 1 }],
  ['createLocationMessage', { description: '', longitude: 1 }],
])('%s refuses %j', (name, payload) => {
  expect(checkMessage(loose[name]({ ...toBob, payload }))).toMatchObject({ code: 10004 });
});

describe('merged and forwarded messages', () => {
  const received: TextMessage = newMessage({
    ...toBob,
    type: 'TIMTextElem',
    payload: { text: 'hi' },
    from: 'carol',
    flow: 'in',
    ID: '1-2-3',
    nick: 'Carol',
    time: 12,
  });
  const merge = (messageList: unknown, compatibleText = 'a chat') =>
    loose.createMergerMessage({
      ...toBob,
      payload: { messageList, title: 'Chat', abstractList: ['Carol: hi'], compatibleText },
    });

  test('a merger carries what a reader needs of each message', () => {
    const message = merge([received]);
    expect(message.payload).toEqual({
      downloadKey: '',
      messageList: [
        {
          ID: '1-2-3',
          from: 'carol',
          nick: 'Carol',
          avatar: '',
          time: 12,
          cloudCustomData: '',
          messageBody: [{ type: 'TIMTextElem', payload: { text: 'hi' } }],
        },
      ],
      title: 'Chat',
      abstractList: ['Carol: hi'],
      compatibleText: 'a chat',
      layersOverLimit: false,
    });
    expect(checkMessage(message)).toBeUndefined();
  });

  test.each<[string, unknown]>([
    ['nothing', []],
    ['no list', undefined],
    ['what is no message', [received, { text: 'hi' }]],
    ['an unsent message', [received, { ...received, status: 'unSend' }]],
    ['a recalled message', [{ ...received, isRevoked: true }]],
    ['a tip', [{ ...received, type: 'TIMGroupTipElem' }]],
  ])('%s cannot be merged', (_, list) => {
    expect(checkMessage(merge(list))).toMatchObject({ code: 2453 });
  });

  test('a merger without a text for old clients is refused', () => {
    expect(checkMessage(merge([received], ''))).toMatchObject({ code: 10004 });
  });

  test('a forward is my new message with a copy of the content', () => {
    const message = create.createForwardMessage({ ...toTeam, payload: received });
    expect(message).toMatchObject({
      type: 'TIMTextElem',
      from: 'alice',
      conversationID: 'GROUPteam',
      flow: 'out',
    });
    expect(message.ID).not.toBe(received.ID);
    expect(message.payload).toEqual(received.payload);
    expect(message.payload).not.toBe(received.payload);
    expect(checkMessage(message)).toBeUndefined();
  });

  test.each(['TIMGroupTipElem', 'TIMGroupSystemNoticeElem'])('a %s cannot be forwarded', (type) => {
    const message = loose.createForwardMessage({ ...toBob, payload: { ...received, type } });
    expect(checkMessage(message)).toMatchObject({ code: 2453 });
  });

  test('what is no message cannot be forwarded', () => {
    expect(checkMessage(loose.createForwardMessage({ ...toBob, payload: { text: 'hi' } }))).toMatchObject({
      code: 2453,
    });
  });

  test('a forwarded image needs no upload when it has an address', () => {
    const image = { uuid: 'u', imageFormat: 1, imageInfoArray: [{ url: 'https://example.org/a.jpg' }] };
    const message = loose.createForwardMessage({
      ...toBob,
      payload: { ...received, type: 'TIMImageElem', payload: image },
    });
    expect(checkMessage(message)).toBeUndefined();
  });
});
