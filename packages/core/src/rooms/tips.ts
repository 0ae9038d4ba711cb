import type { MessageEvent } from '@sterna/protocol';
import { KINDS } from '../groups/kinds.ts';
import { NOTICE, publicProfile, TIP } from '../groups/membership.ts';
import type { RoomGroup, Visitor } from '../ports/rooms.ts';

type Elements = MessageEvent['elements'];

/** The tip that somebody came or went, where the kind of group shows that. */
export function visitorTip(
  group: RoomGroup,
  { userID, nick, avatar }: Visitor,
  what: 'join' | 'quit',
): Elements | undefined {
  if (!KINDS[group.type].membershipTips) return undefined;
  const payload = {
    operatorID: userID,
    operatorInfo: { userID, nick: nick ?? '', avatar: avatar ?? '', nameCard: '' },
    operationType: TIP[what],
    userIDList: [userID],
    memberList: [{ userID, ...(nick && { nick }), ...(avatar && { avatar }) }],
    groupProfile: publicProfile(group),
    ...(what === 'join' && { groupJoinType: 1 }),
  };
  return [{ type: 'TIMGroupTipElem', payload }];
}

/** A tip of a live room says how many listen now. */
export function withCount(elements: Elements, memberCount: number): Elements {
  return elements.map((element) =>
    element.type === 'TIMGroupTipElem'
      ? { ...element, payload: { ...element.payload, memberCount, memberNum: memberCount } }
      : element,
  );
}

/** Whether it tells of the room, instead of being said in it. */
export const isTip = ({ elements }: Pick<MessageEvent, 'elements'>): boolean =>
  elements[0]?.type === 'TIMGroupTipElem';

/** The system's word to those who are in a room that its owner has ended. */
export function dismissedNotice(group: RoomGroup, by: string): Elements {
  const payload = { operatorID: by, operationType: NOTICE.dismissed, groupProfile: publicProfile(group) };
  return [{ type: 'TIMGroupSystemNoticeElem', payload }];
}
