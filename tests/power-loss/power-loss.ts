import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createSeededRandom } from '@sterna/core/testing';
import { type CrashState, crashState } from './crash-state.ts';
import { compileRecorder, type Op, record } from './recording.ts';
import type { Subject } from './subjects.ts';

export interface PowerLossOptions {
  seed: number;
  states: number;
  subject: Subject;
  onRecording?: (report: PowerLossReport) => void;
}

export interface PowerLossReport {
  states: number;
  recordings: number;
  ops: number;
  syncs: number;
  /** Acknowledged things that were looked for, over all states. */
  checked: number;
  /** States in which something was wrong, and the first findings. */
  bad: number;
  findings: string[];
}

/** Crash states made of one recording; a new one has another seed, and so other batches, moves and checkpoints. */
const STATES_EACH = 100;
const FINDINGS_KEPT = 10;

/** Records a writer, cuts the power at random, opens what is left as its owner would, and compares with what was acknowledged. */
export async function powerLoss(options: PowerLossOptions): Promise<PowerLossReport> {
  const report: PowerLossReport = {
    states: 0,
    recordings: 0,
    ops: 0,
    syncs: 0,
    checked: 0,
    bad: 0,
    findings: [],
  };
  const folder = mkdtempSync(join(memoryFolder(), 'sterna-power-loss-'));
  try {
    const library = compileRecorder(folder);
    while (report.states < options.states) {
      const seed = options.seed + report.recordings;
      const ops = await record(library, join(folder, `recording-${seed}`), options.subject.writer(seed));
      report.recordings += 1;
      report.ops += ops.length;
      report.syncs += ops.filter((op) => op.op === 'sync').length;
      await replayStates({ ...options, ops, folder: join(folder, `states-${seed}`), seed }, report);
      options.onRecording?.(report);
      rmSync(join(folder, `recording-${seed}`), { recursive: true });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return report;
}

interface Recording {
  subject: Subject;
  ops: readonly Op[];
  /** Where the states are put, one after the other. */
  folder: string;
  seed: number;
  /** How many there are to be in all. */
  states: number;
}

async function replayStates(
  { subject, ops, folder, seed, states }: Recording,
  report: PowerLossReport,
): Promise<void> {
  const random = createSeededRandom(seed);
  for (let made = 0; made < STATES_EACH && report.states < states; made++) {
    const state = crashState(ops, random);
    const { checked, problems } = await look(subject, state, folder);
    report.states += 1;
    report.checked += checked;
    if (problems.length === 0) continue;
    report.bad += 1;
    const finding = `seed ${seed}, cut after op ${state.cut}: ${problems.slice(0, 3).join('; ')}`;
    if (report.findings.length < FINDINGS_KEPT) report.findings.push(finding);
  }
}

async function look(
  subject: Subject,
  { files, said }: CrashState,
  folder: string,
): ReturnType<Subject['look']> {
  mkdirSync(folder);
  try {
    for (const [name, content] of files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    return await subject.look(folder, said);
  } catch (error) {
    return { checked: 0, problems: [`does not open: ${String(error)}`] };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** States are plain files that only this process reads: a disk would only wear. */
function memoryFolder(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
}
