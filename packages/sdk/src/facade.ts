import { ImError, sdkError } from './errors.ts';
import type { Logger } from './logger.ts';
import { SYNC_METHODS } from './methods.ts';
import type { Methods } from './module.ts';
import * as SDK_ERRORS from './sdk-errors.ts';
import type { ChatSDK } from './types/sdk.ts';

type Call = (...args: unknown[]) => unknown;

/** Which methods somebody who is not logged in may call. */
export interface Gate {
  open: RegExp;
}

/** What needs no login at all. */
export const ANYBODY = /^(log|destroy|joinGroup|quitGroup)/;

/**
 * Makes the public object: plain and extensible, with own functions that need no `this`, so that applications may
 * detach them, wrap the object in a proxy and add properties. Nothing here throws: a method that fails before its
 * promise exists returns a rejected one, a synchronous method returns its harmless answer. What the domains leave out
 * is said here once: the `code` of an answer, that a login is needed, and the methods that are not built.
 */
export function createFacade(built: Methods, unbuilt: string, logger: Logger, gate: Gate): ChatSDK {
  const tim: Record<string, Call> = {};
  const methods: Readonly<Record<string, unknown>> = built;
  const answers: Readonly<Record<string, unknown>> = SYNC_METHODS;

  function run(name: string, args: unknown[]): unknown {
    const method = methods[name];
    if (typeof method !== 'function') throw sdkError(SDK_ERRORS.notSupported, name);
    if (!(name in answers) && !gate.open.test(name) && built.getLoginUser && built.getLoginUser() === '')
      throw sdkError(SDK_ERRORS.notLoggedIn);
    return Reflect.apply(method, undefined, args);
  }

  const promising =
    (name: string): Call =>
    (...args) =>
      new Promise((resolve) => resolve(run(name, args))).then(
        (data = {}) => ({ code: 0, data }),
        (error: unknown) => {
          throw refusal(name, args, error);
        },
      );

  const answering =
    (name: string): Call =>
    (...args) => {
      try {
        return run(name, args);
      } catch (error) {
        const refused = refusal(name, args, error);
        logger.warn(refused.message, { code: refused.code });
        // The callback flavours report where they were told to.
        if (name.endsWith('Sync') && typeof args[2] === 'function')
          Reflect.apply(args[2], undefined, [refused]);
        return answers[name];
      }
    };

  /** Whatever else was thrown comes from an argument of a shape that no type allows: the engine's words are for the log. */
  function refusal(name: string, args: unknown[], error: unknown): ImError {
    if (error instanceof ImError) return error;
    logger.debug(`${name} threw`, { cause: String(error) });
    return sdkError(SDK_ERRORS.parameterInvalid, `${name}(${args.map(shapeOf).join(', ')})`);
  }

  for (const name of [...Object.keys(built), ...(unbuilt.match(/\w+/g) || [])])
    tim[name] = (name in answers ? answering : promising)(name);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a type test holds the tables equal to ChatSDK
  return tim as unknown as ChatSDK;
}

/** What was passed, without what it holds. */
function shapeOf(value: unknown): string {
  if (typeof value !== 'object' || !value) return value === null ? 'null' : typeof value;
  if (Array.isArray(value)) return 'array';
  const fields = Object.entries(value).map(([key, field]) => `${key}: ${typeof field}`);
  return `{ ${fields.join(', ')} }`;
}
