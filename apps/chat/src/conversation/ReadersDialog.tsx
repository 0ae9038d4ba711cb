import { useClient } from '../chat-client/hooks.tsx';
import type { MessageItem } from '../chat-client/message-item.ts';
import { useLanguage } from '../i18n/language.tsx';
import { LoadedGroups } from './LoadedGroups.tsx';

/** Who has read a message of mine in a group, and who has not. */
export function ReadersDialog({ item, onClose }: { item: MessageItem; onClose(): void }) {
  const { t } = useLanguage();
  const { readers } = useClient();
  const load = async () => {
    const [read, unread] = await Promise.all([readers(item, true), readers(item, false)]);
    return [
      { title: t.receipts.read(read.length), userIDs: read },
      { title: t.receipts.unread(unread.length), userIDs: unread },
    ];
  };
  return <LoadedGroups title={t.receipts.title} load={load} onClose={onClose} />;
}
