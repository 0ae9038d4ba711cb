import { useCallback } from 'react';
import { failureOf } from '../chat-client/context.ts';
import { useClient } from '../chat-client/hooks.tsx';

/** Starts something that shows its own end; only a failure needs words, and gets them in a note. */
export function useTold(): (work: Promise<unknown>) => void {
  const { notify } = useClient();
  return useCallback(
    (work) => {
      work.catch((error: unknown) => notify({ kind: 'failure', failure: failureOf(error) }));
    },
    [notify],
  );
}
