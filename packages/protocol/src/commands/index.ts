import type * as v from 'valibot';
import * as blacklist from './blacklist.ts';
import type { Command } from './command.ts';
import * as conversation from './conversation.ts';
import * as settings from './conversation-settings.ts';
import * as follow from './follow.ts';
import * as friend from './friend.ts';
import * as group from './group.ts';
import * as groupLife from './group-life.ts';
import * as liveRoom from './live-room.ts';
import * as life from './message-life.ts';
import * as language from './language.ts';
import * as merger from './merger.ts';
import * as message from './message.ts';
import * as profile from './profile.ts';
import * as search from './search.ts';
import * as session from './session.ts';
import * as signaling from './signaling.ts';
import * as status from './status.ts';
import * as topic from './topic.ts';
import * as upload from './upload.ts';

const list = [
  session.login,
  session.logout,
  session.ping,
  session.inboxSync,
  message.sendMessage,
  message.messageHistory,
  merger.keepMerger,
  merger.loadMerger,
  language.translateTexts,
  language.transcribeVoice,
  life.recallMessage,
  life.modifyMessage,
  life.deleteMessages,
  life.clearHistory,
  life.findMessage,
  life.setExtensions,
  life.deleteExtensions,
  life.getExtensions,
  life.addReaction,
  life.removeReaction,
  life.getReactions,
  life.getReactionUsers,
  life.sendReceipts,
  life.getReceipts,
  life.getReadMembers,
  conversation.listConversations,
  conversation.getConversation,
  conversation.syncConversation,
  conversation.readConversation,
  conversation.deleteConversations,
  settings.changeConversations,
  settings.readAll,
  settings.listConversationGroups,
  settings.changeConversationGroup,
  settings.setReceiveOption,
  settings.getReceiveOption,
  group.createGroup,
  group.joinGroup,
  group.quitGroup,
  group.dismissGroup,
  group.listGroups,
  group.getGroup,
  group.listGroupMembers,
  group.addGroupMembers,
  group.deleteGroupMembers,
  groupLife.updateGroup,
  groupLife.changeGroupOwner,
  groupLife.searchGroup,
  groupLife.listApplications,
  groupLife.handleApplication,
  groupLife.getGroupMembers,
  groupLife.setMemberRole,
  groupLife.muteMember,
  groupLife.updateMember,
  groupLife.changeAttributes,
  groupLife.getAttributes,
  groupLife.changeCounters,
  groupLife.getCounters,
  groupLife.pinGroupMessage,
  groupLife.listPinnedMessages,
  groupLife.countOnlineMembers,
  liveRoom.enterAsGuest,
  liveRoom.markMembers,
  liveRoom.listBans,
  liveRoom.unbanMembers,
  topic.createTopic,
  topic.deleteTopics,
  topic.updateTopic,
  topic.listTopics,
  profile.getProfiles,
  profile.updateProfile,
  blacklist.listBlacklist,
  blacklist.changeBlacklist,
  friend.listFriends,
  friend.getFriends,
  friend.checkFriends,
  friend.addFriend,
  friend.deleteFriends,
  friend.updateFriend,
  friend.listFriendApplications,
  friend.answerFriendApplication,
  friend.deleteFriendApplication,
  friend.readFriendApplications,
  friend.listFriendGroups,
  friend.changeFriendGroup,
  follow.changeFollows,
  follow.listFollows,
  follow.countFollows,
  follow.checkFollows,
  search.searchMessages,
  search.searchUsers,
  search.searchGroups,
  search.searchMembers,
  signaling.getInvitation,
  signaling.listInvitations,
  status.getStatuses,
  status.setStatus,
  status.subscribeStatuses,
  status.unsubscribeStatuses,
  upload.beginUpload,
  upload.finishUpload,
] as const;

type AnyCommand = (typeof list)[number];

/** Every command by its name. */
export type Commands = { [C in AnyCommand as C['name']]: C };
export type CommandName = keyof Commands;

/** A request after validation. */
export type RequestOf<Name extends CommandName> = v.InferOutput<Commands[Name]['request']>;
export type ReplyOf<Name extends CommandName> = v.InferOutput<Commands[Name]['reply']>;

/** The table that the gateway validates by and that the documentation is generated from. */
export const commands: ReadonlyMap<string, Command<string, v.GenericSchema, v.GenericSchema>> = new Map(
  list.map((command) => [command.name, command]),
);
