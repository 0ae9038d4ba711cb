import { useCallback, useEffect, useRef, useState } from 'react';
import type { Attachment } from '../chat-client/attachments.ts';
import { useClient } from '../chat-client/hooks.tsx';
import { LIMITS } from '../chat-client/limits.ts';
import type { Notice } from '../chat-client/state.ts';
import { describeFile } from './describe-file.ts';

export interface Attachments {
  /** What was chosen and is not sent yet. */
  chosen: readonly Attachment[];
  add(files: readonly File[]): Promise<void>;
  remove(attachment: Attachment): void;
  clear(): void;
}

type WhyNot = Extract<Notice, { kind: 'filesLeftOut' }>['why'];

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
      const reasons = await Promise.all(files.map(whyNot));
      const fitting = files.filter((_, index) => reasons[index] === undefined);
      const left = Math.max(0, LIMITS.attachments - count.current);
      const leaveOut = (why: WhyNot, out: readonly File[]): void => {
        if (out.length > 0) notify({ kind: 'filesLeftOut', why, names: out.map(({ name }) => name) });
      };
      for (const why of ['empty', 'tooLarge', 'unreadable'] as const)
        leaveOut(
          why,
          files.filter((_, index) => reasons[index] === why),
        );
      leaveOut('tooMany', fitting.slice(left));
      const described = await Promise.all(fitting.slice(0, left).map(describeFile));
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

/** A file that has gone since it was chosen, and a folder, which looks like one when it is dropped, cannot be read. */
async function whyNot(file: File): Promise<WhyNot | undefined> {
  if (file.size > LIMITS.fileBytes) return 'tooLarge';
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch {
    return 'unreadable';
  }
  return file.size === 0 ? 'empty' : undefined;
}
