import type { ObjectIndex } from '../../storage/object-index.ts';
import { createEngine, openDatabase } from './engine.ts';
import { queuedIndex } from './index-queue.ts';

/** The index on the caller's own thread, in memory unless a file is named: for tests and tools. */
export function openInlineIndex(path = ':memory:'): ObjectIndex {
  const db = openDatabase(path);
  const run = createEngine(db);
  return queuedIndex({
    execute: async (commands) => run(commands),
    close: async () => db.close(),
  });
}
