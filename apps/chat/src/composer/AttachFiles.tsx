import { useCallback, useRef } from 'react';
import { createPortal } from 'react-dom';
import type { Attachment } from '../chat-client/attachments.ts';
import { IconButton } from '../design/Button.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { AttachmentDialog } from '../media/AttachmentDialog.tsx';
import { DropZone } from '../media/DropZone.tsx';
import type { Attachments } from '../media/use-attachments.ts';

export interface AttachFilesProps {
  attachments: Attachments;
  /** Who is written to. */
  title: string;
  text: string;
  onSend(attachments: readonly Attachment[], caption: string): void;
}

/** Files by a button or from outside the page; they are seen before they are sent. */
export function AttachFiles({ attachments, title, text, onSend }: AttachFilesProps) {
  const { t } = useLanguage();
  const input = useRef<HTMLInputElement>(null);
  const { chosen, add, remove, clear } = attachments;
  const take = useCallback((files: readonly File[]) => void add(files), [add]);
  const pick = (): void => input.current?.click();
  return (
    <>
      <IconButton icon="clip" label={t.media.attach} onClick={pick} />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        tabIndex={-1}
        aria-label={t.media.attach}
        onChange={({ currentTarget }) => {
          take([...(currentTarget.files ?? [])]);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
      {createPortal(<DropZone title={title} onFiles={take} />, document.body)}
      {chosen.length > 0 && (
        <AttachmentDialog
          attachments={chosen}
          text={text}
          onRemove={remove}
          onMore={pick}
          onSend={(caption) => {
            clear();
            onSend(chosen, caption);
          }}
          onClose={clear}
        />
      )}
    </>
  );
}
