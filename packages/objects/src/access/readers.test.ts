import { describe, expect, test } from 'vitest';
import { targetOf, type Wanted } from '../testing/cos-client.ts';
import { MemoryService } from '../testing/memory-service.ts';

const KEY = '1/alice/r4nd0m/a.txt';
const HOUR = 3_600_000;
const body = Buffer.from('content');
const put: Wanted = { method: 'PUT', key: KEY, body };

describe('downloads that are checked', () => {
  const asked: object[] = [];
  const open = async (app: string, user: string, laterMs = 0, checks = true) => {
    const memory = new MemoryService({
      mayRead: checks
        ? async (request) => {
            asked.push(request);
            return request.user === 'bob';
          }
        : undefined,
    });
    await memory.send(put);
    const token = memory.service.issueReaderToken(app, user, memory.clock.nowMs() + HOUR);
    memory.clock.advance(laterMs);
    return memory.sendPlain('GET', targetOf(KEY, { reader: token }));
  };

  test('open for whom the port says so', async () => {
    expect(await open('1', 'bob')).toMatchObject({ status: 200, body });
    expect(asked.at(-1)).toEqual({ app: '1', user: 'bob', key: KEY, owner: 'alice' });
  });

  test('a link needs a reader beside it, who is asked for, and no other link than its own', async () => {
    const memory = new MemoryService({ mayRead: async ({ user }) => user === 'bob' });
    await memory.send(put);
    const endMs = memory.clock.nowMs() + HOUR;
    const link = memory.service.signGetURL(KEY, endMs).replace(/^https?:\/\/[^/]+/, '');
    const get = async (target: string) => (await memory.sendPlain('GET', target)).status;
    const token = (user: string) => memory.service.issueReaderToken('1', user, endMs);
    expect(await get(link)).toBe(403);
    expect(await get(`${link}&reader=${token('bob')}`)).toBe(200);
    expect(await get(`${link}&reader=${token('carol')}`)).toBe(403);
    expect(await get(`${link}&reader=${token('bob')}x`)).toBe(403);
    expect(await get(`${link.replace(/.$/, '')}&reader=${token('bob')}`)).toBe(403);
  });

  test.each<[string, Parameters<typeof open>]>([
    ['for whom it does not', ['1', 'carol']],
    ['in another app', ['2', 'bob']],
    ['with a token of yesterday', ['1', 'bob', HOUR]],
    ['where nobody can say', ['1', 'bob', 0, false]],
  ])('closed %s', async (_, [app, user, laterMs, checks]) => {
    expect(await open(app, user, laterMs, checks)).toMatchObject({ status: 403 });
  });
});
