import { expect, test, vi } from 'vitest';
import { createRig, watch } from './testing/rig.ts';
import type { PluginMap } from './types/plugin.ts';

test.each<[string, () => unknown]>([
  [
    'throws',
    () => {
      throw new Error('full');
    },
  ],
  ['rejects', () => Promise.reject(new Error('full'))],
])('a logger that %s ends nothing: the SDK logs in, connects anew and logs out', async (_, broken) => {
  const { device, pass } = createRig();
  const alice = device('phone');
  const sink = vi.fn(broken);
  alice.tim.registerPlugin({ 'sterna-logger': sink });
  alice.tim.setLogLevel(0);
  await alice.enter('alice');
  await alice.tim.ready();
  alice.network.cut();
  await pass(5_000);
  const states = alice.seen.flatMap((it) => (it.name === 'netStateChange' ? [it.data.state] : []));
  expect(states.slice(-2)).toEqual(['connecting', 'connected']);
  const leaving = watch(alice.tim.logout());
  await pass(5_000);
  expect(leaving.state).toBe('done');
  expect(sink).toHaveBeenCalled();
});

test('a logger that is no function is not used, and one line says so', async () => {
  const { device, pass } = createRig();
  const alice = device('phone');
  const log = vi.fn();
  alice.tim.registerPlugin({ 'sterna-logger': log });
  const wrong: PluginMap = {};
  Object.assign(wrong, { 'sterna-logger': { log } });
  alice.tim.registerPlugin(wrong);
  expect(log.mock.calls).toEqual([['warn', expect.stringContaining('sterna-logger'), expect.anything()]]);
  await alice.enter('alice');
  const leaving = watch(alice.tim.logout());
  await pass(5_000);
  expect(leaving.state).toBe('done');
  expect(log.mock.calls.length).toBeGreaterThan(1);
});
