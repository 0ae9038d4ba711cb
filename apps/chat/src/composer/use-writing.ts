import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Attachment } from '../chat-client/attachments.ts';
import { failureOf } from '../chat-client/context.ts';
import { useChat, useClient } from '../chat-client/hooks.tsx';
import { quoteData } from '../chat-client/quote.ts';
import type { WritingTask } from '../chat-client/state.ts';
import { authorName } from '../conversation/author-name.ts';
import { abstractOf } from '../conversation/message-abstract.ts';
import { useLanguage } from '../i18n/language.tsx';

export interface Writing {
  text: string;
  setText(text: string): void;
  /** What the text is for, other than to be said. */
  task: Exclude<WritingTask, { kind: 'again' }> | undefined;
  cancel(): void;
  submit(mentions: readonly string[]): void;
  /** Sends files, with words that follow them. A message that is being changed stays so. */
  sendFiles(attachments: readonly Attachment[], caption: string): void;
}

/** The text that is being written: something new, an answer, or another text for a message. */
export function useWriting(conversationID: string, field: RefObject<HTMLTextAreaElement | null>): Writing {
  const { t } = useLanguage();
  const { store, sendText, sendAttachments, editText, stopWriting, setDraft, notify } = useClient();
  const [text, setText] = useState(() => store.get().drafts[conversationID] ?? '');
  /** What was being written when a message was taken up for a change: it comes back afterwards. */
  const aside = useRef<string>(undefined);
  const all = useChat((state) => state.writing);
  const task = all !== undefined && placeOf(all) === conversationID ? all : undefined;
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  }, [text]);
  useEffect(() => {
    if (task === undefined) return;
    if (task.kind === 'edit') {
      aside.current ??= latest.current;
      setText(task.item.text);
    } else if (task.kind === 'again') {
      setText(task.text);
      stopWriting();
    }
    field.current?.focus();
  }, [task, stopWriting, field]);
  useDraft(conversationID, () => aside.current ?? latest.current);
  const done = (): void => {
    stopWriting();
    setText(aside.current ?? '');
    aside.current = undefined;
  };

  const sent = (): void => {
    stopWriting();
    setDraft(conversationID, '');
    setText('');
  };
  const quote =
    task?.kind === 'reply'
      ? quoteData(task.item, authorName(store.get(), task.item), abstractOf(t, task.item))
      : '';

  return {
    text,
    setText,
    task: task?.kind === 'again' ? undefined : task,
    cancel: () => {
      if (task?.kind === 'edit') done();
      else stopWriting();
    },
    submit: (mentions) => {
      const words = text.trim();
      if (task?.kind === 'edit') {
        if (words === task.item.text) return done();
        editText(task.item, words).then(done, (error: unknown) =>
          notify({ kind: 'failure', failure: failureOf(error) }),
        );
        return;
      }
      void sendText(conversationID, words, { quote, mentions });
      sent();
    },
    sendFiles: (attachments, caption) => {
      void sendAttachments(conversationID, attachments, { caption, quote });
      if (task?.kind !== 'edit') sent();
    },
  };
}

function placeOf(task: WritingTask): string {
  return task.kind === 'again' ? task.conversationID : task.item.conversationID;
}

/** What was not sent waits for the reader's return to this conversation, or to the page. */
function useDraft(conversationID: string, read: () => string): void {
  const { setDraft, stopWriting } = useClient();
  const latest = useRef(read);
  useEffect(() => {
    latest.current = read;
  });
  useEffect(() => {
    const keep = (): void => {
      const text = latest.current();
      setDraft(conversationID, text.trim() === '' ? '' : text);
    };
    // A page that goes into the background may be ended there without another word.
    document.addEventListener('visibilitychange', keep);
    window.addEventListener('pagehide', keep);
    return () => {
      document.removeEventListener('visibilitychange', keep);
      window.removeEventListener('pagehide', keep);
      keep();
      stopWriting();
    };
  }, [conversationID, setDraft, stopWriting]);
}
