/** Wall-clock time and timers. */
export interface Clock {
  nowMs(): number;
  /** Calls back once after the delay, unless the returned function is called first. */
  after(delayMs: number, callback: () => void): () => void;
}

/** Unpredictable bytes: keys, upload ids and blob ids must not be guessable. */
export interface Random {
  bytes(count: number): Uint8Array;
}

/** Receives what an operator should see. Fields never hold keys' signatures, tokens or bodies. */
export interface Log {
  warn(event: string, fields: Readonly<Record<string, unknown>>): void;
}

/** Offsets of the first and one past the last byte. */
export type ByteRange = { start: number; end: number };

/** Immutable byte strings under ids that we make; nobody but the object index gives them a meaning. */
export interface BlobStore {
  /**
   * Durable and whole when it resolves; when it rejects, nothing can be read under the id. A chunk is used again
   * by its sender once the one after the next is asked for, and once this has settled.
   */
  write(id: string, bytes: AsyncIterable<Uint8Array>): Promise<void>;
  /** Rejects on the first pull when there is no such blob. */
  read(id: string, range: ByteRange): AsyncIterable<Uint8Array>;
  /** Removing what is not there is a success. */
  remove(id: string): Promise<void>;
  /** Every id there is, in no order. */
  list(): AsyncIterable<string>;
  /** When it was written; undefined when there is no such blob. */
  modifiedMs(id: string): Promise<number | undefined>;
  freeBytes(): Promise<number>;
}

/** In hex; empty where it was not asked for. */
export type Digests = {
  md5: string;
  /** The SHA-256 of each MiB, one after the other. */
  leaves: string;
};

/** Leaves are what content is known by; MD5, which takes twice as long, is for those who compare it. */
export type DigestChoice = { md5: boolean; leaves: boolean };

/** Runs beside the stream. */
export interface RunningDigest {
  /** Another thread reads the bytes: they are copied to it unless they are shared. */
  readonly elsewhere: boolean;
  /** Resolves when the bytes are no longer needed. */
  update(bytes: Uint8Array): Promise<void> | void;
  finish(): Promise<Digests>;
  /** Gives up; when it resolves, no bytes are needed any more. */
  cancel(): Promise<void>;
}

export interface Digester {
  begin(choice: DigestChoice): RunningDigest;
}
