import { useEffect, useState } from 'react';
import { nameOf, useChat, useClient } from '../chat-client/hooks.tsx';
import type { MessageItem } from '../chat-client/message-item.ts';
import { kindName } from '../conversations/preview.ts';
import { useLanguage } from '../i18n/language.tsx';

/** How many messages that arrive together are read out. */
const SPOKEN = 3;

/** Reads out what arrives in the open conversation; history that is loaded is not read out, and what is recalled is taken out. */
export function Arrivals({ conversationID, title }: { conversationID: string; title: string }) {
  const { t } = useLanguage();
  const { onArrival } = useClient();
  const [arrived, setArrived] = useState<readonly MessageItem[]>([]);
  const people = useChat((state) => state.people);
  const items = useChat((state) => state.timelines[conversationID]?.items);
  useEffect(
    () =>
      onArrival((all) => {
        const said = all.filter((item) => item.tip === undefined);
        // After a crowd only its end is read out.
        if (said.length > 0) setArrived(said.slice(-SPOKEN));
      }),
    [onArrival],
  );
  const recalled = new Set(items?.filter((item) => item.recalled).map(({ id }) => id));
  return (
    <div className="visually-hidden" aria-live="polite" data-arrivals="">
      {arrived
        .filter((item) => item.conversationID === conversationID && !recalled.has(item.id))
        .map((item) => (
          <p key={item.id}>
            {t.conversation.arrived(
              item.senderName || nameOf(people, item.from) || title,
              item.text || kindName(t, item.kind),
            )}
          </p>
        ))}
    </div>
  );
}
