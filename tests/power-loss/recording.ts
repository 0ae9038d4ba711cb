import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';

/** One thing that the recorded process asked of the system, or said. Paths are within the recorded folder. */
export type Op =
  | { op: 'create' | 'unlink' | 'sync' | 'syncFolder'; path: string }
  | { op: 'write'; path: string; offset: number; data: Buffer }
  | { op: 'truncate'; path: string; size: number }
  | { op: 'rename'; path: string; to: string }
  | { op: 'say'; text: string };

const SOURCE = join(import.meta.dirname, 'recorder.c');
/** The descriptor on which a writer says what was acknowledged. */
export const SAY = 3;
const HEAD_BYTES = 15;

/** Undefined where the recorder can be compiled, else a sentence saying what is missing. */
export function missingCompiler(): string | undefined {
  if (process.platform !== 'linux') return 'Power loss is recorded on Linux only.';
  if (spawnSync('cc', ['--version'], { stdio: 'ignore' }).status === 0) return undefined;
  return 'No C compiler was found (cc): power loss cannot be recorded.';
}

/** Compiles the recorder into a folder; answers the library's path. */
export function compileRecorder(folder: string): string {
  const library = join(folder, 'recorder.so');
  const args = [
    '-O1',
    '-fPIC',
    '-shared',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-o',
    library,
    SOURCE,
    '-ldl',
    '-lpthread',
  ];
  const { status, stderr } = spawnSync('cc', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the recorder does not compile:\n${stderr}`);
  return library;
}

/** A program that changes one folder. It is told by its settings where that is, and says on `SAY` what it acknowledged. */
export interface Writer {
  script: string;
  settings: (data: string) => object;
}

/** Runs a writer to its end under the recorder and answers everything that it did, in order. */
export async function record(library: string, folder: string, writer: Writer): Promise<Op[]> {
  const data = join(folder, 'data');
  const log = join(folder, 'log');
  mkdirSync(data, { recursive: true });
  const child = spawn(process.execPath, [writer.script, JSON.stringify(writer.settings(data))], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    env: {
      ...process.env,
      LD_PRELOAD: library,
      POWER_LOSS_FOLDER: data,
      POWER_LOSS_LOG: log,
      POWER_LOSS_SAY: String(SAY),
    },
  });
  const said = child.stdio[SAY];
  if (said instanceof Readable) said.resume();
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the recorded writer ended with ${String(code)}`);
  return decodeLog(readFileSync(log), data);
}

function decodeLog(log: Buffer, folder: string): Op[] {
  const ops: Op[] = [];
  for (let at = 0; at < log.length; ) {
    const pathEnd = at + HEAD_BYTES + log.readUInt16LE(at + 1);
    const dataEnd = pathEnd + log.readUInt32LE(at + 11);
    const path = log.toString('utf8', at + HEAD_BYTES, pathEnd).slice(folder.length + 1);
    const data = log.subarray(pathEnd, dataEnd);
    ops.push(decodeOp(log.toString('latin1', at, at + 1), path, Number(log.readBigUInt64LE(at + 3)), data));
    at = dataEnd;
  }
  return ops;
}

function decodeOp(letter: string, path: string, offset: number, data: Buffer): Op {
  switch (letter) {
    case 'C':
      return { op: 'create', path };
    case 'W':
      return { op: 'write', path, offset, data };
    case 'T':
      return { op: 'truncate', path, size: offset };
    case 'S':
      return { op: 'sync', path };
    case 'D':
      return { op: 'syncFolder', path };
    case 'U':
      return { op: 'unlink', path };
    case 'R':
      return { op: 'rename', path, to: data.toString() };
    case 'A':
      return { op: 'say', text: data.toString() };
    default:
      throw new Error(`the record has an unknown op: ${letter}`);
  }
}
