import type { IndexCallName, IndexCalls, ObjectIndex } from '../../storage/object-index.ts';
import type { IndexCommand, IndexResult } from './engine.ts';

/** Commands of one transaction: enough to share an fsync, few enough to bound its length. */
const BATCH = 64;

type Waiting = {
  command: IndexCommand;
  resolve: (reply: unknown) => void;
  reject: (error: Error) => void;
};

export type IndexRunner = {
  /** Runs the commands as one durable transaction. */
  execute(commands: readonly IndexCommand[]): Promise<readonly IndexResult[]>;
  close(): Promise<void>;
};

/** Gathers what is asked while a transaction is under way into the next one. */
class CommandQueue {
  readonly #runner: IndexRunner;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(runner: IndexRunner) {
    this.#runner = runner;
  }

  ask(name: IndexCallName, request: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw new Error('The object index is closed.');
      this.#waiting.push({ command: { name, request }, resolve, reject });
      this.#running ??= this.#drain();
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#running;
    await this.#runner.close();
  }

  async #drain(): Promise<void> {
    // The turn's other askers join the first batch.
    await Promise.resolve();
    while (this.#waiting.length > 0) await this.#runBatch(this.#waiting.splice(0, BATCH));
    this.#running = undefined;
  }

  async #runBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      const results = await this.#runner.execute(batch.map(({ command }) => command));
      for (const [position, { resolve, reject }] of batch.entries()) {
        const result = results[position];
        if (result?.ok === true) resolve(result.reply);
        else reject(new Error(result?.message ?? 'The object index gave no reply.'));
      }
    } catch (cause) {
      for (const { reject } of batch) reject(new Error('The object index failed.', { cause }));
    }
  }
}

/** The index port over whatever runs batches. */
export function queuedIndex(runner: IndexRunner): ObjectIndex {
  const queue = new CommandQueue(runner);
  const call =
    <Name extends IndexCallName>(name: Name) =>
    (request: IndexCalls[Name]['request']): Promise<IndexCalls[Name]['reply']> =>
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the reply crossed a thread; it is the one that the engine's types promise for the name
      queue.ask(name, request) as Promise<IndexCalls[Name]['reply']>;
  return {
    putObject: call('putObject'),
    getObject: call('getObject'),
    removeObject: call('removeObject'),
    keepObjects: call('keepObjects'),
    keepAvatar: call('keepAvatar'),
    avatarsOf: call('avatarsOf'),
    releaseAvatars: call('releaseAvatars'),
    isAvatar: call('isAvatar'),
    conversationsOf: call('conversationsOf'),
    beginUpload: call('beginUpload'),
    getUpload: call('getUpload'),
    listUploads: call('listUploads'),
    putPart: call('putPart'),
    listParts: call('listParts'),
    completeUpload: call('completeUpload'),
    completedEtag: call('completedEtag'),
    abortUpload: call('abortUpload'),
    getRendition: call('getRendition'),
    putRendition: call('putRendition'),
    usage: call('usage'),
    expireUploads: call('expireUploads'),
    expireUnkept: call('expireUnkept'),
    takeGarbage: call('takeGarbage'),
    knownBlobs: call('knownBlobs'),
    close: () => queue.close(),
  };
}
