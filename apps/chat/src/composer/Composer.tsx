import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useClient } from '../chat-client/hooks.tsx';
import { LIMITS } from '../chat-client/limits.ts';
import { Icon } from '../design/Icon.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { bytesOver, isSendKey } from './composing.ts';
import styles from './Composer.module.css';
import { EmojiButton } from './EmojiButton.tsx';
import { useGrowingHeight } from './growing-height.ts';

/** On a phone Enter makes a new line, as in every other app there: the button sends. */
const HAS_TOUCH_KEYBOARD = matchMedia('(pointer: coarse)').matches;

export function Composer({ conversationID, title }: { conversationID: string; title: string }) {
  const { t } = useLanguage();
  const { sendText, store, setDraft } = useClient();
  const ref = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => store.get().drafts[conversationID] ?? '');
  const over = bytesOver(text, LIMITS.textBytes);
  const isSendable = text.trim() !== '' && over === 0;
  useGrowingHeight(ref, text);
  useDraft(conversationID, text, setDraft);
  useEffect(() => {
    // Opening a chat means writing in it, except where that would throw up a keyboard over what is to be read.
    if (!HAS_TOUCH_KEYBOARD) ref.current?.focus();
  }, []);

  const send = (): void => {
    if (!isSendable) return;
    void sendText(conversationID, text.trim());
    setText('');
    ref.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (!isSendKey(event.nativeEvent) || HAS_TOUCH_KEYBOARD) return;
    event.preventDefault();
    send();
  };
  const insert = (emoji: string): void => {
    const field = ref.current;
    if (field === null) return;
    field.setRangeText(emoji, field.selectionStart, field.selectionEnd, 'end');
    setText(field.value);
  };

  return (
    <div className={styles.bar}>
      <div className={styles.composer}>
        <EmojiButton onPick={insert} />
        <textarea
          ref={ref}
          className={styles.text}
          rows={1}
          value={text}
          placeholder={t.composer.placeholder}
          aria-label={t.composer.label(title)}
          aria-describedby="composer-hint"
          aria-invalid={over > 0}
          enterKeyHint={HAS_TOUCH_KEYBOARD ? 'enter' : 'send'}
          dir="auto"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <span
          id="composer-hint"
          className={over > 0 ? styles.over : 'visually-hidden'}
          role={over > 0 ? 'alert' : undefined}
        >
          {over > 0 ? t.composer.tooLong(over) : t.composer.hint}
        </span>
        <button
          type="button"
          className={styles.send}
          aria-label={t.composer.send}
          title={t.composer.send}
          disabled={!isSendable}
          // The press must not take the focus from the text: a phone would fold its keyboard.
          onPointerDown={(event) => event.preventDefault()}
          onClick={send}
        >
          <Icon name="send" size={20} />
        </button>
      </div>
    </div>
  );
}

/** What was not sent waits for the reader's return to this conversation. */
function useDraft(
  conversationID: string,
  text: string,
  setDraft: (conversationID: string, text: string) => void,
): void {
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  }, [text]);
  useEffect(
    () => () => setDraft(conversationID, latest.current.trim() === '' ? '' : latest.current),
    [conversationID, setDraft],
  );
}
