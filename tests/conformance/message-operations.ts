import type { Message } from '@sterna/sdk';
import { settle } from '../sdk/talk.ts';
import type { Device } from '../sdk/world.ts';
import { data, type MessageOperation, messages, newest, type Operations } from './message-operation.ts';
import type { MessageScene } from './message-scene.ts';

const toBob = { to: 'bob', conversationType: 'C2C' as const };
const file = (name: string, type: string) => new File(['twelve bytes'], name, { type });

/** A message that is made is as good as what arrives of it. */
function sent(
  make: (device: Device, scene: MessageScene) => Message,
  shows: object,
  conversationID = 'C2Cbob',
): MessageOperation {
  const isGroup = conversationID.startsWith('GROUP');
  return {
    call: async (device, scene) => (await data(scene, device.tim.sendMessage(make(device, scene)))).message,
    result: { status: 'success', flow: 'out', ...shows },
    told: { other: ['onMessageReceived'], bob: ['onMessageReceived'] },
    there: {
      other: [newest(conversationID), { flow: 'out', ...shows }],
      bob: [newest(isGroup ? conversationID : 'C2Calice'), { flow: 'in', from: 'alice', ...shows }],
    },
  };
}

const CREATING = {
  createTextMessage: sent(({ tim }) => tim.createTextMessage({ ...toBob, payload: { text: 'hi' } }), {
    type: 'TIMTextElem',
    payload: { text: 'hi' },
  }),
  createTextAtMessage: sent(
    ({ tim }) => {
      const payload = { text: '@bob hi', atUserList: ['bob'] };
      return tim.createTextAtMessage({ to: 'tea', conversationType: 'GROUP', payload });
    },
    { type: 'TIMTextElem', payload: { text: '@bob hi' }, atUserList: ['bob'] },
    'GROUPtea',
  ),
  createImageMessage: sent(
    ({ tim }) => tim.createImageMessage({ ...toBob, payload: { file: file('a.jpg', 'image/jpeg') } }),
    { type: 'TIMImageElem', payload: { imageInfoArray: [{ size: 12 }, {}, {}] } },
  ),
  createAudioMessage: sent(
    ({ tim }) =>
      tim.createAudioMessage({
        ...toBob,
        payload: { file: { tempFilePath: 'a.mp3', duration: 2000, size: 7 } },
      }),
    { type: 'TIMSoundElem', payload: { size: 7, second: 2 } },
  ),
  createVideoMessage: sent(
    ({ tim }) => tim.createVideoMessage({ ...toBob, payload: { file: file('a.mp4', 'video/mp4') } }),
    { type: 'TIMVideoFileElem', payload: { videoSize: 12 } },
  ),
  createFileMessage: sent(
    ({ tim }) => tim.createFileMessage({ ...toBob, payload: { file: file('a.txt', 'text/plain') } }),
    { type: 'TIMFileElem', payload: { fileName: 'a.txt', fileSize: 12 } },
  ),
  createCustomMessage: sent(
    ({ tim }) =>
      tim.createCustomMessage({ ...toBob, payload: { data: 'd', description: 'e', extension: 'f' } }),
    { type: 'TIMCustomElem', payload: { data: 'd', description: 'e', extension: 'f' } },
  ),
  createFaceMessage: sent(
    ({ tim }) => tim.createFaceMessage({ ...toBob, payload: { index: 3, data: 'tiger' } }),
    { type: 'TIMFaceElem', payload: { index: 3, data: 'tiger' } },
  ),
  createLocationMessage: sent(
    ({ tim }) =>
      tim.createLocationMessage({ ...toBob, payload: { description: 'here', latitude: 1.5, longitude: 2 } }),
    { type: 'TIMLocationElem', payload: { description: 'here', latitude: 1.5, longitude: 2 } },
  ),
  createMergerMessage: sent(
    ({ tim }, { theirs }) => {
      const payload = { messageList: [theirs], title: 'talk', abstractList: ['b'], compatibleText: 'c' };
      return tim.createMergerMessage({ ...toBob, payload });
    },
    { type: 'TIMRelayElem', payload: { title: 'talk', messageList: [{ from: 'bob' }] } },
  ),
  createForwardMessage: sent(
    ({ tim }, { theirs }) => tim.createForwardMessage({ ...toBob, payload: theirs }),
    {
      type: 'TIMTextElem',
      payload: { text: 'theirs' },
    },
  ),
  sendMessage: sent(({ tim }) => tim.createTextMessage({ ...toBob, payload: { text: 'sent' } }), {
    payload: { text: 'sent' },
  }),
  resendMessage: {
    ...sent(({ tim }) => tim.createTextMessage({ ...toBob, payload: { text: 'again' } }), {
      payload: { text: 'again' },
    }),
    async call(device, scene) {
      const message = device.tim.createTextMessage({ ...toBob, payload: { text: 'again' } });
      device.setReachable(false);
      device.cut();
      const failed = device.tim.sendMessage(message).catch(({ code }: { code: number }) => code);
      await scene.world.pass(90_000);
      if (typeof (await failed) !== 'number') throw new Error('it was sent without a connection');
      device.setReachable(true);
      await scene.world.pass(30_000);
      return (await data(scene, device.tim.resendMessage(message))).message;
    },
  },
} satisfies Operations;

const LIFE = {
  revokeMessage: {
    call: async (device, scene) => (await data(scene, device.tim.revokeMessage(scene.mine))).message,
    result: { isRevoked: true, revoker: 'alice' },
    told: { other: ['onMessageRevoked'], bob: ['onMessageRevoked'] },
    there: {
      other: [messages('C2Cbob'), [{ isRevoked: true }, { isRevoked: false }]],
      bob: [messages('C2Calice'), [{ isRevoked: true }, { isRevoked: false }]],
    },
  },
  modifyMessage: {
    async call(device, scene) {
      Object.assign(scene.mine.payload, { text: 'changed' });
      return (await data(scene, device.tim.modifyMessage(scene.mine))).message;
    },
    result: { isModified: true, payload: { text: 'changed' } },
    told: { alice: ['onMessageModified'], other: ['onMessageModified'], bob: ['onMessageModified'] },
    there: {
      other: [messages('C2Cbob'), [{ payload: { text: 'changed' } }, {}]],
      bob: [messages('C2Calice'), [{ payload: { text: 'changed' } }, {}]],
    },
  },
  deleteMessage: {
    call: (device, scene) => data(scene, device.tim.deleteMessage([scene.theirs])),
    result: { messageList: [{ payload: { text: 'theirs' } }] },
    there: {
      other: [messages('C2Cbob'), [{ payload: { text: 'mine' } }]],
      bob: [messages('C2Calice'), [{}, { payload: { text: 'theirs' } }]],
    },
  },
  clearHistoryMessage: {
    call: (device, scene) => data(scene, device.tim.clearHistoryMessage('C2Cbob')),
    result: { conversationID: 'C2Cbob' },
    there: { other: [messages('C2Cbob'), []], bob: [messages('C2Calice'), [{}, {}]] },
  },
  setMessageExtensions: {
    call: (device, scene) =>
      data(scene, device.tim.setMessageExtensions(scene.mine, [{ key: 'k', value: 'v' }])),
    result: { extensions: [{ key: 'k', value: 'v', code: 0 }] },
    told: {
      alice: ['onMessageExtensionsUpdated'],
      other: ['onMessageExtensionsUpdated'],
      bob: ['onMessageExtensionsUpdated'],
    },
    there: {
      other: [
        (scene, device) => data(scene, device.tim.getMessageExtensions(scene.mine)),
        { extensions: [{ key: 'k', value: 'v' }] },
      ],
    },
  },
  getMessageExtensions: {
    async call(device, scene) {
      await settle(scene.world, device.tim.setMessageExtensions(scene.mine, [{ key: 'k', value: 'v' }]));
      return data(scene, device.tim.getMessageExtensions(scene.mine));
    },
    result: { extensions: [{ key: 'k', value: 'v' }] },
    told: {
      alice: ['onMessageExtensionsUpdated'],
      other: ['onMessageExtensionsUpdated'],
      bob: ['onMessageExtensionsUpdated'],
    },
    there: {
      other: [
        (scene, device) => data(scene, device.tim.getMessageExtensions(scene.mine)),
        { extensions: [{ key: 'k', value: 'v' }] },
      ],
    },
  },
  deleteMessageExtensions: {
    async call(device, scene) {
      await settle(scene.world, device.tim.setMessageExtensions(scene.mine, [{ key: 'k', value: 'v' }]));
      return data(scene, device.tim.deleteMessageExtensions(scene.mine, ['k']));
    },
    result: { extensions: [{ key: 'k', code: 0 }] },
    told: {
      alice: ['onMessageExtensionsDeleted', 'onMessageExtensionsUpdated'],
      other: ['onMessageExtensionsDeleted', 'onMessageExtensionsUpdated'],
      bob: ['onMessageExtensionsDeleted', 'onMessageExtensionsUpdated'],
    },
    there: {
      other: [
        (scene, device) => data(scene, device.tim.getMessageExtensions(scene.mine)),
        { extensions: [] },
      ],
    },
  },
  downloadMergerMessage: {
    async call(device, scene) {
      const said = { ...scene.theirs, payload: { text: '北'.repeat(4000) } } as Message;
      const payload = { messageList: [said, said], title: 't', abstractList: [], compatibleText: 'c' };
      const merged = device.tim.createMergerMessage({ ...toBob, payload });
      await settle(scene.world, device.tim.sendMessage(merged));
      const { downloadKey, messageList } = merged.payload;
      if (downloadKey === '' || messageList.length > 0) throw new Error('it was not too long for a message');
      return data(scene, device.tim.downloadMergerMessage(merged));
    },
    result: { payload: { messageList: [{ from: 'bob' }, { from: 'bob' }] } },
    told: { other: ['onMessageReceived'], bob: ['onMessageReceived'] },
    there: { bob: [newest('C2Calice'), { type: 'TIMRelayElem', payload: { title: 't' } }] },
  },
  sendMessageReadReceipt: {
    call: (device, scene) => data(scene, device.tim.sendMessageReadReceipt([scene.theirs])),
    result: {},
    told: { bob: ['onMessageReadReceiptReceived'] },
    there: {
      bob: [messages('C2Calice'), [{}, { readReceiptInfo: { isPeerRead: true } }]],
    },
  },
} satisfies Operations;

const READING = {
  findMessage: {
    call: async ({ tim }, { theirs }) => tim.findMessage(theirs.ID),
    result: { payload: { text: 'theirs' } },
  },
  getMessageList: {
    call: (device, scene) => data(scene, device.tim.getMessageList({ conversationID: 'C2Cbob' })),
    result: {
      messageList: [{ payload: { text: 'mine' } }, { payload: { text: 'theirs' } }],
      isCompleted: true,
    },
  },
  getMessageListHopping: {
    call: (device, scene) =>
      data(
        scene,
        device.tim.getMessageListHopping({ conversationID: 'GROUPtea', sequence: 9, direction: 0 }),
      ),
    result: { messageList: [{}, { payload: { text: 'to all' } }] },
  },
  getMessageReadReceiptList: {
    call: (device, scene) => data(scene, device.tim.getMessageReadReceiptList([scene.inGroup])),
    result: { messageList: [{ readReceiptInfo: { readCount: 0, unreadCount: 1 } }] },
  },
  getGroupMessageReadMemberList: {
    call: (device, scene) =>
      data(scene, device.tim.getGroupMessageReadMemberList({ message: scene.inGroup, filter: 1 })),
    result: { unreadUserIDList: ['bob'], isCompleted: true },
  },
  translateText: {
    call: (device, scene) => {
      const asked = { sourceTextList: ['a'], sourceLanguage: 'auto', targetLanguage: 'fr' };
      return data(scene, device.tim.translateText(asked));
    },
    result: { translatedTextList: ['auto fr a'] },
  },
  convertVoiceToText: {
    async call(device, scene) {
      const file = { tempFilePath: 'a.mp3', duration: 2000, size: 7 };
      const message = device.tim.createAudioMessage({ ...toBob, payload: { file } });
      await settle(scene.world, device.tim.sendMessage(message));
      return data(scene, device.tim.convertVoiceToText({ message, language: 'fr' }));
    },
    result: { result: 'a recording in fr' },
    told: { other: ['onMessageReceived'], bob: ['onMessageReceived'] },
    there: { bob: [newest('C2Calice'), { type: 'TIMSoundElem' }] },
  },
  searchCloudMessages: {
    call: (device, scene) => data(scene, device.tim.searchCloudMessages({ keywordList: ['to all'] })),
    result: {
      totalCount: 1,
      searchResultList: [
        { conversationID: 'GROUPtea', messageCount: 1, messageList: [{ payload: { text: 'to all' } }] },
      ],
      cursor: '',
    },
  },
} satisfies Operations;

/** Methods upon messages, by name. */
export const MESSAGE_OPERATIONS: Operations = { ...CREATING, ...LIFE, ...READING };
