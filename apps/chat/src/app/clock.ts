import { useSyncExternalStore } from 'react';
import { startOfDay } from '../i18n/format.ts';

const MINUTE_MS = 60_000;

/** The start of today, watched: words like "Yesterday" change at midnight without a reload. */
export function useToday(): number {
  return useSyncExternalStore(subscribe, () => startOfDay(Date.now()));
}

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, MINUTE_MS);
  document.addEventListener('visibilitychange', listener);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', listener);
  };
}
