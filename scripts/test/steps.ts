import { missingChromium } from '../../tests/environment/chromium.ts';
import { missingNats, missingPostgres } from '../../tests/environment/services.ts';
import { missingPage } from '../../tests/e2e/start-up-page/published-page.ts';
import { script, tool, workspaceScript } from '../process/tools.ts';
import type { Step } from './step.ts';

/**
 * The whole test run. A row's program passes by exit code 0; one whose last line is `N passed, N failed`
 * reports its own counts.
 */
export const STEPS: readonly Step[] = [
  { name: 'format', run: tool('oxfmt', '--check') },
  { name: 'lint', run: tool('oxlint') },
  { name: 'types', run: script('scripts/typecheck/main.ts') },
  { name: 'house rules', run: script('scripts/house-rules/main.ts') },
  { name: 'build', run: script('scripts/build/main.ts') },
  { name: 'size', run: workspaceScript('packages/sdk', 'size'), after: ['build'], shows: true },
  { name: 'unit', run: { vitest: 'unit*' }, after: ['build'], leavesOut: missingPage },
  { name: 'mini program', run: { vitest: 'mini-program' }, after: ['build'] },
  { name: 'short names', run: { vitest: 'short names' }, after: ['build'] },
  { name: 'PostgreSQL', run: { vitest: 'pg' }, missing: missingPostgres },
  { name: 'NATS', run: { vitest: 'nats' }, missing: missingNats },
  // One thread that only computes, while browsers mostly wait.
  { name: 'simulation', run: script('tests/sim/main.ts', '--count', '1000'), background: true, shows: true },
  {
    name: 'browser',
    run: { vitest: 'e2e' },
    after: ['build'],
    alone: true,
    missing: () => missingChromium(console.log),
    leavesOut: missingPage,
  },
];
