import { Worker } from 'node:worker_threads';
import type { DigestChoice, Digester, Digests, RunningDigest } from '../../ports.ts';
import { inlineDigester } from '../../storage/inline-digester.ts';
import { SLAB_BYTES } from '../../storage/slabs.ts';
import { THREAD_LIMITS } from './thread-limits.ts';

export type DigestCommand =
  | { id: number; do: 'begin'; choice: DigestChoice }
  | { id: number; do: 'update'; bytes: Uint8Array }
  | { id: number; do: 'finish' | 'cancel' };

export type DigestReply = { id: number; digests?: Digests; lost?: true };

type Asked = { resolve: (digests: Digests | undefined) => void; reject: (error: Error) => void };

/**
 * Takes the MD5 of large bodies in a thread, which is started for the first of them. Small ones, and SHA-256 alone, are
 * hashed where they are: that costs less than to hand the bytes over.
 */
export class ThreadDigester implements Digester {
  /** By digest, in the order of asking: the thread answers each in turn. */
  readonly #asked = new Map<number, Asked[]>();
  #worker: Worker | undefined;
  #count = 0;

  begin(choice: DigestChoice): RunningDigest {
    if (!choice.md5) return inlineDigester.begin(choice);
    let chosen: RunningDigest | undefined;
    const choose = (first: Uint8Array): RunningDigest =>
      first.byteLength < SLAB_BYTES ? inlineDigester.begin(choice) : this.#inThread(choice);
    return {
      elsewhere: true,
      update: (bytes) => (chosen ??= choose(bytes)).update(bytes),
      finish: () => (chosen ?? inlineDigester.begin(choice)).finish(),
      cancel: async () => chosen?.cancel(),
    };
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #inThread(choice: DigestChoice): RunningDigest {
    this.#count += 1;
    const id = this.#count;
    this.#thread().postMessage({ id, do: 'begin', choice } satisfies DigestCommand);
    let last: Promise<unknown> = Promise.resolve();
    return {
      elsewhere: true,
      update: async (bytes) => {
        const answered = this.#ask({ id, do: 'update', bytes });
        last = answered;
        await answered;
      },
      finish: async () => {
        const digests = await this.#ask({ id, do: 'finish' });
        if (digests === undefined) throw new Error('The thread that hashes gave no digest.');
        return digests;
      },
      cancel: async () => {
        // Until it has answered it may still read what the caller is about to use again.
        await Promise.allSettled([last]);
        this.#worker?.postMessage({ id, do: 'cancel' } satisfies DigestCommand);
      },
    };
  }

  #ask(command: DigestCommand): Promise<Digests | undefined> {
    return new Promise((resolve, reject) => {
      const asked = this.#asked.get(command.id) ?? [];
      asked.push({ resolve, reject });
      this.#asked.set(command.id, asked);
      this.#thread().postMessage(command);
    });
  }

  #thread(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const worker = new Worker(new URL(`./digest-thread.${ending}`, import.meta.url), {
      resourceLimits: THREAD_LIMITS,
    });
    worker.unref();
    worker.on('message', (reply: DigestReply) => this.#answer(reply));
    worker.on('error', (error: Error) => this.#fail(error));
    worker.on('exit', () => this.#fail(new Error('The thread that hashes has ended.')));
    this.#worker = worker;
    return worker;
  }

  #answer({ id, digests, lost }: DigestReply): void {
    const asked = this.#asked.get(id);
    const first = asked?.shift();
    if (asked?.length === 0) this.#asked.delete(id);
    if (lost === true) first?.reject(new Error('The thread that hashes has ended.'));
    else first?.resolve(digests);
  }

  /** Whoever waits is told, and the next body gets a new thread. */
  #fail(error: Error): void {
    this.#worker = undefined;
    const waiting = [...this.#asked.values()].flat();
    this.#asked.clear();
    for (const { reject } of waiting) reject(error);
  }
}
