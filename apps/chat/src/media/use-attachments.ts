import { useCallback, useEffect, useRef, useState } from 'react';
import type { Attachment } from '../chat-client/attachments.ts';
import { useClient } from '../chat-client/hooks.tsx';
import { LIMITS } from '../chat-client/limits.ts';
import { describeFile } from './describe-file.ts';

export interface Attachments {
  /** What was chosen and is not sent yet. */
  chosen: readonly Attachment[];
  add(files: readonly File[]): Promise<void>;
  remove(attachment: Attachment): void;
  clear(): void;
}

/** Files on their way into a message: what cannot be sent is told at once, and the rest goes on. */
export function useAttachments(): Attachments {
  const { notify } = useClient();
  const [chosen, setChosen] = useState<readonly Attachment[]>([]);
  const count = useRef(0);
  useEffect(() => {
    count.current = chosen.length;
  }, [chosen]);
  const add = useCallback(
    async (files: readonly File[]): Promise<void> => {
      const fitting = files.filter(({ name, size }) => {
        if (size === 0) notify({ kind: 'fileEmpty', name });
        else if (size > LIMITS.fileBytes) notify({ kind: 'fileTooLarge', name });
        return size > 0 && size <= LIMITS.fileBytes;
      });
      const described = await Promise.all(fitting.slice(0, LIMITS.attachments).map(describeFile));
      if (count.current + fitting.length > LIMITS.attachments) notify({ kind: 'tooManyFiles' });
      setChosen((before) => [...before, ...described].slice(0, LIMITS.attachments));
    },
    [notify],
  );
  return {
    chosen,
    add,
    remove: (attachment) => setChosen((before) => before.filter((each) => each !== attachment)),
    clear: () => setChosen([]),
  };
}
