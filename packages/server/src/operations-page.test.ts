import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { VARIABLES } from './config/environment.ts';
import { appConfiguration, configuration } from './config/settings.ts';
import { addGauges, createMetrics } from './metrics.ts';

const page = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');

const metricNames = (): string[] => {
  const { registry } = createMetrics();
  const nothing = () => 0;
  addGauges(
    registry,
    { connections: nothing, strangers: nothing, users: nothing, queuedBytes: nothing },
    {
      memory: () => ({ residentBytes: 0, heapUsedBytes: 0 }),
      cpuSeconds: nothing,
      eventLoopDelay: () => ({ p50: 0, p99: 0, max: 0 }),
    },
  );
  return registry.getMetricsAsArray().map(({ name }) => name);
};

const { limits } = v.getDefaults(configuration);

describe('the operations page tells', () => {
  test.each([
    ...Object.keys(VARIABLES),
    'STERNA_CONFIG',
    ...Object.keys(configuration.entries),
    ...Object.keys(appConfiguration.entries),
    ...Object.keys(configuration.entries.limits.wrapped.entries),
  ])('of the setting %s', (name) => {
    expect(page).toMatch(new RegExp(`["\`.]${name}["\`.]`));
  });

  test.each(Object.entries(v.parse(configuration.entries.limits, limits)))(
    'the default of %s, %i',
    (name, value) => {
      const row = page.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${name}\``)) ?? '';
      expect(row).toContain(String(value));
    },
  );

  test('of every metric, and of none that does not exist', () => {
    const told = [...page.matchAll(/\b(?:sterna|process|nodejs)_[a-z_]+/g)].map(([name]) => name);
    expect([...new Set(told)].toSorted()).toEqual(metricNames().toSorted());
  });

  test.each(['error', 'warn', 'info', 'debug'])('what the level %s is for', (level) => {
    expect(page).toContain(`| \`${level}\` |`);
  });
});
