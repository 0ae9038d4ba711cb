import { useEffect, useState } from 'react';
import { useChat, useClient } from '../chat-client/hooks.tsx';
import type { Following } from '../chat-client/follows.ts';

/** Read when the panel opens, and whenever I or somebody else begins or ends to follow; nothing before. */
export function useFollowing(userID: string): Following | undefined {
  const { readFollowing } = useClient();
  const changes = useChat((state) => state.followChanges);
  const [known, setKnown] = useState<{ userID: string; following: Following }>();
  useEffect(() => {
    let isWanted = true;
    readFollowing(userID).then(
      (following) => {
        if (isWanted) setKnown({ userID, following });
      },
      // What is known is shown; a fresh look that fails changes nothing.
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [readFollowing, userID, changes]);
  return known?.userID === userID ? known.following : undefined;
}
