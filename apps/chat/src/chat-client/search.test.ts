import { expect, test } from 'vitest';
import { CHAT, lines, signedIn } from '../../dev/stage.ts';
import { LIMITS } from './limits.ts';

test('one conversation is searched page by page, all of them for how much each has', async () => {
  const { client } = await signedIn({
    histories: { [CHAT]: lines(LIMITS.foundPerPage + 1), C2Ccarol: lines(1, 'carol') },
  });
  const everywhere = await client.searchMessages({ keywords: ['line'], conversationID: undefined }, '');
  expect(everywhere).toMatchObject({
    total: 2,
    found: [
      { conversationID: CHAT, count: LIMITS.foundPerPage + 1, items: [] },
      { conversationID: 'C2Ccarol', count: 1, items: [{ text: 'line 1', from: 'carol' }] },
    ],
    cursor: '',
  });
  const query = { keywords: ['line'], conversationID: CHAT };
  const first = await client.searchMessages(query, '');
  expect(first).toMatchObject({
    total: LIMITS.foundPerPage + 1,
    found: [{ count: LIMITS.foundPerPage + 1 }],
  });
  expect(first.found[0]?.items).toHaveLength(LIMITS.foundPerPage);
  const second = await client.searchMessages(query, first.cursor);
  expect(second.found[0]?.items.map(({ text }) => text)).toEqual(['line 1']);
  expect(second.cursor).toBe('');
});
