import { parentPort, workerData } from 'node:worker_threads';
import * as v from 'valibot';
import { createEngine, type IndexCommand, openDatabase } from './engine.ts';

/** Runs in a thread of its own: an fsync of a busy disk must not hold up the requests. */
if (parentPort === null) throw new Error('This module is the body of a worker thread.');
const port = parentPort;
const { path } = v.parse(v.object({ path: v.string() }), workerData);

const db = openDatabase(path);
const run = createEngine(db);
port.on('message', (message: readonly IndexCommand[] | 'close') => {
  if (message === 'close') {
    db.close();
    port.close();
    return;
  }
  try {
    port.postMessage({ results: run(message) });
  } catch (error) {
    port.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
});
port.postMessage('ready');
