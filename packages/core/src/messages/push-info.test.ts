import { LIMITS, type RequestOf, utf8Bytes } from '@sterna/protocol';
import { describe, expect, test } from 'vitest';
import { c2cLog } from '../conversations/conversation-id.ts';
import { createTown, textTo } from '../testing/town.ts';
import type { Command } from '../transaction/command.ts';

const offlinePushInfo = { title: 'secret title', androidInfo: { sound: 'bell' } };
const at = { conversationID: 'C2Cben', seq: 1 };

async function town() {
  const { ask, deps, published } = await createTown(['ann', 'ben']);
  const asked: Command[] = [];
  deps.hooks = {
    wants: (type) => type === 'message.send',
    async before(command) {
      asked.push(command);
      return { allow: true };
    },
    topics: new Set(),
  };
  return {
    ask,
    asked,
    published,
    send: (info: RequestOf<'message.send'>['offlinePushInfo'], more: { onlineUserOnly?: true } = {}) =>
      ask('ann', 'message.send', { ...textTo('ben', '1', 'hello'), offlinePushInfo: info, ...more }),
    kept: async () => JSON.stringify(await deps.store.entries({ log: c2cLog(1, 'ann', 'ben'), limit: 9 })),
  };
}

describe('how phones are to be woken', () => {
  test('is told to hooks and kept with the message', async () => {
    const { send, asked, kept } = await town();
    await send(offlinePushInfo);
    expect(asked).toMatchObject([{ body: { request: { offlinePushInfo } } }]);
    expect(JSON.parse(await kept())).toMatchObject([{ event: { offlinePushInfo } }]);
  });

  test('is told to hooks alone where the message is for those who are online', async () => {
    const { send, asked, published } = await town();
    await send(offlinePushInfo, { onlineUserOnly: true });
    expect(asked).toMatchObject([{ body: { request: { offlinePushInfo } } }]);
    expect(published).not.toEqual([]);
    expect(JSON.stringify(published)).not.toContain('secret title');
  });

  test('says nothing any more of what was changed or recalled', async () => {
    const elements = [{ type: 'TIMTextElem' as const, payload: { text: 'bye' } }];
    for (const command of ['message.recall', 'message.modify'] as const) {
      const { ask, send, kept } = await town();
      await send(offlinePushInfo);
      expect(await kept()).toContain('secret');
      await ask('ann', command, { ...at, version: 0, elements } as never);
      expect(await kept()).not.toContain('secret');
    }
  });

  test('has a bound, as JSON', async () => {
    const of = (bytes: number) => {
      const title = '海'.repeat((bytes - 12) / 3) + 'x'.repeat((bytes - 12) % 3);
      expect(utf8Bytes(JSON.stringify({ title }))).toBe(bytes);
      return { title };
    };
    for (const bytes of [LIMITS.offlinePushBytes - 1, LIMITS.offlinePushBytes])
      await (await town()).send(of(bytes));
    await expect((await town()).send(of(LIMITS.offlinePushBytes + 1))).rejects.toMatchObject({
      code: 10004,
    });
  });
});
