import { changeBlacklist } from '../blacklist/change-blacklist.ts';
import { changeConversations } from '../conversations/change-conversations.ts';
import { changeConversationGroup } from '../conversations/conversation-groups.ts';
import { deleteConversations } from '../conversations/delete-conversations.ts';
import { readConversation } from '../conversations/read-conversation.ts';
import { setReceiveOption } from '../conversations/receive-option.ts';
import { changeFollows } from '../follows/change-follows.ts';
import { addFriend } from '../friends/add-friend.ts';
import { answerApplication, deleteApplication, readApplications } from '../friends/applications.ts';
import { deleteFriends, updateFriend } from '../friends/change-friends.ts';
import { changeFriendGroup } from '../friends/friend-groups.ts';
import { addMembers } from '../groups/add-members.ts';
import { handleApplication } from '../groups/applications.ts';
import { muteMember, setMemberRole, updateMember } from '../groups/change-member.ts';
import { createGroup } from '../groups/create-group.ts';
import { deleteMembers } from '../groups/delete-members.ts';
import { dismissGroup, leaveDismissed } from '../groups/dismiss-group.ts';
import { unbanMembers } from '../groups/bans.ts';
import { changeAttributes, changeCounters, pinMessage } from '../groups/facilities.ts';
import { joinGroup } from '../groups/join-group.ts';
import { markMembers } from '../groups/mark-members.ts';
import { quitGroup } from '../groups/quit-group.ts';
import { changeOwner, updateGroup } from '../groups/update-group.ts';
import { sendMessage } from '../messages/append-message.ts';
import { clearHistory, deleteMessages } from '../messages/delete-messages.ts';
import { deleteExtensions, setExtensions } from '../messages/extensions.ts';
import { collectMerger } from '../messages/collect-merger.ts';
import { keepMerger } from '../messages/mergers.ts';
import { modifyMessage } from '../messages/modify-message.ts';
import { addReaction, removeReaction } from '../messages/reactions.ts';
import { recallMessage } from '../messages/recall-message.ts';
import { sendReceipts } from '../messages/receipts.ts';
import { forgetCustomStatus, setCustomStatus } from '../presence/custom-status.ts';
import { updateProfile } from '../profiles/update-profile.ts';
import { createTopic, deleteTopics, updateTopic } from '../topics/change-topics.ts';
import { login } from '../sessions/login.ts';
import { logout } from '../sessions/logout.ts';
import { timeOutInvitation } from '../signaling/time-out.ts';

/** Every rule of the domain that changes state, by the type of its command. */
export const decisions = {
  'session.login': login,
  'session.logout': logout,
  'message.send': sendMessage,
  'message.recall': recallMessage,
  'message.modify': modifyMessage,
  'message.delete': deleteMessages,
  'message.clear': clearHistory,
  'message.setExtensions': setExtensions,
  'message.deleteExtensions': deleteExtensions,
  'message.addReaction': addReaction,
  'message.removeReaction': removeReaction,
  'merger.keep': keepMerger,
  'merger.collect': collectMerger,
  'receipt.send': sendReceipts,
  'conversation.read': readConversation,
  'conversation.change': changeConversations,
  'conversationGroup.change': changeConversationGroup,
  'receiveOption.set': setReceiveOption,
  'conversation.delete': deleteConversations,
  'group.create': createGroup,
  'group.join': joinGroup,
  'group.quit': quitGroup,
  'group.addMembers': addMembers,
  'group.deleteMembers': deleteMembers,
  'group.dismiss': dismissGroup,
  'group.leaveDismissed': leaveDismissed,
  'group.update': updateGroup,
  'group.changeOwner': changeOwner,
  'group.handleApplication': handleApplication,
  'group.setRole': setMemberRole,
  'group.muteMember': muteMember,
  'group.updateMember': updateMember,
  'group.changeAttributes': changeAttributes,
  'group.changeCounters': changeCounters,
  'group.pinMessage': pinMessage,
  'group.markMembers': markMembers,
  'group.unban': unbanMembers,
  'topic.create': createTopic,
  'topic.update': updateTopic,
  'topic.delete': deleteTopics,
  'profile.update': updateProfile,
  'blacklist.change': changeBlacklist,
  'friend.add': addFriend,
  'friend.delete': deleteFriends,
  'friend.update': updateFriend,
  'friendApplication.answer': answerApplication,
  'friendApplication.delete': deleteApplication,
  'friendApplication.read': readApplications,
  'friendGroup.change': changeFriendGroup,
  'follow.change': changeFollows,
  'status.set': setCustomStatus,
  'status.forget': forgetCustomStatus,
  'invitation.timeOut': timeOutInvitation,
};
