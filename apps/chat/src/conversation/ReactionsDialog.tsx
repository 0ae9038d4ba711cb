import { useClient } from '../chat-client/hooks.tsx';
import type { MessageItem } from '../chat-client/message-item.ts';
import type { Reaction } from '../chat-client/state.ts';
import { useLanguage } from '../i18n/language.tsx';
import { LoadedGroups } from './LoadedGroups.tsx';

export interface ReactionsDialogProps {
  item: MessageItem;
  reactions: readonly Reaction[];
  onClose(): void;
}

/** Who reacted to a message, and how. */
export function ReactionsDialog({ item, reactions, onClose }: ReactionsDialogProps) {
  const { t } = useLanguage();
  const { reactionUsers } = useClient();
  const load = () =>
    Promise.all(
      reactions.map(async ({ reactionID }) => {
        const people = await reactionUsers(item, reactionID);
        return { title: reactionID, userIDs: people.map(({ userID }) => userID) };
      }),
    );
  return <LoadedGroups title={t.reactions.title} load={load} onClose={onClose} />;
}
