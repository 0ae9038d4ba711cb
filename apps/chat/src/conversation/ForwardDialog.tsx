import { useState } from 'react';
import { useChat, useClient } from '../chat-client/hooks.tsx';
import { LIMITS } from '../chat-client/limits.ts';
import type { MessageItem } from '../chat-client/message-item.ts';
import { filterConversations } from '../conversations/filter.ts';
import { PersonButton } from '../conversations/PersonButton.tsx';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { Field } from '../design/Field.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './ForwardDialog.module.css';
import { mergerWords } from './merger-words.ts';
import { useSubject } from './subject.ts';

export interface ForwardDialogProps {
  /** Messages of one conversation, in their order. */
  items: readonly MessageItem[];
  onClose(): void;
  onForwarded?(): void;
}

/** Where messages are to go: one after the other, or together as one. */
export function ForwardDialog({ items, onClose, onForwarded }: ForwardDialogProps) {
  const { t } = useLanguage();
  const { forwardEach, forwardMerged, store } = useClient();
  const subject = useSubject(items[0]?.conversationID ?? '');
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const all = useChat((state) => state.conversations);
  const offered = filterConversations(
    all.filter(({ kind }) => kind !== 'system'),
    query,
  );
  const toggle = (id: string): void =>
    setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  const forward = (together: boolean): void => {
    onClose();
    onForwarded?.();
    const words = mergerWords(items, { t, subject, state: store.get() });
    void (together ? forwardMerged(items, chosen, words) : forwardEach(items, chosen));
  };
  const disabled = chosen.length === 0 || chosen.length > LIMITS.forwardTargets;
  return (
    <Dialog
      title={t.forward.title(items.length)}
      onClose={onClose}
      actions={
        <>
          {items.length > 1 && (
            <Button disabled={disabled} onClick={() => forward(true)}>
              {t.forward.together}
            </Button>
          )}
          <Button look="primary" disabled={disabled} onClick={() => forward(false)}>
            {items.length > 1 ? t.forward.oneByOne : t.forward.confirm}
          </Button>
        </>
      }
    >
      <Field
        label={t.conversations.searchLabel}
        value={query}
        onChange={setQuery}
        autofocus
        {...(chosen.length > LIMITS.forwardTargets
          ? { error: t.forward.tooMany(LIMITS.forwardTargets) }
          : {})}
      />
      <ul className={styles.targets}>
        {offered.map(({ id, targetID, title, avatar, kind }) => (
          <li key={id}>
            <PersonButton
              userID={targetID}
              name={title === targetID ? '' : title}
              avatar={avatar}
              shape={kind === 'group' ? 'group' : 'person'}
              chosen={chosen.includes(id)}
              onClick={() => toggle(id)}
            />
          </li>
        ))}
      </ul>
      {offered.length === 0 && <p role="status">{t.conversations.noMatch}</p>}
    </Dialog>
  );
}
