// CPU and time of `message.send` on the SQLite engine, in batches, beside a bare insert of the same text: the floor.
// Run with: node packages/store/bench/append.ts [--batch 64] [--commands 40000] [--pairs 100]

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import type { Actor, Command } from '@sterna/core';
import { loggedIn, sendCommand } from '@sterna/core/testing';
import { SqliteStore } from '../src/index.ts';

const { values } = parseArgs({
  options: {
    batch: { type: 'string' },
    commands: { type: 'string', default: '40000' },
    pairs: { type: 'string', default: '100' },
    /** Where the databases go: the disk to measure. */
    folder: { type: 'string', default: './data/bench' },
    only: { type: 'string' },
  },
});
const commands = Number(values.commands);
const pairs = Number(values.pairs);
const batches = values.batch === undefined ? [1, 8, 64, 256] : [Number(values.batch)];
const text = 'x'.repeat(100);

interface Figures {
  cpuUs: number;
  wallUs: number;
  worstMs: number;
}

/** Commands before the measurement: by then the compiler has done its work. */
const WARM_UP = 30_000;

/** Runs batch after batch. */
async function measure(batch: number, run: (from: number) => Promise<void>): Promise<Figures> {
  const warm = Math.ceil((batch === 1 ? WARM_UP / 10 : WARM_UP) / batch) * batch;
  const total = batch === 1 ? Math.ceil(commands / 8) : commands;
  for (let from = 0; from < warm; from += batch) await run(from);
  const cpu = process.cpuUsage();
  const start = performance.now();
  let worstMs = 0;
  for (let from = warm; from < warm + total; from += batch) {
    const began = performance.now();
    await run(from);
    worstMs = Math.max(worstMs, performance.now() - began);
  }
  const { user, system } = process.cpuUsage(cpu);
  return { cpuUs: (user + system) / total, wallUs: ((performance.now() - start) * 1000) / total, worstMs };
}

/** A text message in its stored form, inserted with one small index: what any durable relay must do at least. */
async function floor(folder: string, batch: number): Promise<Figures> {
  const db = new DatabaseSync(join(folder, 'floor.db'));
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  db.exec(
    'CREATE TABLE message (id INTEGER PRIMARY KEY, log INTEGER, data TEXT); CREATE INDEX of_log ON message (log, id)',
  );
  const insert = db.prepare('INSERT INTO message (log, data) VALUES (?, ?)');
  const figures = await measure(batch, async (from) => {
    db.exec('BEGIN');
    for (let index = from; index < from + batch; index++) {
      const element = { type: 'TIMTextElem', payload: { text } };
      insert.run(
        index % pairs,
        JSON.stringify({ seq: index, from: `user${index % pairs}`, elements: [element] }),
      );
    }
    db.exec('COMMIT');
  });
  db.close();
  return figures;
}

async function engine(folder: string, batch: number): Promise<Figures> {
  const store = new SqliteStore({
    path: join(folder, 'sterna.db'),
    onFatal: (error) => {
      throw error;
    },
  });
  const actors: Actor[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    actors.push(await loggedIn(store, `user${pair}`));
    await loggedIn(store, `peer${pair}`);
  }
  const startMs = 1_700_000_000_000;
  const command = (index: number): Command => {
    const pair = Math.imul(index, 2654435761) >>> 0;
    const actor = actors[pair % pairs] ?? actors[0];
    if (actor === undefined) throw new Error('no pairs');
    const clientID = `${1_700_000_000 + Math.floor(index / 5_000)}-${pair}`;
    return sendCommand(actor, {
      conversationID: `C2Cpeer${pair % pairs}`,
      clientID,
      text,
      nowMs: startMs + index,
    });
  };
  const figures = await measure(batch, async (from) => {
    const sent = [];
    for (let index = from; index < from + batch; index++) sent.push(store.execute(command(index)));
    for (const outcome of await Promise.all(sent)) if (!outcome.ok) throw new Error(outcome.refusal.reason);
  });
  await store.close();
  return figures;
}

const show = ({ cpuUs, wallUs, worstMs }: Figures) =>
  `${cpuUs.toFixed(1)} µs CPU, ${wallUs.toFixed(1)} µs, worst batch ${worstMs.toFixed(0)} ms`;

for (const batch of batches) {
  mkdirSync(resolve(values.folder), { recursive: true });
  const folder = mkdtempSync(join(resolve(values.folder), 'append-'));
  try {
    const bare = values.only === 'engine' ? undefined : await floor(folder, batch);
    const ours = values.only === 'floor' ? undefined : await engine(folder, batch);
    console.log(`batch ${batch}`);
    if (bare !== undefined) console.log(`  bare insert   ${show(bare)}`);
    if (ours !== undefined) console.log(`  message.send  ${show(ours)}`);
    if (bare !== undefined && ours !== undefined)
      console.log(`  CPU ratio     ${(ours.cpuUs / bare.cpuUs).toFixed(2)}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
