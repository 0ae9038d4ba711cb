import { useEffect } from 'react';
import { useClient } from '../chat-client/hooks.tsx';

/** While something is not sent, the browser asks before the page is left. */
export function useLeaveQuestion(): void {
  const { hasUnsent } = useClient();
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => {
      if (hasUnsent()) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [hasUnsent]);
}
