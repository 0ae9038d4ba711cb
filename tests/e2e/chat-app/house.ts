import type { TestServer } from '@sterna/server/testing';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { launchBrowser } from '../../environment/chromium.ts';
import { type BuiltApp, buildApp, startChat } from './stage.ts';

/** What a test finds when it begins; to be looked at within a test or a hook. */
export interface House {
  readonly app: BuiltApp;
  readonly browser: Browser;
  readonly server: TestServer;
}

/** For the tests of a file: one browser and one build of the app, and for each test a server of its own. */
export function openHouse(): House {
  const house = {} as { app: BuiltApp; browser: Browser; server: TestServer };
  beforeAll(async () => {
    [house.app, house.browser] = await Promise.all([buildApp(), launchBrowser()]);
  });
  afterAll(async () => {
    await house.browser.close();
    await house.app[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    house.server = await startChat(house.app);
  });
  afterEach(() => house.server.stop());
  return house;
}
