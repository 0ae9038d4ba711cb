// `npm run sim -- --seed 1 --count 1000 [--minutes 5] [--mutant name] [--trace]`: schedules of the simulation, judged.
// `npm run sim -- --mutants [--most 2000]`: each planted bug is run until its check sees it.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { toJsonLines } from '../history/history.ts';
import { hunt, MUTANTS } from './mutants.ts';
import { type RunResult, runSchedule } from './run.ts';
import { shrink } from './shrink.ts';
import { Tally } from './tally.ts';

/** One seed of so many is run twice: the same seed must give the same run. */
const TWICE_EVERY = 20;
/** Failing seeds that are reported; more tell nothing new. */
const REPORTED = 5;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '1000' },
    minutes: { type: 'string' },
    mutant: { type: 'string' },
    mutants: { type: 'boolean', default: false },
    most: { type: 'string', default: '2000' },
    trace: { type: 'boolean', default: false },
    out: { type: 'string', default: 'artifacts/sim' },
  },
});

const firstSeed = Number(values.seed);
process.exitCode = values.mutants ? await huntAll() : await runMany();

async function runMany(): Promise<number> {
  const mutant = MUTANTS.find(({ name }) => name === values.mutant);
  if (values.mutant !== undefined && mutant === undefined) {
    console.error(`no mutant ${values.mutant}; there are ${MUTANTS.map(({ name }) => name).join(', ')}`);
    return 2;
  }
  console.log(
    `simulation: seeds from ${firstSeed}${mutant ? `, with the planted bug "${mutant.name}"` : ''}`,
  );
  const tally = new Tally();
  const endMs = values.minutes === undefined ? Infinity : performance.now() + Number(values.minutes) * 60_000;
  const count = values.minutes === undefined ? Number(values.count) : Infinity;
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
    const caught = await hunt(mutant, firstSeed, Number(values.most));
    if (caught === undefined) missed += 1;
    const how = caught
      ? `${caught.check} after ${caught.seeds} seeds: ${caught.text}`
      : `NOT CAUGHT in ${values.most} seeds`;
    console.log(`${mutant.name}: ${how}`);
  }
  console.log(`${MUTANTS.length - missed} of ${MUTANTS.length} planted bugs caught`);
  return missed === 0 ? 0 : 1;
}
