import { LIMITS } from '../chat-client/limits.ts';
import type { MessageItem } from '../chat-client/message-item.ts';
import { isUnsent } from '../chat-client/timeline.ts';
import { rightsIn } from '../groups/group-rights.ts';
import type { GroupItem } from '../chat-client/state.ts';

/** What can be done with a message. The server decides; this hides what it would refuse. */
export interface MessageRights {
  reply: boolean;
  copy: boolean;
  edit: boolean;
  recall: boolean;
  forward: boolean;
  react: boolean;
  pin: boolean;
  remove: boolean;
}

const NONE: MessageRights = {
  reply: false,
  copy: false,
  edit: false,
  recall: false,
  forward: false,
  react: false,
  pin: false,
  remove: false,
};

/** `group` is the one that the message is in, while one is a member of it. */
export function rightsOver(
  item: MessageItem,
  { nowMs, group, isOpen }: { nowMs: number; group: GroupItem | undefined; isOpen: boolean },
): MessageRights {
  if (item.recalled || item.tip !== undefined) return NONE;
  const copy = item.text !== '';
  if (isUnsent(item) || item.sequence === 0) return { ...NONE, copy };
  const rights = group === undefined ? undefined : rightsIn(group);
  const isFresh = nowMs - item.timeMs < LIMITS.recallMs;
  return {
    copy,
    forward: true,
    remove: true,
    reply: isOpen,
    react: isOpen,
    edit: isOpen && item.mine && item.kind === 'text',
    recall: isOpen && (item.mine ? isFresh || rights?.recallOthers === true : rights?.recallOthers === true),
    pin: isOpen && rights?.pin === true,
  };
}
