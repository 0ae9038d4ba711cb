export * from './tables.ts';
export * from './ids.ts';
export { acceptanceOf, type Acceptance } from './acceptance.ts';
export { JsonRefusal, parseJson, type JsonBounds } from './safe-json.ts';
export * from './elements.ts';
export * from './events.ts';
export * from './frame.ts';
export * from './commands/index.ts';
export { protocolText, schemaText } from './schema-text.ts';
export type { Command } from './commands/command.ts';
export type { ConversationSnapshot } from './commands/conversation.ts';
export type { Friend } from './commands/friend.ts';
export type {
  GroupInfo,
  GroupMemberInfo,
  GroupType,
  GroupTypeName,
  MemberRole,
  TopicInfo,
} from './commands/group-info.ts';
export type { Cursor, SyncPage } from './commands/session.ts';
export type { Platform } from './user-status.ts';
