import type { GroupInfo } from '@sterna/protocol';
import type { Group } from '../../types/group.ts';
import type { EngineContext } from '../engine-module.ts';

/** Takes in what the server says of a group, and shows it. */
export function adoptGroup(context: EngineContext, info: GroupInfo): Group {
  const { conversations, groups, outlet, session } = context;
  const held = conversations.find(`GROUP${info.groupID}`);
  const group = groups.adopt(info, session().userID, held);
  if (held) held.view.subType = group.type;
  outlet.groupsChanged();
  outlet.conversationsChanged();
  return group;
}
