import type { TestServer } from '@sterna/server/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../environment/chromium.ts';
import { connectClient, type ProtocolClient } from '../../protocol-client/client.ts';
import { accessibilityFaults, PHONE, type Seat, startChat, takeSeat } from './stage.ts';

/** What a room's page holds at most, and a crowd that says far more in few seconds. */
const ROWS = 200;
const SPEAKERS = 5;
const SAID_BY_EACH = 60;
const EVERY_MS = 100;

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  browser = await launchBrowser();
  server = await startChat();
});
afterAll(async () => {
  await server.stop();
  await browser.close();
});

const sit = (user: string, hash = ''): Promise<Seat> => takeSeat(browser, server, { user, hash });

/** A host who speaks the protocol alone, and the room that is theirs. */
async function room(
  name: string,
  where = server,
): Promise<{ host: ProtocolClient; groupID: string; hash: string }> {
  const host = await enter('carol', where);
  const { group } = await host.request('group.create', { type: 'AVChatRoom', name });
  await host.request('group.join', { groupID: group.groupID });
  return { host, groupID: group.groupID, hash: `#/${encodeURIComponent(`GROUP${group.groupID}`)}` };
}

async function enter(userID: string, where: TestServer): Promise<ProtocolClient> {
  const client = await connectClient(where.wsURL);
  await client.login({ SDKAppID: where.SDKAppID, userID, userSig: where.userSig(userID) });
  return client;
}

/** What the page's thread has worked from now on: its own time, whatever else the machine was busy with. */
async function watchWork(page: Page): Promise<{ milliseconds(): Promise<number> }> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const seconds = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  };
  const before = await seconds();
  return { milliseconds: async () => ((await seconds()) - before) * 1000 };
}

async function say(client: ProtocolClient, groupID: string, text: string, number: number): Promise<void> {
  await client.request('message.send', {
    conversationID: `GROUP${groupID}`,
    clientID: `1700000000-${number}`,
    elements: [{ type: 'TIMTextElem', payload: { text } }],
  });
}

const stream = (seat: Seat) => seat.page.getByRole('log');

describe('a live room', () => {
  test('is opened by its host, who sees who comes, silences one and sends one out', async () => {
    await using alice = await sit('alice');
    const { page } = alice;
    await page.getByRole('button', { name: 'New conversation' }).click();
    await page.getByRole('menuitem', { name: 'New group' }).click();
    const dialog = page.getByRole('dialog', { name: 'New group' });
    await dialog.getByLabel('Group name').fill('Nest camera');
    await dialog.getByText('Live room').click();
    await alice.shot('new-group-kinds');
    await dialog.getByRole('button', { name: 'Create group' }).click();
    await stream(alice).getByText('You joined the group').waitFor();
    await alice.row('Nest camera').waitFor();
    await alice.send('Welcome, everyone!');

    const address = new URL(page.url()).hash;
    await using bob = await sit('bob', address);
    await stream(bob).getByText('Welcome, everyone!').waitFor();
    await bob.send('The chick is awake');
    await stream(alice).getByText('The chick is awake').waitFor();
    await bob.page.getByText('2 viewers').waitFor();
    expect(await stream(bob).getByRole('button', { name: 'Alice' }).count()).toBe(0);
    await alice.shot('live-room');
    expect(await accessibilityFaults(page)).toEqual([]);

    await stream(alice).getByRole('button', { name: 'Bob' }).click();
    await page.getByRole('menuitem', { name: 'Mute…' }).click();
    await page.getByRole('dialog', { name: 'Mute Bob' }).getByRole('button', { name: 'Mute' }).click();
    await stream(bob).getByText('Alice muted you').waitFor();
    await bob.send('Am I heard?');
    await stream(bob).getByText('Am I heard?').locator('xpath=..').getByRole('alert').waitFor();
    await bob.shot('live-room-muted');
    await stream(alice).getByRole('button', { name: 'Bob' }).click();
    await page.getByRole('menuitem', { name: 'Unmute' }).click();
    await stream(bob).getByRole('button', { name: 'Try again' }).click();
    await stream(alice).getByText('Am I heard?').waitFor();

    await stream(alice).getByRole('button', { name: 'Bob' }).last().click();
    await page.getByRole('menuitem', { name: 'Send out…' }).click();
    const ban = page.getByRole('dialog', { name: 'Send Bob out' });
    await ban.getByText('10 minutes').click();
    await ban.getByRole('button', { name: 'Send out' }).click();
    const isNamed = () => bob.page.getByRole('heading', { name: 'Nest camera' }).waitFor();
    await bob.page.getByText('You were sent out of this live room').waitFor();
    await isNamed();
    await bob.shot('live-room-sent-out');
    expect(await accessibilityFaults(bob.page)).toEqual([]);
    await bob.page.reload();
    await bob.page.getByText('You cannot come into this live room now').waitFor();
    await isNamed();
    await bob.page.getByRole('button', { name: 'Come in' }).click();
    await bob.page.getByText('You are not allowed to do this in the group').waitFor();
    expect(alice.errors).toEqual([]);
  });

  test('keeps up with a crowd, with a bounded page, and stands still for who reads back', async () => {
    // As much as this is more than a room carries where nobody has set it.
    const liveRooms = {
      messagesPerSecond: 1000,
      refusesExcess: false,
      guests: false,
      joined: 1,
      history: 20,
    };
    await using busy = await startChat({ development: false, app: { liveRooms } });
    const { host, groupID, hash } = await room('The great migration', busy);
    await using _host = host;
    await using alice = await takeSeat(browser, busy, { hash });
    const { page } = alice;
    await page.getByLabel('SDKAppID').fill(String(busy.SDKAppID));
    await page.getByLabel('User ID').fill('alice');
    await page.getByLabel('UserSig').fill(busy.userSig('alice'));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await alice.composer.waitFor();
    const work = await watchWork(page);
    const speakers = await Promise.all(
      Array.from({ length: SPEAKERS }, async (_, index) => {
        const speaker = await enter(`speaker${index}`, busy);
        await speaker.request('group.join', { groupID });
        return speaker;
      }),
    );
    for (let line = 1; line <= SAID_BY_EACH; line += 1) {
      const pause = new Promise((resolve) => setTimeout(resolve, EVERY_MS));
      await Promise.all(
        speakers.map((speaker, index) =>
          say(speaker, groupID, `Flock ${index + 1} passes mile ${line}`, line),
        ),
      );
      await pause;
    }
    await stream(alice).getByText(`Flock ${SPEAKERS} passes mile ${SAID_BY_EACH}`, { exact: true }).waitFor();
    expect(await stream(alice).getByRole('listitem').count()).toBe(ROWS);
    // The page draws in frames, not in messages: that leaves it three quarters of its time, however many speak.
    expect(await work.milliseconds()).toBeLessThan((SAID_BY_EACH * EVERY_MS) / 4);
    await alice.shot('live-room-crowd');

    await stream(alice).evaluate((element) => {
      element.scrollTop = -600;
    });
    await page.getByRole('button', { name: 'Back to live' }).waitFor();
    const before = await stream(alice).getByRole('listitem').allTextContents();
    await say(host, groupID, 'Look to the north', 1);
    await page.getByRole('button', { name: '1 new message' }).waitFor();
    expect(await stream(alice).getByRole('listitem').allTextContents()).toEqual(before);
    await page.getByRole('button', { name: '1 new message' }).click();
    await stream(alice).getByText('Look to the north').waitFor();
    await page.getByRole('button', { name: /new message|Back to live/u }).waitFor({ state: 'detached' });
    for (const speaker of speakers) await speaker[Symbol.asyncDispose]();
  });

  test('fits a phone, in the dark, and is left', async () => {
    const { host, groupID, hash } = await room('Night watch');
    await using _host = host;
    await say(host, groupID, 'The owl is back', 1);
    await using dave = await takeSeat(browser, server, {
      user: 'dave',
      device: { ...PHONE, colorScheme: 'dark', reducedMotion: 'reduce' },
      hash,
    });
    const { page } = dave;
    await stream(dave).getByText('The owl is back').waitFor();
    await dave.composer.fill('So quiet here');
    await page.getByRole('button', { name: 'Send' }).tap();
    await stream(dave).getByText('So quiet here').waitFor();
    await dave.shot('phone-live-room-dark');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Details' }).tap();
    await page.getByRole('button', { name: 'Leave group' }).waitFor();
    expect(await page.getByRole('button', { name: 'My name in this group' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Leave group' }).tap();
    await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).tap();
    await page.getByText('No conversations yet').waitFor();
    expect(dave.errors).toEqual([]);
  });
});
