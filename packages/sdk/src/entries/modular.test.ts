import { expect, test } from 'vitest';
import * as modular from './modular.ts';

const { composeSDK, profiles, messages } = modular;

test('what is no domain is named by its place in the list', () => {
  const missing: unknown = Reflect.get(modular, 'profile');
  expect(() => Reflect.apply(composeSDK, undefined, [[profiles, missing]])).toThrow(
    new TypeError('composeSDK: what stands at 1 of the list is no domain'),
  );
  expect(composeSDK([profiles, messages]).VERSION).toBe('3.6.6');
});
