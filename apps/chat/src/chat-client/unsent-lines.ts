import { previewOf } from './conversations.ts';
import { communityOf, conversationIDOf, GROUP_TYPE, targetOf } from './published-values.ts';
import type { ChatState, ConversationItem, UnsentLine } from './state.ts';
import type { TimMessage } from './tim.ts';

/** The newest message of each conversation among these, the oldest first. */
export function linesOf(unsent: readonly { message: TimMessage; isUnderWay: boolean }[]): UnsentLine[] {
  const newest = new Map<string, UnsentLine>();
  for (const { message, isUnderWay } of unsent.toSorted((a, b) => a.message.time - b.message.time)) {
    const { conversationID, time, type, payload, from } = message;
    const last = { lastTime: time, isRevoked: false, fromAccount: from, type, payload, messageForShow: '' };
    // What is put in anew stands behind all others.
    newest.delete(conversationID);
    newest.set(conversationID, {
      conversationID,
      timeMs: time * 1000,
      preview: previewOf(last),
      state: isUnderWay ? 'sending' : 'failed',
    });
  }
  return [...newest.values()];
}

/** The list with what is not sent in it, at its time and place; that of a conversation which has nothing else is there, too. */
export function withUnsent(
  conversations: readonly ConversationItem[],
  lines: readonly UnsentLine[],
  known: Pick<ChatState, 'people' | 'groups'>,
): readonly ConversationItem[] {
  return lines.reduce((list, line) => placed(list, line, known), conversations);
}

function placed(
  list: readonly ConversationItem[],
  line: UnsentLine,
  known: Pick<ChatState, 'people' | 'groups'>,
): readonly ConversationItem[] {
  const item = list.find(({ id }) => id === line.conversationID) ?? newItem(line, known);
  if (item === undefined) return list;
  const unsent = line.state;
  if (line.timeMs < item.lastTimeMs)
    // What failed stays to be seen; what is under way will be the last when it is there.
    return unsent === 'failed' ? list.map((other) => (other === item ? { ...item, unsent } : other)) : list;
  const shown = { ...item, lastTimeMs: line.timeMs, preview: line.preview, unsent };
  const others = list.filter(({ id }) => id !== item.id);
  const place = others.findIndex(({ pinned, lastTimeMs }) =>
    pinned === shown.pinned ? lastTimeMs <= shown.lastTimeMs : shown.pinned,
  );
  return others.toSpliced(place === -1 ? others.length : place, 0, shown);
}

/** Topics, communities that talk in them, and live rooms are in no list of conversations. */
function newItem(
  { conversationID, timeMs, preview }: UnsentLine,
  { people, groups }: Pick<ChatState, 'people' | 'groups'>,
): ConversationItem | undefined {
  const { kind, id } = targetOf(conversationID);
  const group = groups.get(id);
  const isListed =
    kind === 'c2c' || (group !== undefined && !group.hasTopics && group.type !== GROUP_TYPE.liveRoom);
  if (kind === 'system' || !isListed || communityOf(id) !== undefined) return undefined;
  const face = kind === 'c2c' ? people.get(id) : group;
  return {
    id: conversationIDOf(kind, id),
    kind,
    targetID: id,
    title: (kind === 'c2c' ? people.get(id)?.nick : group?.name) || id,
    avatar: face?.avatar ?? '',
    unread: 0,
    muted: false,
    pinned: false,
    markedUnread: false,
    lastTimeMs: timeMs,
    preview,
    mention: 'none',
    isOnlyHere: true,
  };
}
