import { useEffect, useState } from 'react';
import { useClient } from '../chat-client/hooks.tsx';
import type { ChatState } from '../chat-client/state.ts';

/** Watches a part of the state that changes faster than a screen: it is drawn once in a frame at most. */
export function useFramed<Part>(select: (state: ChatState) => Part): Part {
  const { store } = useClient();
  const [part, setPart] = useState(() => select(store.get()));
  useEffect(() => {
    let frame = 0;
    const draw = (): void => {
      frame = 0;
      setPart(() => select(store.get()));
    };
    const drawSoon = (): void => {
      if (frame === 0) frame = requestAnimationFrame(draw);
    };
    drawSoon();
    const stop = store.subscribe(drawSoon);
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [store, select]);
  return part;
}
