import type { SeededRandom } from '@sterna/core/testing';
import type { Op } from './recording.ts';

/** What a disk may hold after the power failed: files by their name, and what had been said by then. */
export interface CrashState {
  cut: number;
  files: Map<string, Buffer>;
  said: string;
}

type FileOp = Extract<Op, { op: 'write' | 'truncate' }>;
type Fate = 'none' | 'all' | 'some' | 'torn';

/** A disk writes whole sectors; between two of them the power may fail. */
const SECTOR = 512;

/**
 * Cuts the power after a random op. Of each file everything up to its last sync is there; of what came later nothing,
 * all, some writes, or some sectors, as the seed has it. A file's name is there from the first sync of the file or
 * of the folder, and gone for sure only when the folder was synced after the unlink; else it is a matter of luck.
 */
export function crashState(ops: readonly Op[], random: SeededRandom): CrashState {
  const cut = 1 + random.below(ops.length);
  const before = ops.slice(0, cut);
  if (before.some((op) => op.op === 'rename')) throw new Error('renames are not modelled yet');
  const names = new Set(before.flatMap((op) => ('path' in op && op.op !== 'syncFolder' ? [op.path] : [])));
  const files = new Map<string, Buffer>();
  for (const name of names) {
    const content = contentOf(
      before.filter((op) => 'path' in op && op.path === (op.op === 'syncFolder' ? folderOf(name) : name)),
      random,
    );
    if (content !== undefined) files.set(name, content);
  }
  return { cut, files, said: before.map((op) => (op.op === 'say' ? op.text : '')).join('') };
}

/** Paths begin below the recorded folder, which itself is the empty one. */
function folderOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('/')));
}

/** One file's content from its own ops and the folder's syncs; undefined where there is no such file. */
function contentOf(ops: readonly Op[], random: SeededRandom): Buffer | undefined {
  const unlinked = ops.findLastIndex((op) => op.op === 'unlink');
  const created = ops.findLastIndex((op) => op.op === 'create');
  const isUnlinked = unlinked > created;
  if (isUnlinked && (ops.slice(unlinked).some((op) => op.op === 'syncFolder') || random.chance(0.5)))
    return undefined;
  const isNamed = ops.slice(created).some((op) => op.op === 'sync' || op.op === 'syncFolder');
  if (!isNamed && random.chance(0.5)) return undefined;

  // An earlier file of the same name has left nothing in this one.
  const own = ops.slice(Math.max(0, created));
  const lastSync = own.findLastIndex((op) => op.op === 'sync');
  const certain = own.slice(0, lastSync + 1).filter(isFileOp);
  const doubtful = own.slice(lastSync + 1).filter(isFileOp);
  return applied([...certain, ...survivors(doubtful, random)]);
}

function isFileOp(op: Op): op is FileOp {
  return op.op === 'write' || op.op === 'truncate';
}

function survivors(doubtful: readonly FileOp[], random: SeededRandom): FileOp[] {
  const fate = random.pick<Fate>(['none', 'all', 'some', 'torn']);
  switch (fate) {
    case 'none':
      return [];
    case 'all':
      return [...doubtful];
    case 'some':
      return doubtful.filter(() => random.chance(0.5));
    case 'torn':
      return doubtful.flatMap((op) =>
        op.op === 'write' ? tornSectors(op, random) : random.chance(0.5) ? [op] : [],
      );
  }
}

/** The sectors of a write that made it. */
function tornSectors(write: Extract<FileOp, { op: 'write' }>, random: SeededRandom): FileOp[] {
  const { path, offset, data } = write;
  const made: FileOp[] = [];
  for (let from = offset; from < offset + data.length; from = (Math.floor(from / SECTOR) + 1) * SECTOR) {
    const to = Math.min(offset + data.length, (Math.floor(from / SECTOR) + 1) * SECTOR);
    if (random.chance(0.5))
      made.push({ op: 'write', path, offset: from, data: data.subarray(from - offset, to - offset) });
  }
  return made;
}

function applied(ops: readonly FileOp[]): Buffer {
  const longest = ops.reduce(
    (most, op) => Math.max(most, op.op === 'write' ? op.offset + op.data.length : op.size),
    0,
  );
  const content = Buffer.alloc(longest);
  let size = 0;
  for (const op of ops) {
    if (op.op === 'write') {
      op.data.copy(content, op.offset);
      size = Math.max(size, op.offset + op.data.length);
    } else {
      content.fill(0, op.size);
      size = op.size;
    }
  }
  return content.subarray(0, size);
}
