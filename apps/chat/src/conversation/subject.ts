import { useChat, usePerson } from '../chat-client/hooks.tsx';
import type { GroupItem } from '../chat-client/state.ts';
import { targetOf } from '../chat-client/published-values.ts';
import { useLanguage } from '../i18n/language.tsx';

/** Who, or what, a conversation is with. */
export interface Subject {
  conversationID: string;
  kind: 'c2c' | 'group' | 'system';
  targetID: string;
  title: string;
  avatar: string;
  /** 0 where it is not known, or not a group. */
  memberCount: number;
  /** The group was left, or it was disbanded; its history remains. */
  isFormerGroup: boolean;
}

export function useSubject(conversationID: string): Subject {
  const { t } = useLanguage();
  const { kind, id: targetID } = targetOf(conversationID);
  const item = useChat((state) => state.conversations.find((known) => known.id === conversationID));
  const group = useChat((state) => (kind === 'group' ? state.groups.get(targetID) : undefined));
  const groupsLoaded = useChat((state) => state.groupsLoaded);
  const person = usePerson(kind === 'c2c' ? targetID : '');
  const remark = useChat((state) => (kind === 'c2c' ? state.friends.get(targetID)?.remark : undefined));
  const title = group?.name || remark || item?.title || person?.nick || targetID;
  return {
    conversationID,
    kind,
    targetID,
    title: kind === 'system' ? t.conversations.system : title,
    avatar: group?.avatar || item?.avatar || person?.avatar || '',
    memberCount: group?.memberCount ?? 0,
    isFormerGroup: kind === 'group' && groupsLoaded && group === undefined,
  };
}

/** The group that a conversation is in, and whether one may still write there. */
export function useGroupOf(conversationID: string): { group: GroupItem | undefined; isOpen: boolean } {
  const { kind, id } = targetOf(conversationID);
  const group = useChat((state) => (kind === 'group' ? state.groups.get(id) : undefined));
  return { group, isOpen: kind === 'c2c' || group !== undefined };
}
