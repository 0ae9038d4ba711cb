import { allModules, furtherModules } from '@sterna/sdk/testing';
import { expect, test } from 'vitest';
import { logIn, say } from './talk.ts';
import { createWorld } from './world.ts';

/** What applications in plain JavaScript have been seen to pass. */
const WRONG: readonly unknown[] = [
  undefined,
  null,
  0,
  -1,
  Number.NaN,
  true,
  '',
  'x',
  'C2C',
  'GROUPnone',
  'x'.repeat(70_000),
  [],
  [null],
  [{}],
  {},
  { conversationID: 5, groupID: 5, userID: {}, to: null, message: 'x', messageList: 'x', keywordList: 'x' },
  { conversationID: 'C2Cben', count: 'many', sequence: 'x', time: {}, isPinned: 'yes', userIDList: [5] },
  { groupID: 'none', userIDList: 'ben', memberList: [null], name: 5, keyList: 5, counters: { a: 'x' } },
  new Map(),
  () => undefined,
  Object.freeze({ __proto__: null, conversationType: 'C2C', to: 'ben', payload: null }),
];

/** A mini program's promises are of another realm. */
const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value;

/** They end or replace the session. */
const APART = new Set(['login', 'logout', 'destroy', 'on', 'once', 'off', 'ready']);

test('no method throws, hangs, or fails without a code and a sentence, whatever it is given', async () => {
  const world = createWorld(1, { domains: [...allModules, ...furtherModules], search: true });
  const [ann, ben] = [world.device(), world.device()];
  await logIn(world, ben, 'ben');
  await logIn(world, ann, 'ann');
  const message = await say(world, ann, 'ben', 'hello');
  const methods = Object.entries(ann.tim).filter(([name]) => !APART.has(name)) as [
    string,
    (...args: unknown[]) => unknown,
  ][];
  const sets: unknown[][] = WRONG.map((value) => [value, value, value]);
  // What is nearly right: a message of this instance, and nonsense beside it.
  sets.push([message, [null], {}], [message, {}, 5], [[message], 'x'], [{ message, reactionID: {} }]);
  const open = new Set<string>();
  const wrong: string[] = [];
  let settled = 0;
  function watch(call: string, run: () => unknown): void {
    let answer: unknown;
    try {
      answer = run();
    } catch (error) {
      wrong.push(`${call} threw ${String(error)}`);
    }
    if (!isPromise(answer)) return;
    open.add(call);
    const done = (): void => {
      open.delete(call);
      settled += 1;
    };
    answer.then(done, (error: unknown) => {
      done();
      const { code, message: text } = error as { code?: unknown; message?: unknown };
      const isGood = Number.isSafeInteger(code) && typeof text === 'string' && text !== '';
      if (!isGood) wrong.push(`${call}: ${String(error)}`);
    });
  }
  for (const [name, method] of methods) {
    for (const [at, args] of sets.entries()) {
      watch(`${name} #${at}`, () => method(...args));
    }
    await world.pass(20);
  }
  await world.pass(70_000);
  expect(wrong).toEqual([]);
  expect([...open]).toEqual([]);
  expect(settled).toBeGreaterThan(2_000);
  // And it lives.
  await say(world, ann, 'ben', 'still here');
});
