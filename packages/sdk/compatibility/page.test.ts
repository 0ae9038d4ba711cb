import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { composeTIM } from '../src/create.ts';
import TIM from '../src/index.ts';
import { everyMethod } from '../src/methods.ts';
import { builtMethods } from './built.ts';
import { emittedEvents } from './emitted.ts';
import { withTables } from './page.ts';
import { readPublishedAPI } from './published-api.ts';

const PAGE = new URL('../../../docs/compatibility.md', import.meta.url);

/** `STERNA_WRITE_DOCS=1` writes the page instead of comparing it. */
test('docs/compatibility.md shows the SDK as it is', async () => {
  const page = readFileSync(PAGE, 'utf8');
  const found = {
    builtMethods: await builtMethods(TIM.create({ SDKAppID: 1400000098 })),
    emittedEvents: emittedEvents(),
  };
  const current = withTables(page, readPublishedAPI(), found);
  if (process.env['STERNA_WRITE_DOCS'] === '1') writeFileSync(PAGE, current);
  else expect(page, 'write it with: npm run docs').toBe(current);
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
