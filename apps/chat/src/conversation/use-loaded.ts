import { useEffect, useState } from 'react';
import { failureOf } from '../chat-client/context.ts';
import type { Failure } from '../chat-client/message-item.ts';

export type Loaded<Value> =
  | { state: 'loading' }
  | { state: 'failed'; failure: Failure }
  | { state: 'ready'; value: Value };

/** Something that a window asks for once, when it opens. */
export function useLoaded<Value>(load: () => Promise<Value>): Loaded<Value> {
  const [loaded, setLoaded] = useState<Loaded<Value>>({ state: 'loading' });
  // Asked for by the window as it was opened: what changes behind it is not chased.
  const [ask] = useState(() => load);
  useEffect(() => {
    let isWanted = true;
    ask().then(
      (value) => {
        if (isWanted) setLoaded({ state: 'ready', value });
      },
      (error: unknown) => {
        if (isWanted) setLoaded({ state: 'failed', failure: failureOf(error) });
      },
    );
    return () => {
      isWanted = false;
    };
  }, [ask]);
  return loaded;
}
