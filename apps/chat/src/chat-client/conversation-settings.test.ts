import { expect, test } from 'vitest';
import { CHAT, lines, signedIn } from '../../dev/stage.ts';
import type { ConversationItem } from './state.ts';

test('a conversation is pinned, muted and marked, and all of it taken back', async () => {
  const { client, state } = await signedIn({ histories: { [CHAT]: lines(1) } });
  const item = (): ConversationItem | undefined => state().conversations.find(({ id }) => id === CHAT);
  await client.pinConversation(CHAT, true);
  await client.muteConversation(CHAT, true);
  await client.markUnread(CHAT, true);
  expect(item()).toMatchObject({ pinned: true, muted: true, markedUnread: true });
  await client.pinConversation(CHAT, false);
  await client.muteConversation(CHAT, false);
  await client.markUnread(CHAT, false);
  expect(item()).toMatchObject({ pinned: false, muted: false, markedUnread: false });
});

test('a group is muted by its ID', async () => {
  const { client, tim } = await signedIn();
  const asked: unknown[] = [];
  tim.setMessageRemindType = (options) => {
    asked.push(options);
    return Promise.resolve({ code: 0, data: {} });
  };
  await client.muteConversation('GROUPsurvey', true);
  expect(asked).toEqual([{ groupID: 'survey', messageRemindType: 'AcceptNotNotify' }]);
});

test('a refusal inside of a list is a refusal', async () => {
  const { client, tim } = await signedIn();
  const failureConversationIDList = [{ code: 2500, message: 'No such conversation' }];
  tim.markConversation = () => Promise.resolve({ code: 0, data: { failureConversationIDList } });
  await expect(client.markUnread(CHAT, true)).rejects.toMatchObject({ code: 2500 });
});
