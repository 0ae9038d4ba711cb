import { describe, expect, test } from 'vitest';
import { changesCases } from './changes.contract.ts';
import { commandCases } from './commands.contract.ts';
import type { StoreCase, StoreGround } from './contract-case.ts';
import { domainCases } from './domain.contract.ts';
import { driftCases } from './drift.contract.ts';
import { logCases } from './logs.contract.ts';
import { recordCases } from './records.contract.ts';

export type { StoreCase, StoreGround } from './contract-case.ts';

/** Grows with the suite, so that a promise cannot get lost unseen. */
const LEAST_CASES = 42;

/** How often the engine and the model are run in step; fewer where every ground costs a database schema. */
const RUNS = { scripts: 60, villages: 25 };

/** Everything that the store port promises, on one engine. There is no way to skip a case. */
export function storeContract(name: string, freshGround: () => Promise<StoreGround>, runs = RUNS): void {
  const parts = [recordCases, logCases, commandCases, changesCases, domainCases, driftCases(runs)];
  const cases: StoreCase[] = parts.flat();

  describe(`store contract: ${name}`, () => {
    test(`has its ${LEAST_CASES} cases`, () => {
      expect(new Set(cases.map((one) => one.name)).size).toBeGreaterThanOrEqual(LEAST_CASES);
    });
    for (const one of cases) {
      test(one.name, { timeout: 60_000 }, async () => {
        const ground = await freshGround();
        try {
          await one.run(ground, freshGround);
        } finally {
          await ground.dispose();
        }
      });
    }
  });
}
