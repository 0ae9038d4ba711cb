import type { Group } from './group.ts';
import type { MessagePayload } from './payload.ts';
import type { Profile } from './profile.ts';
import type { ConversationType, GroupType, MessageType, RemindType } from './values.ts';

/** Always an object: the fields are empty while there is no message. */
export interface LastMessage {
  lastTime: number;
  lastSequence: number;
  fromAccount: string;
  /** One line for a list: the text, or a label in brackets. */
  messageForShow: string;
  type: MessageType | '';
  payload: MessagePayload | Record<string, never>;
  isRevoked: boolean;
  isPeerRead: boolean;
  revoker: string;
  nick: string;
  nameCard: string;
}

export interface GroupAtInfo {
  groupID: string;
  from: string;
  messageSequence: number;
  /** 1 me, 2 all, 3 both. */
  atTypeArray: number[];
}

export interface Conversation {
  /** `C2C` + userID, `GROUP` + groupID, or `@TIM#SYSTEM`. Parse by prefix only. */
  conversationID: string;
  /** A topic's messages are of a `GROUP` all the same. */
  type: ConversationType | 'TOPIC';
  /** The group's type; empty for others. */
  subType: GroupType | '';
  unreadCount: number;
  lastMessage: LastMessage;
  groupProfile: Group;
  userProfile: Profile;
  groupAtInfoList: GroupAtInfo[];
  remark: string;
  isPinned: boolean;
  messageRemindType: RemindType;
  markList: number[];
  customData: string;
  conversationGroupList: string[];
  draftText: string;
}

/** Global do-not-disturb: between the start and `duration` seconds later, daily when repeated. */
export interface AllReceiveMessageOpt {
  messageRemindType: RemindType;
  startHour: number;
  startMinute: number;
  startSecond: number;
  duration: number;
  isRepeated: boolean;
}
