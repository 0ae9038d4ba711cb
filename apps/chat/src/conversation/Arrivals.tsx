import { useEffect, useState } from 'react';
import { nameOf, useClient } from '../chat-client/hooks.tsx';
import type { MessageItem } from '../chat-client/message-item.ts';
import { kindName } from '../conversations/preview.ts';
import { useLanguage } from '../i18n/language.tsx';

/** How many messages that arrive together are read out. */
const SPOKEN = 3;

/** Reads out what arrives in the open conversation; history that is loaded is not read out. */
export function Arrivals({ title }: { title: string }) {
  const { t } = useLanguage();
  const { onArrival, store } = useClient();
  const [spoken, setSpoken] = useState('');
  useEffect(
    () =>
      onArrival((items: readonly MessageItem[]) => {
        const lines = items
          .filter((item) => item.tip === undefined)
          .map((item) => {
            const name = item.senderName || nameOf(store.get().people, item.from) || title;
            return t.conversation.arrived(name, item.text || kindName(t, item.kind));
          });
        // After a crowd only its end is read out.
        if (lines.length > 0) setSpoken(lines.slice(-SPOKEN).join('\n'));
      }),
    [onArrival, store, t, title],
  );
  return (
    <div className="visually-hidden" aria-live="polite" data-arrivals="">
      {spoken}
    </div>
  );
}
