import { ImError, sdkError } from './errors.ts';
import type { Logger } from './logger.ts';
import { PROMISE_METHODS, SYNC_METHODS } from './methods.ts';
import type { Methods } from './module.ts';
import type { ChatSDK } from './types/sdk.ts';

type Call = (args: unknown[]) => unknown;

/**
 * Makes the public object: plain and extensible, with own functions that need no `this`, so that applications may
 * detach them, wrap the object in a proxy and add properties. Nothing here throws: a method that fails before its
 * promise exists returns a rejected one, a synchronous method returns its harmless answer.
 */
export function createFacade(built: Methods, logger: Logger): ChatSDK {
  const tim: Record<string, (...args: unknown[]) => unknown> = {};
  for (const name of Object.values(PROMISE_METHODS).join(' ').split(' ')) {
    const call = callOf(built, name);
    tim[name] = (...args) =>
      new Promise((resolve) => resolve(call(args))).catch((error: unknown) => {
        throw toImError(error);
      });
  }
  for (const [name, answer] of Object.entries(SYNC_METHODS)) {
    const call = callOf(built, name);
    tim[name] = (...args) => {
      try {
        return call(args);
      } catch (error) {
        const known = toImError(error);
        logger.warn(known.message, { code: known.code });
        // The callback flavours report where they were told to.
        if (name.endsWith('Sync') && typeof args[2] === 'function')
          Reflect.apply(args[2], undefined, [known]);
        return answer;
      }
    };
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a type test holds the two tables equal to ChatSDK
  return tim as unknown as ChatSDK;
}

function callOf(built: Methods, name: string): Call {
  const implementation: unknown = new Map<string, unknown>(Object.entries(built)).get(name);
  if (typeof implementation === 'function') {
    return (args) => Reflect.apply(implementation, undefined, args) as unknown;
  }
  return () => {
    throw sdkError('notSupported', `${name} is not built yet`);
  };
}

/** Whatever else was thrown comes from an argument of a shape that no type allows. */
function toImError(error: unknown): ImError {
  if (error instanceof ImError) return error;
  return sdkError('parameterInvalid', error instanceof Error ? error.message : String(error));
}
