import { openConversation, parseRoute } from '../app/route.ts';
import { useClient } from '../chat-client/hooks.tsx';
import type { MessageItem } from '../chat-client/message-item.ts';
import { useTold } from '../design/use-told.ts';

/** As wide as one pane: the search would lie before the message that it found. */
const ONE_PANE = '(max-width: 45rem)';

/** Goes to a message that was found, in its conversation, wherever in the history it is. */
export function useShowFound(): (item: MessageItem) => void {
  const { open, jumpTo } = useClient();
  const told = useTold();
  return (item) => {
    const { conversationID } = item;
    const isOpen = parseRoute(location.hash).conversationID === conversationID;
    if (!isOpen || matchMedia(ONE_PANE).matches) openConversation(conversationID);
    // What a jump brings takes the place of the newest page, also while that is still on its way.
    void open(conversationID);
    told(jumpTo(conversationID, item));
  };
}
