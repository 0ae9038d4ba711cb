import type { TestServer } from '@sterna/server/testing';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { launchBrowser } from '../../environment/chromium.ts';
import { startChat } from './stage.ts';

/** What a test finds when it begins; to be looked at within a test or a hook. */
export interface House {
  readonly browser: Browser;
  readonly server: TestServer;
}

/** For the tests of a file: one browser, and for each test a server of its own. */
export function openHouse(): House {
  const house = {} as { browser: Browser; server: TestServer };
  beforeAll(async () => {
    house.browser = await launchBrowser();
  });
  afterAll(async () => {
    await house.browser.close();
  });
  beforeEach(async () => {
    house.server = await startChat();
  });
  afterEach(() => house.server.stop());
  return house;
}
