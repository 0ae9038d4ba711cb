import { setImmediate } from 'node:timers/promises';
import type { ChatSDK } from '../src/types/sdk.ts';

/** Needed here to listen, or the end of the instance. */
const NOT_CALLED = new Set(['setLogLevel', 'registerPlugin', 'destroy']);

/** Which of a fresh instance's methods are built, found by calling each without arguments; the instance is used up. */
export async function builtMethods(tim: ChatSDK): Promise<ReadonlySet<string>> {
  let refused = false;
  tim.setLogLevel(2);
  tim.registerPlugin({ 'sterna-logger': (_, __, fields) => (refused ||= isNotBuilt(fields)) });

  const built = new Set(['setLogLevel', 'registerPlugin']);
  for (const [name, call] of callsOf(tim)) {
    refused = false;
    // What is built may wait for ever; what is not has refused by the next turn.
    const refusal = await Promise.race([failureOf(call()), setImmediate(undefined)]);
    if (!refused && !isNotBuilt(refusal)) built.add(name);
  }
  if (!isNotBuilt(await failureOf(tim.destroy()))) built.add('destroy');
  return built;
}

function callsOf(tim: ChatSDK): [name: string, call: () => unknown][] {
  return [...new Map<string, unknown>(Object.entries(tim))].flatMap(([name, method]) =>
    typeof method === 'function' && !NOT_CALLED.has(name)
      ? [[name, () => Reflect.apply(method, undefined, []) as unknown]]
      : [],
  );
}

async function failureOf(result: unknown): Promise<unknown> {
  try {
    await result;
    return undefined;
  } catch (error) {
    return error;
  }
}

function isNotBuilt(failure: unknown): boolean {
  return typeof failure === 'object' && failure !== null && 'code' in failure && failure.code === 2998;
}
