import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { ImError, type IndexStep, type MessageQuery, type NamedQuery, type SearchIndex } from '@sterna/core';

/** What the thread is asked, as it crosses to it. */
export type Question =
  | ['place']
  | ['followed', logs: readonly string[]]
  | ['apply', step: IndexStep]
  | ['messages', query: MessageQuery]
  | ['named', query: NamedQuery]
  | ['close'];

interface Answers {
  place: string | undefined;
  followed: number[];
  apply: void;
  messages: { log: string; seq: number }[];
  named: { within: string; id: string }[];
}

type Answer = [id: number, value: unknown, failure?: string];

interface Asked {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/** Questions that may wait for the thread: more, and whoever searches is told to come again. */
const WAITING = 256;

/** Opens the index in a thread of its own. One that cannot be read is thrown away: it is made anew from the logs. */
export async function openSearchIndex(path: string): Promise<SearchIndex> {
  let thread: Thread;
  try {
    thread = await startThread(path);
  } catch {
    forget(path);
    thread = await startThread(path);
  }
  const ask = <Name extends keyof Answers>(...question: Extract<Question, [Name, ...unknown[]]>) =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the thread answers each question with what `IndexFile` says
    thread.ask(question) as Promise<Answers[Name]>;
  return {
    place: () => ask('place'),
    followed: (logs) => ask('followed', logs),
    apply: (step) => ask('apply', step),
    messages: (query) => ask('messages', query),
    named: (query) => ask('named', query),
    async reset() {
      await thread.close();
      forget(path);
      thread = await startThread(path);
    },
    close: () => thread.close(),
  };
}

function forget(path: string): void {
  for (const ending of ['', '-wal', '-shm']) rmSync(path + ending, { force: true });
}

interface Thread {
  ask(question: Question): Promise<unknown>;
  close(): Promise<void>;
}

async function startThread(path: string): Promise<Thread> {
  // Sources run as they are, and built they sit beside each other under the same ending.
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./index-thread.${ending}`, import.meta.url), { workerData: path });
  await once(worker, 'message');
  const asked = new Map<number, Asked>();
  let failure: Error | undefined;
  let next = 0;
  const fail = (error: Error): void => {
    failure ??= error;
    for (const { reject } of asked.values()) reject(failure);
    asked.clear();
  };
  worker.on('message', ([id, value, failed]: Answer) => {
    const one = asked.get(id);
    asked.delete(id);
    if (failed === undefined) one?.resolve(value);
    else one?.reject(new Error(failed));
  });
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the thread of the search index has ended')));

  function ask(question: Question): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (failure !== undefined) throw failure;
      if (asked.size >= WAITING) throw new ImError('tooFrequent', 'many searches are waiting');
      const id = next++;
      asked.set(id, { resolve, reject });
      worker.postMessage([id, question]);
    });
  }

  return {
    ask,
    async close() {
      if (failure !== undefined) return;
      const ended = once(worker, 'exit');
      await ask(['close']);
      await ended;
    },
  };
}
