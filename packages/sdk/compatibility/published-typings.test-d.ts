/**
 * Compiled, never run: holds our typings against the published ones of `tim-js-sdk@2.27.6` and `@tencentcloud/chat@3.6.6`. Ours
 * must be able to stand in for theirs wherever theirs say what happens at run time; the differences are exactly those listed
 * beside this.
 */
import type * as Chat from 'published-chat';
import type * as Tim from 'published-tim';
import type * as Ours from '../src/index.ts';
import type {
  DifferingConstants,
  DifferingFields,
  DifferingMethods,
  DifferingOptions,
  Same,
} from './typing-comparison.ts';
import type { CHAT_DIFFERENCES, TIM_DIFFERENCES } from './typing-differences.ts';

interface TimJs {
  sdk: Tim.ChatSDK;
  enums: Tim.default.TYPES | Tim.default.EVENT;
  createOptions: Parameters<typeof Tim.default.default.create>[0];
  models: {
    Message: Tim.Message;
    SimplifiedMessage: Tim.SimplifiedMessage;
    Conversation: Tim.Conversation;
    Group: Tim.Group;
    GroupMember: Tim.GroupMember;
    Profile: Tim.Profile;
    Friend: Tim.Friend;
    FriendApplication: Tim.FriendApplication;
    FriendGroup: Tim.FriendGroup;
    Topic: Tim.Topic;
  };
  tables: Pick<typeof Tim.default.default, 'EVENT' | 'TYPES'>;
}
interface TencentChat {
  sdk: Chat.ChatSDK;
  enums: Chat.default.TYPES | Chat.default.EVENT | Chat.default.TSignaling;
  createOptions: Parameters<typeof Chat.default.default.create>[0];
  models: {
    Message: Chat.Message;
    SimplifiedMessage: Chat.SimplifiedMessage;
    Conversation: Chat.Conversation;
    Group: Chat.Group;
    GroupMember: Chat.GroupMember;
    Profile: Chat.Profile;
    Friend: Chat.Friend;
    FriendApplication: Chat.FriendApplication;
    FriendGroup: Chat.FriendGroup;
    Topic: Chat.Topic;
    Signaling: Chat.Signaling;
  };
  tables: Pick<typeof Chat.default.default, 'EVENT' | 'TYPES' | 'TSignaling'>;
}

type OfTim = typeof TIM_DIFFERENCES;
type OfChat = typeof CHAT_DIFFERENCES;

export const timMethodsAreAsListed: Same<DifferingMethods<TimJs>, keyof OfTim['methods']> = true;
export const timFieldsAreAsListed: Same<DifferingFields<TimJs>, keyof OfTim['fields']> = true;
export const timConstantsAreAsListed: Same<DifferingConstants<TimJs>, keyof OfTim['constants']> = true;
export const timOptionsAreAsListed: Same<DifferingOptions<TimJs>, keyof OfTim['options']> = true;

export const chatMethodsAreAsListed: Same<DifferingMethods<TencentChat>, keyof OfChat['methods']> = true;
export const chatFieldsAreAsListed: Same<DifferingFields<TencentChat>, keyof OfChat['fields']> = true;
export const chatConstantsAreAsListed: Same<
  DifferingConstants<TencentChat>,
  keyof OfChat['constants']
> = true;
export const chatOptionsAreAsListed: Same<DifferingOptions<TencentChat>, keyof OfChat['options']> = true;

/** Guards the comparison itself: it sees a wrong value, a wrong result and a wrong argument. */
type Broken = Omit<Ours.ChatSDK, 'findMessage' | 'quitGroup' | 'getTotalUnreadMessageCount'> & {
  findMessage(messageID: string): string;
  quitGroup(groupID: number): Promise<unknown>;
};
type Missed = 'findMessage' | 'quitGroup' | 'getTotalUnreadMessageCount';
export const theComparisonBites: [
  Same<Exclude<DifferingMethods<TimJs, Broken>, keyof OfTim['methods']>, Missed>,
  Same<Exclude<DifferingMethods<TencentChat, Broken>, keyof OfChat['methods']>, Missed>,
] = [true, true];

/** And guards it against typings that are not found, which would be `any`: no name would differ, and none be compared. */
export const theTypingsAreThere: [
  Same<'login', keyof TimJs['sdk'] & 'login'>,
  Same<'login', keyof TencentChat['sdk'] & 'login'>,
  Same<keyof TencentChat['sdk'] & 'noSuchMethod', never>,
] = [true, true, true];
