import { expect, test } from 'vitest';
import { plainMessage } from '../../dev/plain-message.ts';
import { CHAT, lines, signedIn, timeline } from '../../dev/stage.ts';

const note = (typingStatus: number) =>
  plainMessage({
    ID: `note ${typingStatus}`,
    type: 'TIMCustomElem',
    sequence: 0,
    payload: { data: JSON.stringify({ businessID: 'user_typing_status', typingStatus }) },
  });

test('a note that somebody writes is no message, and does not hold for long', async () => {
  const { client, state, tim, passTime } = await signedIn({ histories: { [CHAT]: lines(1) } });
  await client.open(CHAT);
  tim.controls.emit('onMessageReceived', [note(1)]);
  expect([...state().typing]).toEqual([CHAT]);
  expect(timeline(state()).items).toHaveLength(1);
  passTime();
  expect([...state().typing]).toEqual([]);
});

test('a message, or a note that it is over, ends it at once', async () => {
  const { state, tim } = await signedIn({ histories: { [CHAT]: lines(1) } });
  tim.controls.emit('onMessageReceived', [note(1)]);
  tim.controls.deliver(CHAT, 'bob', 'said');
  expect([...state().typing]).toEqual([]);
  tim.controls.emit('onMessageReceived', [note(1)]);
  tim.controls.emit('onMessageReceived', [note(0)]);
  expect([...state().typing]).toEqual([]);
});

test('one tells it once in a while, one to one, and only those who are online', async () => {
  const { client, tim } = await signedIn({ histories: { [CHAT]: lines(1) } });
  const { sendMessage } = tim;
  const sent: unknown[] = [];
  tim.sendMessage = (message, options) => {
    sent.push([message.conversationID, options]);
    return sendMessage(message, options);
  };
  client.tellTyping(CHAT);
  client.tellTyping(CHAT);
  client.tellTyping('GROUPsurvey');
  expect(sent).toEqual([[CHAT, { onlineUserOnly: true }]]);
});
