import { useEffect } from 'react';
import { useChat, useClient } from '../chat-client/hooks.tsx';
import { LIMITS } from '../chat-client/limits.ts';
import { targetOf } from '../chat-client/published-values.ts';

/** Whose dots may be on the page: the one written to, friends, and whom one wrote with last. */
export function usePresence(openID: string | undefined): void {
  const { watchPresence } = useClient();
  const friends = useChat((state) => state.friends);
  const conversations = useChat((state) => state.conversations);
  const blocked = useChat((state) => state.blocked);
  useEffect(() => {
    const open = openID === undefined ? undefined : targetOf(openID);
    const peers = conversations.flatMap(({ kind, targetID }) => (kind === 'c2c' ? [targetID] : []));
    const wanted = [
      ...(open?.kind === 'c2c' ? [open.id] : []),
      ...peers.slice(0, LIMITS.presence / 2),
      ...friends.keys(),
    ];
    watchPresence(wanted.filter((userID) => !blocked.has(userID)).slice(0, LIMITS.presence));
  }, [watchPresence, openID, friends, conversations, blocked]);
}
