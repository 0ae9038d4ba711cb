// Shows that the packed SDK chats in other runtimes: `npm run runtimes -- bun deno`, by name or by path; Node without any.
// They are no dependencies of ours: npm has them as `@oven/bun-linux-x64-baseline` and `@deno/linux-x64-glibc`, one file each.

import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { startServer } from '@sterna/server/testing';
import { createProject } from '../e2e/packaging/package.ts';

const RUN_MS = 30_000;

/** Two people in one process, so each with an app's instance of their own: the registry must be emptied in between. */
const PROGRAM = `
import TIM from 'tim-js-sdk';
import { createRequire } from 'node:module';
const required = createRequire(import.meta.url)('tim-js-sdk');
const { SDKAppID, server, people } = JSON.parse(process.argv.at(-1));
async function enter({ userID, userSig }) {
  const tim = TIM.create({ SDKAppID, proxyServer: server });
  const isShared = required.create({ SDKAppID }) === tim;
  globalThis[Symbol.for('sterna.instances')].delete(SDKAppID);
  tim.setLogLevel(4);
  const first = new Promise((resolve) =>
    tim.once(TIM.EVENT.MESSAGE_RECEIVED, ({ data: [message] }) => resolve(message.payload.text)));
  await tim.login({ userID, userSig });
  await tim.ready();
  return { tim, first, isShared };
}
const [alice, bob] = [await enter(people[0]), await enter(people[1])];
const message = alice.tim.createTextMessage({ to: 'bob', conversationType: TIM.TYPES.CONV_C2C, payload: { text: 'hello' } });
await alice.tim.sendMessage(message);
const text = await bob.first;
await Promise.all([alice.tim.logout(), bob.tim.logout()]);
console.log(JSON.stringify({ text, status: message.status, isShared: alice.isShared }));
`;
const EXPECTED = JSON.stringify({ text: 'hello', status: 'success', isShared: true });

await using server = await startServer();
using app = createProject({ 'tim-js-sdk': 'packages/sdk' });
const file = app.write('chat.mjs', PROGRAM);
const people = ['alice', 'bob'].map((userID) => ({ userID, userSig: server.userSig(userID) }));
const parameters = JSON.stringify({ SDKAppID: server.SDKAppID, server: server.wsURL, people });

for (const runtime of process.argv.length > 2 ? process.argv.slice(2) : [process.execPath]) {
  const isDeno = basename(runtime).startsWith('deno');
  const args = [...(isDeno ? ['run', '--allow-all', '--quiet'] : []), file, parameters];
  const printed = await run(runtime, args);
  if (printed !== EXPECTED) process.exitCode = 1;
  console.log(`${runtime} ${await run(runtime, ['--version'])}: ${printed === EXPECTED ? 'chats' : printed}`);
}

/** What it prints; it ends by itself, as nothing of the SDK holds a process that has logged out. */
async function run(command: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(command, args, { cwd: app.folder, timeout: RUN_MS });
    return stdout.trim().split('\n')[0] ?? '';
  } catch (error) {
    return String(error);
  }
}
