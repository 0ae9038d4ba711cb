import fc from 'fast-check';
import { expect } from 'vitest';
import type { Json, LogEntry, Outcome, Store } from '../../ports/store.ts';
import type { Command } from '../../transaction/command.ts';
import { createFakeClock } from '../fake-clock.ts';
import { createMemoryStore } from '../memory-store.ts';
import { createSeededRandom } from '../seeded-random.ts';
import { plain, type Script, scriptRules, scripted, type Step } from '../script-rules.ts';
import type { StoreCase, StoreGround } from './contract-case.ts';
import { inhabit } from './village.ts';

/** The scopes that {@link anyScript} writes to. */
export const SCRIPT_SCOPES = ['u/1/ann', 'u/1/ann%2F', 'c/1/g:a', 'c/1/g:b', 'c/1/p:ann:bob'] as const;
/** Records that entries of any of them may bring. */
const ONCE_KEYS = ['d/1/100-a/ann', 'd/1/200-a/ann', 'd/1/200-b/ann', 'd/1/300-a/bob'] as const;
/** Under which prefix {@link ONCE_KEYS} are found. */
export const ONCE_SCOPE = 'd/1';
const NAMES = ['a', 'aa', 'b', 'é', '\uffff', '\u{1f600}'] as const;
const TEXT = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('\ud800', 'x\0', '界'.repeat(50)),
);

const keyIn = (scope: string) => fc.constantFrom(...NAMES).map((name) => `${scope}/r/${name}`);

function rangeOf(log: string) {
  const bound = fc.option(fc.nat(12), { nil: undefined });
  return fc
    .record({ after: bound, before: bound, limit: fc.nat(9), newest: fc.boolean() })
    .map(({ after, before, ...rest }) => ({
      log,
      ...rest,
      ...(after !== undefined && { after }),
      ...(before !== undefined && { before }),
    }));
}

function stepIn(scope: string): fc.Arbitrary<Step> {
  const scan = fc
    .record({ limit: fc.nat(5), reverse: fc.boolean(), after: fc.option(keyIn(scope), { nil: undefined }) })
    .map(({ after, ...rest }) => ({ prefix: `${scope}/r/`, ...rest, ...(after !== undefined && { after }) }));
  return fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('set' as const), key: keyIn(scope), value: TEXT }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), key: keyIn(scope) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('get' as const), key: keyIn(scope) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('next' as const),
        log: fc.constant(scope),
        text: TEXT,
        isMessage: fc.boolean(),
        once: fc.constantFrom(...ONCE_KEYS),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('scan' as const), range: scan }) },
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('next' as const),
        log: fc.constant(scope),
        text: TEXT,
        isMessage: fc.boolean(),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('entries' as const), range: rangeOf(scope) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('messages' as const), range: rangeOf(scope) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('amend' as const),
        log: fc.constant(scope),
        pos: fc.integer({ min: 1, max: 6 }),
        text: TEXT,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('append' as const),
        log: fc.constant(scope),
        pos: fc.nat(5),
        text: TEXT,
      }),
    },
    { weight: 1, arbitrary: fc.constantFrom({ do: 'refuse' as const }, { do: 'throw' as const }) },
  );
}

/** Any command that a kernel can be asked for, sensible or not. */
export const anyScript: fc.Arbitrary<Script> = fc
  .uniqueArray(fc.constantFrom(...SCRIPT_SCOPES), { minLength: 1, maxLength: 2 })
  .chain((exclusive) =>
    fc.record({
      exclusive: fc.constant([...exclusive, ...ONCE_KEYS]),
      steps: fc.array(fc.oneof(...exclusive.map(stepIn)), { minLength: 1, maxLength: 6 }),
    }),
  );

/** Moments: the commands of one are called together. */
const SCRIPTS = fc.array(fc.array(anyScript, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 });

type Ending = { outcome: Outcome } | { rejected: true };

async function endingsOf(store: Store, commands: readonly Command[]): Promise<Ending[]> {
  const settled = await Promise.allSettled(commands.map((command) => store.execute(command)));
  return settled.map((one) =>
    one.status === 'fulfilled' ? { outcome: plain(one.value) } : { rejected: true },
  );
}

/** Everything that the store holds under the given scopes, as text. */
async function contentsOf(store: Store, scopes: readonly string[]): Promise<string> {
  const contents: Record<string, { records: [string, Json][]; entries: LogEntry[]; messages: LogEntry[] }> =
    {};
  for (const scope of scopes) {
    contents[scope] = {
      records: await store.scan({ prefix: `${scope}/`, limit: 999 }),
      entries: await store.entries({ log: scope, limit: 999 }),
      messages: await store.messages({ log: scope, limit: 999 }),
    };
  }
  return JSON.stringify(contents);
}

function model(): Store {
  return createMemoryStore({ clock: createFakeClock(), random: createSeededRandom(0), rules: scriptRules });
}

async function inStep(
  ground: StoreGround,
  moments: readonly (readonly Command[])[],
  scopes: readonly string[],
): Promise<void> {
  const [expected, actual] = [model(), await ground.open(scriptRules)];
  for (const commands of moments) {
    expect(JSON.stringify(await endingsOf(actual, commands))).toBe(
      JSON.stringify(await endingsOf(expected, commands)),
    );
  }
  const contents = await contentsOf(expected, scopes);
  expect(await contentsOf(actual, scopes)).toBe(contents);
  await actual.close();
  const reopened = await ground.open(scriptRules);
  expect(await contentsOf(reopened, scopes)).toBe(contents);
}

async function onFresh(
  fresh: () => Promise<StoreGround>,
  run: (ground: StoreGround) => Promise<void>,
): Promise<void> {
  const ground = await fresh();
  try {
    await run(ground);
  } finally {
    await ground.dispose();
  }
}

/** Runs the engine and the model in step, each run on data of its own; the seed of a failure is in its message. */
export const driftCases = (runs: { scripts: number; villages: number }): StoreCase[] => [
  {
    name: 'any sequence of scripts ends as in the model, command by command, and leaves the same',
    async run(_, fresh) {
      const property = fc.asyncProperty(SCRIPTS, async (moments) => {
        const commands = moments.map((scripts) => scripts.map(scripted));
        await onFresh(fresh, (ground) => inStep(ground, commands, [...SCRIPT_SCOPES, ONCE_SCOPE]));
      });
      await fc.assert(property, { numRuns: runs.scripts });
    },
  },
  {
    name: 'any day in a village of users and groups ends as in the model',
    async run(_, fresh) {
      const property = fc.asyncProperty(fc.nat(2 ** 31), async (seed) => {
        const { commands, scopes } = await inhabit(model(), createSeededRandom(seed), 60);
        const moments = commands.map((command) => [command]);
        await onFresh(fresh, (ground) => inStep(ground, moments, scopes));
      });
      await fc.assert(property, { numRuns: runs.villages });
    },
  },
];
