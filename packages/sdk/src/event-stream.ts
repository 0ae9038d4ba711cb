import { sdkError } from './errors.ts';
import { EVENTS_HELD } from './limits.ts';
import * as SDK_ERRORS from './sdk-errors.ts';
import type { EventOf } from './types/events.ts';
import type { ListenerMethods } from './types/sdk.ts';
import type { EventName } from './types/values.ts';

/** One event of these names, with the data that is its own. */
export type OneOf<Name extends EventName> = { [Each in Name]: EventOf<Each> }[Name];

/**
 * Events as an iteration: `for await (const { data } of eventsOf(tim, TIM.EVENT.MESSAGE_RECEIVED))`. It has each event since it
 * began, in order, ends when the instance is destroyed, and listens no longer when the loop is left. A loop that falls too far
 * behind is told so, rather than passed over.
 */
export function eventsOf<Name extends EventName>(
  tim: Pick<ListenerMethods, 'on' | 'off'>,
  ...names: Name[]
): AsyncIterable<OneOf<Name>> {
  return { [Symbol.asyncIterator]: () => begin(tim, names) };
}

function begin<Name extends EventName>(
  tim: Pick<ListenerMethods, 'on' | 'off'>,
  names: Name[],
): AsyncIterator<OneOf<Name>> {
  const events: OneOf<Name>[] = [];
  const waiters: ((result: IteratorResult<OneOf<Name>>) => void)[] = [];
  let error: Error | undefined;
  let isOver = false;

  function take(event: OneOf<Name>): void {
    const resolve = waiters.shift();
    if (resolve) resolve({ done: false, value: event });
    else if (events.length < EVENTS_HELD) events.push(event);
    else {
      error = sdkError(SDK_ERRORS.tooFrequent, `${EVENTS_HELD} events wait already`);
      stop();
    }
  }

  function stop(): void {
    isOver = true;
    for (const name of names) tim.off(name, take);
    tim.off('sdkDestroy', stop);
    for (const resolve of waiters.splice(0)) resolve({ done: true, value: undefined });
  }

  for (const name of names) tim.on(name, take);
  tim.on('sdkDestroy', stop);

  return {
    next: () =>
      new Promise<IteratorResult<OneOf<Name>>>((resolve, reject) => {
        const event = events.shift();
        if (event) return resolve({ done: false, value: event });
        if (error) reject(error);
        else if (isOver) resolve({ done: true, value: undefined });
        else waiters.push(resolve);
        // It is told once; after it the iteration is over.
        error = undefined;
      }),
    return: () => {
      events.length = 0;
      stop();
      return Promise.resolve({ done: true, value: undefined });
    },
  };
}
