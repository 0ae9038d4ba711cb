import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allModules, createInstance, createNodePlatform, userStatus } from '@sterna/sdk/testing';
import { type ServerProcess, type SpawnedServer, spawnServer } from '@sterna/server/testing';
import { expect, onTestFinished, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 120_000 });
/** The longest pause between two attempts of the SDK, and a start on a busy machine. */
const BACK = { timeout: 60_000, interval: 50 };

/** The real SDK, over the network. */
async function device(server: SpawnedServer, userID: string) {
  const proxyServer = `ws://127.0.0.1:${server.port}`;
  const sink = () => undefined;
  const domains = [...allModules, userStatus];
  const tim = createInstance(createNodePlatform(), server.SDKAppID, sink, { proxyServer, domains });
  onTestFinished(async () => void (await tim.destroy()));
  const told: string[] = [];
  tim.on(
    'onUserStatusUpdated',
    ({ data }: { data: { userID: string; statusType: number; customStatus: string }[] }) =>
      told.push(
        ...data.map(({ userID: who, statusType, customStatus }) => `${who} ${statusType} ${customStatus}`),
      ),
  );
  let returns = 0;
  tim.on('netStateChange', ({ data }: { data: { state: string } }) => {
    if (data.state === 'connected') returns += 1;
  });
  await tim.login({ userID, userSig: server.credentials(userID).userSig });
  await vi.waitFor(() => expect(tim.isReady()).toBe(true), BACK);
  return { tim, told, returns: () => returns };
}

const END = {
  stopped: async (server: ServerProcess) => {
    server.signal('SIGTERM');
    return await server.exited;
  },
  killed: (server: ServerProcess) => server.kill9(),
};

test.each(Object.keys(END) as (keyof typeof END)[])(
  'a custom status is there again after the server was %s and started, and who heard of it hears nothing',
  async (how) => {
    const data = await mkdtemp(join(tmpdir(), 'sterna-presence-'));
    onTestFinished(() => rm(data, { recursive: true, force: true }));
    await using first = await spawnServer({ data });
    const server = await first.ready;
    const [ann, ben] = [await device(server, 'ann'), await device(server, 'ben')];
    await ben.tim.subscribeUserStatus({ userIDList: ['ann'] });
    await ann.tim.setSelfStatus({ customStatus: 'at sea' });
    await vi.waitFor(() => expect(ben.told).toEqual(['ann 1 at sea']), BACK);
    const before = [ann.returns(), ben.returns()];

    await END[how](first);
    await using second = await spawnServer({ data, env: { PORT: String(server.port) } });
    await second.ready;
    await vi.waitFor(() => {
      expect(ann.returns()).toBeGreaterThan(before[0] ?? 0);
      expect(ben.returns()).toBeGreaterThan(before[1] ?? 0);
    }, BACK);
    const { data: seen } = await ben.tim.getUserStatus({ userIDList: ['ann'] });
    expect(seen.successUserList).toEqual([{ userID: 'ann', statusType: 1, customStatus: 'at sea' }]);
    // What Ben is told next is the next thing that Ann says.
    await ben.tim.subscribeUserStatus({ userIDList: ['ann'] });
    await ann.tim.setSelfStatus({ customStatus: 'ashore' });
    await vi.waitFor(() => expect(ben.told).toContain('ann 1 ashore'), BACK);
    expect(ben.told).toEqual(['ann 1 at sea', 'ann 1 ashore']);
    expect(ann.told).toEqual([]);
  },
);
