import { describe, expect, test } from 'vitest';
import { CHAT, lines, settled, signedIn, type Stage, timeline } from '../../dev/stage.ts';
import { plainMessage } from '../../dev/plain-message.ts';
import type { MessageItem } from './message-item.ts';

async function opened(): Promise<Stage & { item(text: string): MessageItem }> {
  const made = await signedIn({
    histories: { [CHAT]: [...lines(2), [0, 'alice', 'mine']], C2Ccarol: lines(1, 'carol') },
  });
  await made.client.open(CHAT);
  await settled();
  const item = (text: string): MessageItem => {
    const found = timeline(made.state()).items.find((one) => one.text === text);
    if (found === undefined) throw new Error(`There is no message "${text}"`);
    return found;
  };
  return { ...made, item };
}

describe('a message', () => {
  test('that is recalled keeps its words for whoever wrote it', async () => {
    const { client, item } = await opened();
    await client.recall(item('mine'));
    expect(item('mine')).toMatchObject({ recalled: true, recalledBy: 'alice' });
  });

  test('that is edited shows the new text only when the server has agreed', async () => {
    const { client, item, tim } = await opened();
    const { modifyMessage } = tim;
    tim.modifyMessage = () => Promise.reject(Object.assign(new Error('no'), { code: 2480 }));
    await expect(client.editText(item('mine'), 'changed')).rejects.toMatchObject({ code: 2480 });
    expect(item('mine').edited).toBe(false);
    tim.modifyMessage = modifyMessage;
    await client.editText(item('mine'), 'changed');
    expect(item('changed')).toMatchObject({ edited: true, mine: true });
  });

  test('that is deleted goes, alone', async () => {
    const { client, item, state } = await opened();
    await client.deleteForMe([item('line 1')]);
    expect(timeline(state()).items.map(({ text }) => text)).toEqual(['line 2', 'mine']);
  });

  test('a history that is cleared is empty, and known to be', async () => {
    const { client, state } = await opened();
    await client.clearHistory(CHAT);
    expect(timeline(state())).toMatchObject({ items: [], first: 'ready', older: 'none' });
  });

  test('several go one by one in their order, or together', async () => {
    const { client, item, tim, state } = await opened();
    const items = [item('line 1'), item('line 2')];
    await client.forwardEach(items, ['C2Ccarol']);
    const words = { title: 'History', lines: ['Bob: line 1'], compatibleText: '' };
    await client.forwardMerged(items, ['C2Ccarol'], words);
    await client.open('C2Ccarol');
    const arrived = state().timelines['C2Ccarol']?.items.slice(-3);
    expect(arrived?.map(({ text, kind }) => text || kind)).toEqual(['line 1', 'line 2', 'merger']);
    expect(state().toasts.at(-1)?.notice).toEqual({ kind: 'forwarded' });
    expect(tim.controls.calls.filter((call) => call.startsWith('send'))).toHaveLength(3);
  });

  test('the first that cannot be forwarded ends it, and says why', async () => {
    const { client, item, tim, state } = await opened();
    tim.controls.sending.mode = 'fail';
    await client.forwardEach([item('line 1'), item('line 2')], ['C2Ccarol']);
    expect(tim.controls.calls.filter((call) => call.startsWith('send'))).toHaveLength(1);
    expect(state().toasts.at(-1)?.notice).toMatchObject({ kind: 'failure', failure: { code: 2801 } });
  });
});

describe('reactions', () => {
  test('are asked for with a page, added, joined and taken back', async () => {
    const { client, item, tim, state } = await opened();
    const message = item('line 1');
    await client.toggleReaction(message, '👍');
    expect(state().reactions.get(message.id)).toEqual([
      { reactionID: '👍', count: 1, mine: true, names: ['Alice Lindqvist'] },
    ]);
    const users = [{ userID: 'bob', nick: 'Bob', avatar: '' }];
    const reactionList = [{ reactionID: '👍', totalUserCount: 12, partialUserList: users }];
    tim.controls.emit('onMessageReactionsUpdated', [{ messageID: message.id, reactionList }]);
    // Of twelve the event names one: that I am not named does not say that I am gone.
    expect(state().reactions.get(message.id)?.[0]).toMatchObject({ count: 12, mine: true });
    await client.toggleReaction(message, '👍');
    expect(state().reactions.get(message.id)).toEqual([]);
  });
});

describe('receipts', () => {
  test('are sent once for what is read and asks for one', async () => {
    const { client, tim } = await opened();
    const asking = plainMessage({ ID: 'asks', sequence: 50, needReadReceipt: true });
    tim.controls.emit('onMessageReceived', [asking, plainMessage({ ID: 'does not', sequence: 51 })]);
    await client.markRead(CHAT);
    await client.markRead(CHAT);
    expect(tim.controls.calls.filter((call) => call.startsWith('receipts'))).toEqual(['receipts asks']);
  });

  test('that could not be sent are sent with the next', async () => {
    const { client, tim } = await opened();
    const { sendMessageReadReceipt } = tim;
    tim.sendMessageReadReceipt = () => Promise.reject(new Error('gone'));
    tim.controls.emit('onMessageReceived', [
      plainMessage({ ID: 'asks', sequence: 50, needReadReceipt: true }),
    ]);
    await client.markRead(CHAT);
    tim.sendMessageReadReceipt = sendMessageReadReceipt;
    await client.markRead(CHAT);
    expect(tim.controls.calls.filter((call) => call.startsWith('receipts'))).toEqual(['receipts asks']);
  });

  test('of others are counted by message', async () => {
    const { state, tim } = await opened();
    tim.controls.emit('onMessageReadReceiptReceived', [{ messageID: 'm3', readCount: 2, unreadCount: 1 }]);
    expect(state().receipts.get('m3')).toEqual({ read: 2, unread: 1 });
  });
});
