import { messageCreators } from '../messages/creators.ts';
import { conversations } from './conversations/conversations.ts';
import type { EngineModuleFactory } from './engine-module.ts';
import { groupLife } from './groups/group-life.ts';
import { groups } from './groups/groups.ts';
import { messageExtras } from './messages/message-extras.ts';
import { messageLife } from './messages/message-life.ts';
import { messages } from './messages/messages.ts';
import { profiles } from './profiles/profiles.ts';

/** Every domain, in the order in which events reach them: profiles and groups before what shows them. */
export const allModules: readonly EngineModuleFactory[] = [
  profiles,
  groups,
  groupLife,
  messageCreators,
  messages,
  messageLife,
  messageExtras,
  conversations,
];
