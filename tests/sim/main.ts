// `npm run sim -- --help` says what it can be told.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argumentsOf } from '../../scripts/process/script-arguments.ts';
import { toJsonLines } from '../history/history.ts';
import { hunt, MUTANTS } from './mutants.ts';
import { type RunResult, runSchedule } from './run.ts';
import { shrink } from './shrink.ts';
import { Tally } from './tally.ts';

/** One seed of so many is run twice: the same seed must give the same run. */
const TWICE_EVERY = 20;
/** Failing seeds that are reported; more tell nothing new. */
const REPORTED = 5;

const values = argumentsOf({
  command: 'npm run sim --',
  does: 'schedules of the simulation, judged',
  options: {
    seed: { usual: 1, means: 'the first of them' },
    count: { usual: 1000, means: 'how many' },
    minutes: { usual: 0, means: 'for so long, however many; 0 for as many as said' },
    mutant: { usual: '', means: 'with this planted bug' },
    mutants: { usual: false, means: 'each planted bug in turn, until its check sees it' },
    most: { usual: 2000, means: 'schedules for one planted bug' },
    trace: { usual: false, means: 'prints what happens' },
    out: { usual: 'artifacts/sim', means: 'where traces and histories of failures go' },
  },
});

const firstSeed = values.seed;
process.exitCode = values.mutants ? await huntAll() : await runMany();

async function runMany(): Promise<number> {
  const mutant = MUTANTS.find(({ name }) => name === values.mutant);
  if (values.mutant !== '' && mutant === undefined) {
    console.error(`no mutant ${values.mutant}; there are ${MUTANTS.map(({ name }) => name).join(', ')}`);
    return 2;
  }
  console.log(
    `simulation: seeds from ${firstSeed}${mutant ? `, with the planted bug "${mutant.name}"` : ''}`,
  );
  const tally = new Tally();
  const endMs = values.minutes === 0 ? Infinity : performance.now() + values.minutes * 60_000;
  const count = values.minutes === 0 ? values.count : Infinity;
  for (let seed = firstSeed; seed < firstSeed + count && performance.now() < endMs; seed++) {
    const result = await runSchedule({ seed, mutant, keepTrace: values.trace });
    tally.add(result);
    if (seed % TWICE_EVERY === 0) tally.compare(result, await runSchedule({ seed, mutant }));
    if (values.trace) for (const line of result.trace) console.log(line);
  }
  tally.print();
  for (const failure of tally.failures.slice(0, REPORTED)) {
    await report(failure);
  }
  return tally.isClean(mutant === undefined) ? 0 : 1;
}

async function report({ seed, violations }: RunResult): Promise<void> {
  const [first] = violations;
  if (first === undefined) return;
  console.log(`\nseed ${seed} fails ${[...new Set(violations.map(({ check }) => check))].join(', ')}`);
  for (const { check, text } of violations.slice(0, 10)) console.log(`  ${check}: ${text}`);
  const mutant = MUTANTS.find(({ name }) => name === values.mutant);
  const { reduction, result, tries } = await shrink(seed, first.check, mutant);
  const { faultsOff, devicesOff, actsOff } = reduction;
  console.log(
    `  made small in ${tries} runs: without ${faultsOff.length} kinds of fault, ${devicesOff.length} devices, ` +
      `${actsOff.length} of ${result.acts} acts; ${result.swarm.chaosMs.toFixed(0)} ms`,
  );
  mkdirSync(values.out, { recursive: true });
  const base = join(values.out, `seed-${seed}`);
  writeFileSync(`${base}.trace.txt`, result.trace.join('\n'));
  writeFileSync(`${base}.history.jsonl`, toJsonLines(result.lines));
  writeFileSync(
    `${base}.reduction.json`,
    JSON.stringify({ seed, check: first.check, reduction, swarm: result.swarm }, null, 2),
  );
  for (const { check, text } of result.violations
    .filter((violation) => violation.check === first.check)
    .slice(0, 3)) {
    console.log(`  ${check}: ${text}`);
  }
  console.log(`  trace and history: ${base}.*`);
  for (const line of result.trace.slice(-15)) console.log(`    ${line.slice(0, 160)}`);
}

async function huntAll(): Promise<number> {
  console.log(`planted bugs: ${MUTANTS.length}, seeds from ${firstSeed}`);
  let missed = 0;
  for (const mutant of MUTANTS) {
    const caught = await hunt(mutant, firstSeed, values.most);
    if (caught === undefined) missed += 1;
    const how = caught
      ? `${caught.check} after ${caught.seeds} seeds: ${caught.text}`
      : `NOT CAUGHT in ${values.most} seeds`;
    console.log(`${mutant.name}: ${how}`);
  }
  console.log(`${MUTANTS.length - missed} of ${MUTANTS.length} planted bugs caught`);
  return missed === 0 ? 0 : 1;
}
