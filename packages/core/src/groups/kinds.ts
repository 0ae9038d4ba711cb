import { type GroupType, type GroupTypeName, LIMITS, type MemberRole } from '@sterna/protocol';
import { COMMUNITY_PREFIX } from '../keys.ts';
import type { Group } from '../records.ts';

/**
 * Everything in which the kinds of group differ, once. Nothing outside this table asks for a group's type.
 * Values: the published rules (sdk-api 4.7); where two eras differ, the latest 2.x.
 */
export interface Kind {
  /** How the IDs of such groups begin that the server makes; a longer one than the others' may be wished for too. */
  idPrefix: string;
  /** Whether its members may talk in topics, and who makes those. */
  hasTopics: boolean;
  topicKeepers: 'owner' | 'admins';
  /** What the owner may choose for applying to join; the first is the default. */
  joinOptions: readonly Group['joinOption'][];
  /** Whether a client may ask to join at all (`group.join`). */
  joinable: boolean;
  /** The default of what ordinary members may do about others; admins always may add. Absent: nobody adds anybody. */
  inviteOption?: NonNullable<Group['inviteOption']>;
  /** Whether an app may want that who is invited agrees first. */
  invitationsMayNeedConsent: boolean;
  /** Whether somebody outside finds the group by its ID, and is shown what it is. */
  shownOutside: boolean;
  /** Who may change the group's own fields. */
  editors: 'members' | 'admins' | 'owner';
  /** Who may silence a member, or all. */
  muters: 'admins' | 'owner' | 'nobody';
  /** Roles that the owner may give. */
  roles: readonly MemberRole[];
  /** How many admins there may be beside the owner; absent: as many as members. */
  mostAdmins?: number;
  transferable: boolean;
  /**
   * Whether messages, and what hangs on them, are kept, and who is a member. Where they are not, members are those who listen
   * (see `Rooms`), and only owner and admins have a record.
   */
  stored: boolean;
  /** Whether a message may be for some members alone. */
  targeted: boolean;
  /** Whether somebody may listen who has not logged in, where the app allows it. */
  guests: boolean;
  /** Whether members given at creation are allowed. */
  membersAtCreation: boolean;
  defaultMaxMembers: number;
  mostMembers: number;
  /** Whether somebody who joins may read what was said before. */
  historyForNewcomers: boolean;
  /** Whether coming and going is shown as a message in the group. */
  membershipTips: boolean;
  /** Whether the group shows in a member's list only after the first message of a person. */
  hiddenUntilFirstMessage: boolean;
  ownerMayQuit: boolean;
  /** Who may end the group; `nobody`: only the app itself. */
  dismissers: 'owner' | 'nobody';
  /** Who may remove members: the owner alone, or admins too (ordinary members only). */
  removers: 'owner' | 'admins' | 'nobody';
  listed: boolean;
  defaultRemindType: 'AcceptAndNotify' | 'AcceptNotNotify';
}

const WORK: Kind = {
  idPrefix: '@TGS#',
  hasTopics: false,
  topicKeepers: 'owner',
  joinOptions: ['DisableApply'],
  joinable: false,
  inviteOption: 'FreeAccess',
  invitationsMayNeedConsent: false,
  shownOutside: false,
  editors: 'members',
  muters: 'nobody',
  roles: ['Admin', 'Member'],
  transferable: true,
  stored: true,
  targeted: true,
  guests: false,
  membersAtCreation: true,
  defaultMaxMembers: 200,
  mostMembers: 6000,
  historyForNewcomers: false,
  membershipTips: true,
  hiddenUntilFirstMessage: true,
  ownerMayQuit: true,
  dismissers: 'nobody',
  removers: 'owner',
  listed: true,
  defaultRemindType: 'AcceptAndNotify',
};

const PUBLIC: Kind = {
  idPrefix: '@TGS#',
  hasTopics: false,
  topicKeepers: 'owner',
  joinOptions: ['NeedPermission', 'FreeAccess', 'DisableApply'],
  joinable: true,
  inviteOption: 'DisableInvite',
  invitationsMayNeedConsent: true,
  shownOutside: true,
  editors: 'admins',
  muters: 'admins',
  roles: ['Admin', 'Member'],
  transferable: true,
  stored: true,
  targeted: true,
  guests: false,
  membersAtCreation: true,
  defaultMaxMembers: 2000,
  mostMembers: 6000,
  historyForNewcomers: false,
  membershipTips: true,
  hiddenUntilFirstMessage: false,
  ownerMayQuit: false,
  dismissers: 'owner',
  removers: 'admins',
  listed: true,
  defaultRemindType: 'AcceptAndNotify',
};

const MEETING: Kind = {
  ...PUBLIC,
  joinOptions: ['FreeAccess', 'NeedPermission', 'DisableApply'],
  defaultMaxMembers: 6000,
  mostMembers: 10_000,
  historyForNewcomers: true,
  membershipTips: false,
  defaultRemindType: 'AcceptNotNotify',
};

const COMMUNITY: Kind = {
  ...MEETING,
  idPrefix: COMMUNITY_PREFIX,
  hasTopics: true,
  targeted: false,
  inviteOption: 'FreeAccess',
  roles: ['Admin', 'Member', 'Custom'],
  defaultMaxMembers: 100_000,
  mostMembers: 100_000,
};

const { inviteOption: _nobodyInvites, ...PUBLIC_WITHOUT_INVITATIONS } = PUBLIC;

const LIVE_ROOM: Kind = {
  ...PUBLIC_WITHOUT_INVITATIONS,
  joinOptions: ['FreeAccess'],
  transferable: false,
  stored: false,
  targeted: false,
  guests: true,
  membersAtCreation: false,
  defaultMaxMembers: 1_000_000,
  mostMembers: 1_000_000,
  mostAdmins: LIMITS.roomAdmins,
  editors: 'owner',
  removers: 'admins',
  listed: false,
  defaultRemindType: 'AcceptNotNotify',
};

export const KINDS: Readonly<Record<GroupType, Kind>> = {
  Private: WORK,
  Public: PUBLIC,
  ChatRoom: MEETING,
  AVChatRoom: LIVE_ROOM,
  Community: COMMUNITY,
};

const LATER_NAMES = { Work: 'Private', Meeting: 'ChatRoom' } as const;

/** The type of group that a client names: a later name is one for the same. */
export const groupTypeNamed = (name: GroupTypeName): GroupType =>
  name === 'Work' || name === 'Meeting' ? LATER_NAMES[name] : name;
