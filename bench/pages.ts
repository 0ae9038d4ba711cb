// What a page of history costs at the length of its conversation: `node bench/pages.ts [messages…]`.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Actor, type CoreDeps, noHooks, type SessionCommand, useCases } from '@sterna/core';
import { createFakeClock, createSeededRandom, loggedIn, sendCommand } from '@sterna/core/testing';
import type { ReplyOf, RequestOf } from '@sterna/protocol';
import { SqliteStore } from '@sterna/store';

const LENGTHS = process.argv.slice(2).map(Number);
const ROUNDS = 300;
const POS_RANGE = 2 ** 32;
const CONVERSATION = 'C2Cben';

/** A one-to-one conversation of so many messages, written into the tables as the engine would have moved them there. */
async function grown(path: string, messages: number): Promise<void> {
  const store = open(path);
  const ann = await loggedIn(store, 'ann');
  await loggedIn(store, 'ben');
  await store.execute(sendCommand(ann, { conversationID: CONVERSATION, clientID: '1-1-1', text: 'first' }));
  await store.close();
  const db = new DatabaseSync(path);
  const log = Number(db.prepare(`SELECT id FROM log WHERE name LIKE 'c/%'`).get()?.['id']);
  const first = String(db.prepare('SELECT data FROM entry WHERE id = ?').get(log * POS_RANGE + 1)?.['data']);
  const [before, after] = first.split('"seq":1');
  if (after === undefined) throw new Error('an event is written otherwise than this bench knows');
  const rest = after.replace('"countable":1', '"countable":');
  const [middle, end] = rest.split('"countable":');
  db.exec('BEGIN');
  db.prepare(
    `WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
     INSERT INTO entry (id, seq, late, data) SELECT ? * ${POS_RANGE} + i, i, NULL, ? || i || ? || i || ? FROM n`,
  ).run(messages, log, `${before}"seq":`, `${middle}"countable":`, end ?? '');
  db.prepare('UPDATE log SET pos = ?, seq = ? WHERE id = ?').run(messages, messages, log);
  const head = { pos: messages, seq: messages, countable: messages, timeMs: 1_700_000_000_000 };
  db.prepare(`UPDATE record SET value = ? WHERE key LIKE 'c/%/head'`).run(JSON.stringify(head));
  db.exec('COMMIT');
  db.close();
}

function open(path: string): SqliteStore {
  return new SqliteStore({
    path,
    onFatal: (error) => {
      throw error;
    },
  });
}

async function measured(path: string, messages: number): Promise<Record<string, string>> {
  const store = open(path);
  const clock = createFakeClock();
  const random = createSeededRandom(1);
  const deps = {
    store,
    clock,
    random,
    hooks: noHooks,
    bus: { publish: () => undefined, subscribe: async () => () => undefined, close: async () => undefined },
    settings: () => ({ profileCustomFields: [], recallWindowMs: 120_000 }),
  } as unknown as CoreDeps;
  const ben = await loggedIn(store, 'ben');
  const history = (range: object): RequestOf<'message.history'> => ({
    conversationID: 'C2Cann',
    limit: 15,
    ...range,
  });
  const anywhere = (): number => 1 + Math.floor(random.fraction() * messages);
  const calls: Record<string, () => [SessionCommand, object]> = {
    'newest page': () => ['message.history', history({})],
    'page anywhere, back': () => ['message.history', history({ before: anywhere() + 1 })],
    'page anywhere, on': () => ['message.history', history({ after: anywhere() - 1 })],
    'oldest page': () => ['message.history', history({ before: 16 })],
    conversation: () => ['conversation.get', { conversationID: 'C2Cann' }],
    'delete one': () => ['message.delete', { conversationID: 'C2Cann', seqs: [anywhere()] }],
    'read mark': () => ['conversation.read', { conversationID: 'C2Cann', seq: messages }],
  };
  const row: Record<string, string> = {};
  for (const [name, call] of Object.entries(calls)) {
    const times: number[] = [];
    for (let round = 0; round < (name === 'read mark' ? 1 : ROUNDS); round++) {
      const [command, request] = call();
      const start = performance.now();
      const reply = await ask(deps, ben, command, request);
      times.push(performance.now() - start);
      if (name.includes('page')) requireFull(name, reply);
    }
    times.sort((a, b) => a - b);
    const at = (share: number): string => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(3);
    row[name] = `${at(0.5)} / ${at(0.99)}`;
  }
  await store.close();
  return row;
}

/** A page that is empty costs nothing anywhere; at the ends of the conversation some are short. */
function requireFull(name: string, reply: unknown): void {
  const { messages = [], complete } = reply as Partial<ReplyOf<'message.history'>>;
  if (messages.length === 15 || (complete && messages.length > 0)) return;
  throw new Error(`${name} has ${messages.length} messages`);
}

function ask(deps: CoreDeps, actor: Actor, command: SessionCommand, request: object): Promise<unknown> {
  return useCases[command](deps, actor, request as never);
}

for (const messages of LENGTHS.length > 0 ? LENGTHS : [1_000, 100_000, 1_000_000]) {
  const folder = mkdtempSync(join(tmpdir(), 'sterna-pages-'));
  try {
    const path = join(folder, 'sterna.db');
    await grown(path, messages);
    console.log(JSON.stringify({ messages, 'median / p99 in ms': await measured(path, messages) }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
