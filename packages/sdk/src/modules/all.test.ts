import { expect, test } from 'vitest';
import Compact from '../entries/compact.ts';
import TIM from '../index.ts';
import { everyMethod } from '../methods.ts';
import { UNBUILT } from './all.ts';

test('the compact build has every method, and what it has not built is named once', async () => {
  const tim = Compact.create({ SDKAppID: 1400000097 });
  const unbuilt = UNBUILT.split(' ');
  expect(Object.keys(tim).toSorted()).toEqual(everyMethod().split(' ').toSorted());
  expect(new Set(unbuilt).size).toBe(unbuilt.length);
  // A name that a domain has taken over would stand before its domain: what is built comes first.
  expect(Object.keys(tim).slice(-unbuilt.length)).toEqual(unbuilt);
  await tim.destroy();
});

test('the whole build leaves nothing out', async () => {
  const tim = TIM.create({ SDKAppID: 1400000093 });
  expect(Object.keys(tim).toSorted()).toEqual(everyMethod().split(' ').toSorted());
  await tim.destroy();
});
