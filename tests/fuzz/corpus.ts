import type { CommandName } from '@sterna/protocol';
import type { RequestBody } from '../protocol-client/client.ts';

/** Requests that are valid, at least one for every command but the login: what the mutations begin with. */
export const CORPUS: readonly {
  [Name in CommandName]: [name: Name, body: RequestBody<Name>];
}[CommandName][] = [
  ['session.ping', {}],
  ['inbox.sync', { epoch: 'e', after: 0 }],
  [
    'message.send',
    {
      conversationID: 'C2Cbob',
      clientID: 'client-id-1',
      elements: [{ type: 'TIMTextElem', payload: { text: 'hello 你好 🐦' } }],
      priority: 'Normal',
      cloudCustomData: '{"a":1}',
      atUsers: ['bob'],
      offlinePushInfo: { title: 'x', extension: { deep: [1, 2, 3] } },
    },
  ],
  [
    'message.send',
    {
      conversationID: 'GROUPfuzz',
      clientID: 'client-id-2',
      elements: [
        { type: 'TIMCustomElem', payload: { data: 'd', description: '', extension: '' } },
        { type: 'TIMFaceElem', payload: { index: 1, data: 'f' } },
        { type: 'TIMLocationElem', payload: { description: 'x', latitude: 39.9, longitude: -116.4 } },
      ],
      receivers: ['bob'],
      onlineUserOnly: true,
    },
  ],
  [
    'message.send',
    {
      conversationID: 'C2Cbob',
      clientID: 'client-id-3',
      elements: [
        {
          type: 'TIMImageElem',
          payload: {
            uuid: 'u',
            imageFormat: 1,
            imageInfoArray: [{ width: 1, height: 2, url: 'https://files.test/a.png', size: 3, type: 1 }],
          },
        },
      ],
    },
  ],
  [
    'message.send',
    {
      conversationID: 'C2Cbob',
      clientID: 'client-id-4',
      elements: [
        {
          type: 'TIMRelayElem',
          payload: {
            downloadKey: '',
            messageList: [
              {
                ID: 'i',
                from: 'bob',
                nick: '',
                avatar: '',
                time: 1,
                messageBody: [{ type: 'TIMTextElem', payload: { text: 'x' } }],
              },
            ],
            title: 't',
            abstractList: ['a'],
            compatibleText: 'c',
            layersOverLimit: false,
          },
        },
      ],
    },
  ],
  ['message.history', { conversationID: 'C2Cbob', before: 10, limit: 15 }],
  ['conversation.list', {}],
  ['conversation.get', { conversationID: 'GROUPfuzz' }],
  ['conversation.sync', { epoch: 'e', conversationID: 'C2Cbob', after: 0 }],
  ['conversation.read', { conversationID: 'C2Cbob', seq: 1 }],
  ['conversation.delete', { conversationIDs: ['C2Cbob'], clearHistory: true }],
  ['group.create', { type: 'Public', name: 'fuzz', groupID: 'fuzz' }],
  ['group.join', { groupID: 'fuzz' }],
  ['group.quit', { groupID: 'fuzz' }],
  ['group.dismiss', { groupID: 'fuzz' }],
  ['group.list', {}],
  ['group.get', { groupID: 'fuzz' }],
  ['group.members', { groupID: 'fuzz', limit: 15, offset: 0 }],
  ['group.addMembers', { groupID: 'fuzz', userIDs: ['bob', 'eve'] }],
  ['group.deleteMembers', { groupID: 'fuzz', userIDs: ['bob'], reason: 'x' }],
  ['profile.get', { userIDs: ['alice', 'bob'] }],
  [
    'profile.update',
    { changes: { nick: 'Fuzz', gender: 'Gender_Type_Female', custom: { Tag_Profile_Custom_A: 'x' } } },
  ],
  ['session.logout', {}],
];
