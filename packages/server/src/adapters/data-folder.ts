import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { StartFailure } from './start-failure.ts';

/** The folder that holds everything a server must keep. */
export interface DataFolder {
  readonly path: string;
  /** The path of the database file. */
  readonly database: string;
  /** The path of the index that is searched. */
  readonly search: string;
  /** The folder of the object service. */
  readonly objects: string;
  /** The demo app's secret key, made at the first start in development mode. */
  developmentSecret(): string;
  /** What credentials and links of files are signed with, made at the first start with files. */
  objectsSecret(): string;
}

const DEVELOPMENT_SECRET = 'development-secret';
const SECRET_BYTES = 32;

/** Makes the folder where it is absent. It and what is secret in it are for its owner alone. */
export function openDataFolder(path: string): DataFolder {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return {
    path,
    database: join(path, 'sterna.db'),
    search: join(path, 'search.db'),
    objects: join(path, 'objects'),
    developmentSecret: () => keptSecret(join(path, DEVELOPMENT_SECRET)),
    objectsSecret: () => keptSecret(join(path, 'objects-secret')),
  };
}

/** The demo app's key of a folder in which a server was started in development mode; nothing is made. */
export function readDevelopmentSecret(path: string): string | undefined {
  return read(join(path, DEVELOPMENT_SECRET));
}

/** Reads 64 hex digits, or makes them. They are whole on disk before their name exists, so a crash leaves none or all. */
function keptSecret(path: string): string {
  const kept = read(path);
  if (kept !== undefined) return kept;
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = openSync(draft, 'wx', 0o600);
  writeSync(file, `${randomBytes(SECRET_BYTES).toString('hex')}\n`);
  fsyncSync(file);
  closeSync(file);
  try {
    // Unlike renaming, linking never replaces what another process has made meanwhile.
    linkSync(draft, path);
  } catch (error) {
    if (!isExisting(error)) throw error;
  } finally {
    unlinkSync(draft);
  }
  const made = read(path);
  if (made === undefined) throw new Error(`${path} cannot be read back`);
  return made;
}

function read(path: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new StartFailure(
      `${resolve(path)} is damaged: it does not hold 64 hex digits. Bring it back from a backup, or delete it: a new one is made, and what the old one has signed is not valid any more.`,
    );
  }
  chmodSync(path, 0o600);
  return text;
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
