import type { TimMessage } from '../src/chat-client/tim.ts';

/** A text from Bob that is like most others; `change` says in what it is not. */
export function plainMessage(change: Partial<TimMessage> = {}): TimMessage {
  return {
    ID: 'id',
    type: 'TIMTextElem',
    payload: { text: '' },
    conversationID: 'C2Cbob',
    from: 'bob',
    flow: 'in',
    time: 1_700_000_000,
    status: 'success',
    isRevoked: false,
    revoker: '',
    isModified: false,
    isRead: false,
    isPeerRead: false,
    needReadReceipt: false,
    readReceiptInfo: {},
    cloudCustomData: '',
    atUserList: [],
    nick: '',
    avatar: '',
    nameCard: '',
    sequence: 1,
    clientTime: 1_700_000_000,
    random: 1,
    ...change,
  };
}
