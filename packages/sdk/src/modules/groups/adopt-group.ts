import type { GroupInfo } from '@sterna/protocol';
import type { Group } from '../../types/group.ts';
import type { EngineContext } from '../engine-module.ts';

/** Takes in what the server says of a group, and shows it. Where the group's own log counts the members, it is right. */
export function adoptGroup(context: EngineContext, info: GroupInfo): Group {
  const { conversations, groups, outlet, session, sync } = context;
  const conversationID = `GROUP${info.groupID}`;
  const held = conversations.find(conversationID);
  const isCounted = sync.pos(conversationID) !== undefined && !!held && held.memberPos > 0;
  const group = groups.adopt(info, session().userID, isCounted);
  if (held) held.view.subType = group.type;
  outlet.groupsChanged();
  outlet.conversationsChanged();
  return group;
}
