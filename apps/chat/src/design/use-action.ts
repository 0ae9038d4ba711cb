import { useCallback, useEffect, useRef, useState } from 'react';
import { failureOf } from '../chat-client/context.ts';
import type { Failure } from '../chat-client/message-item.ts';

export interface Action {
  run(): void;
  pending: boolean;
  failure: Failure | undefined;
}

/** Something a button starts: pending while it runs, with the reason when it fails. One at a time. */
export function useAction(work: () => Promise<void>): Action {
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const latest = useRef(work);
  useEffect(() => {
    latest.current = work;
  });
  const running = useRef(false);
  const run = useCallback(() => {
    if (running.current) return;
    running.current = true;
    setPending(true);
    setFailure(undefined);
    latest
      .current()
      .catch((error: unknown) => setFailure(failureOf(error)))
      .finally(() => {
        running.current = false;
        setPending(false);
      });
  }, []);
  return { run, pending, failure };
}
