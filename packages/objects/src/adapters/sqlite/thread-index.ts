import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ObjectIndex } from '../../storage/object-index.ts';
import { THREAD_LIMITS } from '../node/thread-limits.ts';
import type { IndexCommand, IndexResult } from './engine.ts';
import { type IndexRunner, queuedIndex } from './index-queue.ts';

type Answer = { results: readonly IndexResult[] } | { error: string };

/** Opens the index in a worker thread; rejects when the file cannot be opened or another process holds it. */
export async function openThreadIndex(path: string): Promise<ObjectIndex> {
  // Sources run as they are, and built they sit beside each other under the same ending.
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./index-thread.${ending}`, import.meta.url), {
    workerData: { path },
    resourceLimits: THREAD_LIMITS,
  });
  await once(worker, 'message');
  return queuedIndex(threadRunner(worker));
}

function threadRunner(worker: Worker): IndexRunner {
  let pending:
    | { resolve: (answer: readonly IndexResult[]) => void; reject: (error: Error) => void }
    | undefined;
  let failure: Error | undefined;
  const fail = (error: Error) => {
    failure ??= error;
    pending?.reject(error);
    pending = undefined;
  };
  worker.on('message', (answer: Answer) => {
    const asked = pending;
    pending = undefined;
    if ('results' in answer) asked?.resolve(answer.results);
    else asked?.reject(new Error(answer.error));
  });
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('The thread of the object index has ended.')));
  return {
    execute: (commands: readonly IndexCommand[]) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) throw failure;
        pending = { resolve, reject };
        worker.postMessage(commands);
      }),
    close: async () => {
      if (failure !== undefined) return;
      const ended = once(worker, 'exit');
      worker.postMessage('close');
      await ended;
    },
  };
}
