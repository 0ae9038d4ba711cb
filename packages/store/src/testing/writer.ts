// A process that writes into a SQLite store until it is killed or done, and says what was acknowledged, one line of JSON each.
// Run with: node writer.ts <settings as JSON>, see `WriterSettings`. Lines go to the file descriptor that they name.

import { writeSync } from 'node:fs';
import type { Actor, CommandReply } from '@sterna/core';
import { createSeededRandom, loggedIn, sendCommand } from '@sterna/core/testing';
import { SqliteStore } from '../sqlite/sqlite-store.ts';
import type { Acked, WriterSettings } from './writer-lines.ts';

const settings = JSON.parse(process.argv[2] ?? '{}') as WriterSettings;
const { path, seed, messages, fd, synchronous, pendingRows, checkpointPages } = settings;
const random = createSeededRandom(seed);
const store = new SqliteStore({
  path,
  ...(synchronous !== undefined && { synchronous }),
  ...(pendingRows !== undefined && { pendingRows }),
  ...(checkpointPages !== undefined && { checkpointPages }),
  movedTogether: 8,
  onFatal(error) {
    throw error;
  },
});

const users = ['ann', 'bob', 'cat', 'dan', 'eve'] as const;
const actors: Actor[] = [];
// Instances of their own for each run, so that a run ends no session of an earlier one that it may still be told of.
for (const userID of users) actors.push(await loggedIn(store, userID, `${userID}-${seed}`));

function say(line: Acked | { done: true }): void {
  writeSync(fd, `${JSON.stringify(line)}\n`);
}

async function send(number: number): Promise<void> {
  const actor = actors[random.below(actors.length)] ?? actors[0];
  const peer = random.pick(users);
  if (actor === undefined || peer === actor.userID) return;
  const clientID = `${seed}-${number}`;
  const text = `${clientID} ${'x'.repeat(random.below(random.chance(0.05) ? 9_000 : 300))}`;
  const outcome = await store.execute(sendCommand(actor, { conversationID: `C2C${peer}`, clientID, text }));
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal.reason}`);
  const { seq, pos } = outcome.reply as CommandReply<'message.send'>;
  const log = outcome.entries[0]?.log;
  if (log === undefined) throw new Error('nothing was appended');
  say({ log, pos, seq, clientID, text });
}

for (let number = 0; number < messages; ) {
  const together = 1 + random.below(12);
  await Promise.all(Array.from({ length: together }, (_, index) => send(number + index)));
  number += together;
}
await store.close();
say({ done: true });
