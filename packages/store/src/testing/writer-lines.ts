import type { OpenDatabaseOptions } from '../sqlite/open-database.ts';

/** What the writing process is told. */
export interface WriterSettings {
  path: string;
  seed: number;
  messages: number;
  /** Where its lines go. */
  fd: number;
  synchronous?: OpenDatabaseOptions['synchronous'];
  pendingRows?: number;
  checkpointPages?: number;
}

/** A message that the store said is durable. */
export interface Acked {
  log: string;
  pos: number;
  seq: number;
  clientID: string;
  text: string;
}

/** The whole lines of what a writer said; the last one may have been cut. */
export function ackedIn(said: string): Acked[] {
  const lines = said.split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Acked).filter((line) => 'log' in line);
}
