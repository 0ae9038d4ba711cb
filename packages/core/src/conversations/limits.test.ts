import { LIMITS } from '@sterna/protocol';
import { beforeAll, describe, expect, test } from 'vitest';
import { loginSync } from '../sync/login-sync.ts';
import { createTown, textTo, type Town } from '../testing/town.ts';

/** Bounds of what one user keeps: each is met by many calls together. */

let town: Town<'ann' | 'ben'>;
const groups = Array.from({ length: LIMITS.groupsJoined }, (_, n) => `GROUPg${n}`);

/** Ann in as many conversations as anybody may be in, and one more with Ben. */
beforeAll(async () => {
  town = await createTown(['ann', 'ben']);
  for (const id of groups)
    await town.ask('ann', 'group.create', { type: 'Private', name: 'x', groupID: id.replace('GROUP', '') });
  for (let n = 0; n <= LIMITS.backlogPerConversation; n++)
    await town.ask('ben', 'message.send', textTo('ann', `${n}`));
});

test(`${LIMITS.conversationsPinned} are pinned; a pin that is taken off makes room`, async () => {
  expect(LIMITS.conversationsPinned).toBe(50);
  const pin = async (conversationIDs: string[], isPinned = true) => {
    const { failed } = await town.ask('ann', 'conversation.change', {
      conversationIDs,
      changes: { isPinned },
    });
    return failed.map(({ code }) => code);
  };
  expect(await pin(groups.slice(0, 49))).toEqual([]);
  expect(await pin(groups.slice(49, 51))).toEqual([51004]);
  expect(await pin(groups.slice(0, 1))).toEqual([]);
  await pin(groups.slice(7, 8), false);
  expect(await pin(groups.slice(50, 52))).toEqual([51004]);
});

describe('named groups of conversations', () => {
  const change = async (
    action: 'create' | 'add' | 'delete',
    name: string,
    conversationIDs: string[] = [],
  ) => {
    const request = { action, name, conversationIDs };
    return town.ask('ann', 'conversationGroup.change', request).then(
      () => 0,
      (error: { code: number }) => error.code,
    );
  };

  test('are 20', async () => {
    expect(LIMITS.conversationGroups).toBe(20);
    const codes: number[] = [];
    for (let n = 0; n <= 20; n++) codes.push(await change('create', `n${n}`));
    expect(codes).toEqual([...Array.from({ length: 20 }, () => 0), 51010]);
    await change('delete', 'n3');
    expect(await change('create', 'n20')).toBe(0);
  });

  test('have 1,000 conversations each', async () => {
    expect(LIMITS.conversationsInGroup).toBe(1000);
    await change('create', 'n0');
    for (let from = 0; from < 900; from += 100)
      expect(await change('add', 'n0', groups.slice(from, from + 100))).toBe(0);
    expect(await change('add', 'n0', groups.slice(900, 999))).toBe(0);
    expect(await change('add', 'n0', groups.slice(999, 1000))).toBe(0);
    expect(await change('add', 'n0', ['C2Cben'])).toBe(10004);
    expect(await change('add', 'n0', groups.slice(0, 1))).toBe(0);
  });
});

test('the list has the newest 500, and a login brings the newest 15 unread messages of each', async () => {
  expect([LIMITS.conversationsListed, LIMITS.backlogPerConversation]).toEqual([500, 15]);
  const { conversations } = await town.ask('ann', 'conversation.list', {});
  expect(conversations).toHaveLength(500);
  const page = await loginSync(town.deps, 1, 'ann', undefined);
  expect(page.conversations).toHaveLength(500);
  const withBen = page.conversations.find(({ conversationID }) => conversationID === 'C2Cben');
  expect(withBen?.unread).toBe(16);
  expect(withBen?.backlog?.map(({ seq }) => seq)).toEqual(Array.from({ length: 15 }, (_, n) => n + 2));
});

test('of a log that is read on, 200 events come at once', async () => {
  expect(LIMITS.syncPage).toBe(200);
  const count = LIMITS.backlogPerConversation + 1;
  for (let n = count; n <= LIMITS.syncPage; n++) await town.ask('ben', 'message.send', textTo('ann', `${n}`));
  const { epoch } = town.deps.store;
  const read = async (after: number) => {
    const request = { conversationID: 'C2Cben', epoch, after };
    return (await town.ask('ann', 'conversation.sync', request)).range.events.length;
  };
  expect([await read(2), await read(1), await read(0)]).toEqual([199, 200, 200]);
  expect(await read(200)).toBe(1);
});
