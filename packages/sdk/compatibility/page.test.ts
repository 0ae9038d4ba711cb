import { readFileSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { composeTIM } from '../src/create.ts';
import CompactTIM from '../src/entries/compact.ts';
import NodeTIM from '../src/entries/node.ts';
import MiniProgramTIM from '../src/entries/wx.ts';
import TIM from '../src/index.ts';
import { everyMethod } from '../src/methods.ts';
import { builtMethods } from './built.ts';
import { emittedEvents } from './emitted.ts';
import { withTables } from './page.ts';
import { readPublishedAPI } from './published-api.ts';

const PAGE = new URL('../../../docs/compatibility.md', import.meta.url);

/** The host is looked for when an instance is made; this one has no socket to give. */
async function miniProgramMethods(): Promise<ReadonlySet<string>> {
  vi.stubGlobal('wx', {});
  onTestFinished(() => void vi.unstubAllGlobals());
  return builtMethods(MiniProgramTIM.create({ SDKAppID: 1400000096 }));
}

/** `STERNA_WRITE_DOCS=1` writes the page instead of comparing it. */
test('docs/compatibility.md shows the SDK as it is', async () => {
  const page = readFileSync(PAGE, 'utf8');
  const found = {
    browser: {
      methods: await builtMethods(TIM.create({ SDKAppID: 1400000098 })),
      events: emittedEvents('browser'),
    },
    others: {
      '`compact`': {
        methods: await builtMethods(CompactTIM.create({ SDKAppID: 1400000094 })),
        events: emittedEvents('compact'),
      },
      'mini programs': { methods: await miniProgramMethods(), events: emittedEvents('wx') },
      Node: {
        methods: await builtMethods(NodeTIM.create({ SDKAppID: 1400000095 })),
        events: emittedEvents('node'),
      },
    },
  };
  const current = withTables(page, readPublishedAPI(), found);
  if (process.env['STERNA_WRITE_DOCS'] === '1') writeFileSync(PAGE, current);
  else expect(page, 'write it with: npm run docs').toBe(current);
});

test('an event counts for the builds whose sources emit it, and for no other', () => {
  const [compact, node, wx] = [emittedEvents('compact'), emittedEvents('node'), emittedEvents('wx')];
  for (const value of ['sdkStateReady', 'error', 'onMessageReceived', 'blacklistUpdated']) {
    expect([compact.has(value), node.has(value), wx.has(value)], value).toEqual([true, true, true]);
  }
  for (const value of ['onFriendListUpdated', 'onMyFollowingListUpdated', 'onUserStatusUpdated']) {
    expect([compact.has(value), node.has(value), wx.has(value)], value).toEqual([false, true, true]);
  }
});

test('a method counts as built when it does anything but refuse with 2998', async () => {
  const destroy = () => Promise.resolve({});
  const engine = composeTIM(
    ({ free }) => ({
      destroy: () => {
        free();
        return destroy();
      },
      logout: () => Promise.reject(new Error('not logged in')),
      ready: () => new Promise<void>(() => undefined),
      isReady: () => false,
    }),
    everyMethod(),
    () => undefined,
  );
  const built = await builtMethods(engine.create({ SDKAppID: 1400000099 }));
  expect([...built].toSorted()).toEqual([
    'callExperimentalAPI',
    'destroy',
    'downloadLog',
    'isReady',
    'logout',
    'off',
    'on',
    'once',
    'ready',
    'registerPlugin',
    'setLogLevel',
  ]);
});
