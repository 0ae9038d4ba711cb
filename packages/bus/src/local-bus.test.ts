import { busContract } from '@sterna/core/testing/contracts';
import { expect, test } from 'vitest';
import { createLocalBus } from './local-bus.ts';

busContract('in one process', async () => {
  const bus = createLocalBus({ onError: () => undefined });
  return { connect: async () => bus, dispose: () => bus.close() };
});

test('an error of a receiver goes to the log that was given', async () => {
  const errors: unknown[] = [];
  const bus = createLocalBus({ onError: (error) => errors.push(error) });
  const bug = new Error('a planted bug');
  await bus.subscribe('1/user:ann', () => {
    throw bug;
  });
  bus.publish('1/user:ann', { kind: 'transient', app: 1, conversation: 'C2Cann', from: 'bob', message: {} });
  await Promise.resolve();
  expect(errors).toEqual([bug]);
});
