import { useChat, usePerson } from '../chat-client/hooks.tsx';
import { conversationIn } from '../chat-client/conversations.ts';
import type { ClosedRoom, GroupItem } from '../chat-client/state.ts';
import { communityOf, targetOf } from '../chat-client/published-values.ts';
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
  /** The group was left, or it was disbanded, or the topic is not there any more; what can be read of its history remains. */
  isFormerGroup: boolean;
  /** A live room that one is not in. */
  closedRoom: ClosedRoom | undefined;
  /** A community whose members talk in topics, not here. */
  hasTopics: boolean;
  /** The community, where this is a topic. */
  community: string | undefined;
}

export function useSubject(conversationID: string): Subject {
  const { kind, id: targetID } = targetOf(conversationID);
  const { group, isKnown } = useGroupOf(conversationID);
  const community = useCommunity(targetID);
  const isTopic = community !== undefined;
  const closedRoom = useChat((state) =>
    kind === 'group' && group === undefined ? state.closedRooms.get(targetID) : undefined,
  );
  const face = useFace(conversationID, isTopic ? undefined : (group ?? closedRoom));
  return {
    conversationID,
    kind,
    targetID,
    ...face,
    memberCount: group?.memberCount ?? 0,
    isFormerGroup: kind === 'group' && isKnown && group === undefined,
    closedRoom,
    hasTopics: !isTopic && group?.hasTopics === true,
    community,
  };
}

/** The name of the community whose topic this is. */
function useCommunity(targetID: string): string | undefined {
  const groupID = communityOf(targetID);
  const group = useChat((state) => (groupID === undefined ? undefined : state.groups.get(groupID)));
  return groupID === undefined ? undefined : group?.name || groupID;
}

function useFace(
  conversationID: string,
  group: Pick<GroupItem, 'name' | 'avatar'> | undefined,
): Pick<Subject, 'title' | 'avatar'> {
  const { t } = useLanguage();
  const { kind, id } = targetOf(conversationID);
  const item = useChat((state) => conversationIn(state, conversationID));
  const person = usePerson(kind === 'c2c' ? id : '');
  const remark = useChat((state) => (kind === 'c2c' ? state.friends.get(id)?.remark : undefined));
  const avatar = group?.avatar || item?.avatar || person?.avatar || '';
  if (kind === 'system') return { title: t.conversations.system, avatar };
  // The ID of a topic that is not there any more is no name for anybody.
  const unnamed = communityOf(id) === undefined ? id : t.topics.unnamed;
  return { title: group?.name || remark || item?.title || person?.nick || unnamed, avatar };
}

/** The group that a conversation is in, of a topic its community, and whether one may still write there. */
export function useGroupOf(conversationID: string): {
  group: GroupItem | undefined;
  isOpen: boolean;
  /** Whether one is in it is known by now. */
  isKnown: boolean;
} {
  const { kind, id } = targetOf(conversationID);
  const community = communityOf(id);
  const group = useChat((state) => {
    if (kind !== 'group') return undefined;
    if (community !== undefined && !state.topics.has(conversationID)) return undefined;
    return state.groups.get(community ?? id);
  });
  const isKnown = useChat((state) => state.groupsLoaded && state.topicsLoaded);
  return { group, isOpen: kind === 'c2c' || group !== undefined, isKnown };
}
