import { startServer } from '@sterna/server/testing';
import { expect, test } from 'vitest';
import { createProject } from '../../e2e/packaging/package.ts';
import { LIMITS } from '../host/limits.ts';
import { buildStartUp } from '../real/build-program.ts';
import { openPhone } from '../real/phone.ts';
import { startSimulator, uploadBytes } from './simulator.ts';

test(
  'two people chat through the sample: its pages are rendered, tapped and typed into',
  { timeout: 120_000 },
  async () => {
    await using server = await startServer({ development: true });
    using simulator = startSimulator(server.url);

    const signIn = simulator.open('pages/sign-in/sign-in');
    await expect.poll(() => signIn.texts('.person')).toEqual(['Alice', 'Bob', 'Carol', 'Dave']);
    await signIn.tap('.person', 0);
    await expect.poll(() => signIn.texts('.peer'), { timeout: 15_000 }).toEqual(['Bob', 'Carol', 'Dave']);
    expect(signIn.texts('.title').at(-1)).toBe('Whom do you write to, alice?');
    await signIn.tap('.peer', 0);
    expect(simulator.routes).toEqual(['/pages/chat/chat?to=bob']);
    signIn.leave();

    using other = createProject({ 'tim-wx-sdk': 'packages/sdk-wx' });
    const program = await buildStartUp(
      other,
      `import TIM from 'tim-wx-sdk'; const COS = null; const tim = TIM.create({ SDKAppID: ${server.SDKAppID} });`,
    );
    using bob = openPhone(program, server);
    await bob.login('bob');
    await bob.event('sdkStateReady');

    const chat = simulator.open('pages/chat/chat', { to: 'bob' });
    expect(chat.has('.offline')).toBe(false);
    await chat.type('.input', 'hello bob');
    await chat.tap('.send');
    await expect.poll(bob.received).toEqual(['hello bob']);
    await expect.poll(() => chat.texts('.message')).toEqual(['hello bob']);
    await bob.text('alice', 'hello alice');
    await expect.poll(() => chat.texts('.theirs')).toEqual(['hello alice']);
    expect(chat.texts('.mine')).toEqual(['hello bob']);
    chat.leave();

    const again = simulator.open('pages/chat/chat', { to: 'bob' });
    await expect.poll(() => again.texts('.message')).toEqual(['hello bob', 'hello alice']);
    expect(simulator.host.sockets.mostOpen).toBe(1);

    using second = openPhone(program, server, { seed: 2 });
    await second.login('alice');
    await expect.poll(() => simulator.routes.at(-1)).toBe('/pages/sign-in/sign-in');

    const bytes = uploadBytes(simulator.folder);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(LIMITS.mainPackageBytes / 10);
  },
);
