import { type ClipboardEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useClient } from '../chat-client/hooks.tsx';
import { LIMITS } from '../chat-client/limits.ts';
import type { Subject } from '../conversation/subject.ts';
import { IconButton } from '../design/Button.tsx';
import { Icon } from '../design/Icon.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { canRecord } from '../media/recorder.ts';
import { RecorderBar } from '../media/RecorderBar.tsx';
import { useAttachments } from '../media/use-attachments.ts';
import { AttachFiles } from './AttachFiles.tsx';
import { charactersOver, isSendKey } from './composing.ts';
import styles from './Composer.module.css';
import { EmojiButton } from './EmojiButton.tsx';
import { useGrowingHeight } from './growing-height.ts';
import { lastOwnText } from './last-own-text.ts';
import { MentionList } from './MentionList.tsx';
import { TaskBar } from './TaskBar.tsx';
import { useMentions } from './use-mentions.ts';
import { useWriting } from './use-writing.ts';

/** On a phone Enter makes a new line, as in every other app there: the button sends. */
const HAS_TOUCH_KEYBOARD = matchMedia('(pointer: coarse)').matches;
const MENTION_LIST = 'composer-mentions';
const HINT = 'composer-hint';
const TOO_LONG = 'composer-too-long';

export function Composer({ subject }: { subject: Subject }) {
  const { conversationID, title } = subject;
  const { t } = useLanguage();
  const { tellTyping, startEditing, store } = useClient();
  const ref = useRef<HTMLTextAreaElement>(null);
  const { text, setText, task, cancel, submit, sendFiles } = useWriting(conversationID, ref);
  const attachments = useAttachments();
  const [isRecording, setRecording] = useState(false);
  const mentions = useMentions({ conversationID, field: ref, onText: setText });
  const over = charactersOver(text, LIMITS.textBytes);
  const isSendable = text.trim() !== '' && over === 0;
  useGrowingHeight(ref, text);
  useEffect(() => {
    // Opening a chat means writing in it, except where that would throw up a keyboard over what is to be read.
    if (!HAS_TOUCH_KEYBOARD) ref.current?.focus();
  }, []);

  const send = (): void => {
    if (!isSendable) return;
    submit(mentions.namedIn(text));
    mentions.reset();
    ref.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (mentions.onKeyDown(event)) return;
    if (event.key === 'Escape' && task !== undefined) {
      event.preventDefault();
      cancel();
    } else if (event.key === 'ArrowUp' && text === '' && task === undefined) {
      const own = lastOwnText(store.get(), conversationID);
      if (own === undefined) return;
      event.preventDefault();
      startEditing(own);
    } else if (isSendKey(event.nativeEvent) && !HAS_TOUCH_KEYBOARD) {
      event.preventDefault();
      send();
    }
  };
  const onPaste = (event: ClipboardEvent): void => {
    const { files, types } = event.clipboardData;
    // Office programs put a picture of a text beside it: then the text is meant.
    if (files.length === 0 || types.includes('text/plain')) return;
    event.preventDefault();
    void attachments.add([...files]);
  };
  const insert = (emoji: string): void => {
    const field = ref.current;
    if (field === null) return;
    field.setRangeText(emoji, field.selectionStart, field.selectionEnd, 'end');
    setText(field.value);
  };

  const isOffering = mentions.offered.length > 0;
  if (isRecording) {
    return (
      <div className={styles.bar}>
        <div className={styles.composer}>
          <RecorderBar
            onRecorded={(recording) => sendFiles([recording], '')}
            onClose={() => setRecording(false)}
          />
        </div>
      </div>
    );
  }
  return (
    <div className={styles.bar}>
      <TooLong over={over} />
      <div className={styles.composer}>
        {isOffering && (
          <MentionList
            id={MENTION_LIST}
            offered={mentions.offered}
            active={mentions.active}
            onPick={mentions.pick}
          />
        )}
        {task !== undefined && <TaskBar kind={task.kind} item={task.item} onCancel={cancel} />}
        <AttachFiles
          attachments={attachments}
          title={title}
          text={task?.kind === 'edit' ? '' : text}
          onSend={sendFiles}
        />
        <EmojiButton onPick={insert} />
        <textarea
          ref={ref}
          className={styles.text}
          rows={1}
          value={text}
          placeholder={t.composer.placeholder}
          aria-label={t.composer.label(title)}
          aria-describedby={over > 0 ? TOO_LONG : HINT}
          aria-invalid={over > 0}
          aria-autocomplete={subject.kind === 'group' ? 'list' : undefined}
          aria-controls={isOffering ? MENTION_LIST : undefined}
          aria-activedescendant={isOffering ? `${MENTION_LIST}-${mentions.active}` : undefined}
          enterKeyHint={HAS_TOUCH_KEYBOARD ? 'enter' : 'send'}
          dir="auto"
          onChange={(event) => {
            setText(event.target.value);
            mentions.look();
            if (task?.kind !== 'edit' && event.target.value !== '') tellTyping(conversationID);
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <span id={HINT} className="visually-hidden">
          {HAS_TOUCH_KEYBOARD ? t.composer.touchHint : t.composer.hint}
        </span>
        {canRecord() && text === '' && task === undefined ? (
          <IconButton icon="voice" label={t.media.record} onClick={() => setRecording(true)} />
        ) : (
          <SendButton isChange={task?.kind === 'edit'} disabled={!isSendable} onSend={send} />
        )}
      </div>
    </div>
  );
}

interface SendButtonProps {
  isChange: boolean;
  disabled: boolean;
  onSend(): void;
}

function SendButton({ isChange, disabled, onSend }: SendButtonProps) {
  const { t } = useLanguage();
  const label = isChange ? t.app.save : t.composer.send;
  return (
    <button
      type="button"
      className={styles.send}
      aria-label={label}
      title={label}
      disabled={disabled}
      // The press must not take the focus from the text: a phone would fold its keyboard.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onSend}
    >
      <Icon name={isChange ? 'check' : 'send'} size={20} />
    </button>
  );
}

/** Above the field, where it takes nothing from what is written. The place is there before the words, so they are read out. */
function TooLong({ over }: { over: number }) {
  const { t } = useLanguage();
  return (
    <div role="status">
      {over > 0 && (
        <p id={TOO_LONG} className={styles.over}>
          {t.composer.tooLong(over)}
        </p>
      )}
    </div>
  );
}
