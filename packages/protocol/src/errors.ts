/** Whether repeating the same request can help. */
export type Retry = 'never' | 'later' | 'with-new-sig';

/**
 * Every failure that a client can see, with the published code where there is one.
 * Codes are the wire's contract: append, never renumber.
 */
export const ERRORS = {
  // frames and sessions
  badFrame: { code: 60002, retry: 'never', text: 'The frame is not valid' },
  badJson: { code: 60003, retry: 'never', text: 'The frame is not valid JSON' },
  frameTooLarge: { code: 93000, retry: 'never', text: 'The frame is larger than the limit' },
  unknownCommand: { code: 10003, retry: 'never', text: 'No such command' },
  notLoggedIn: { code: 2024, retry: 'never', text: 'Not logged in' },
  alreadyLoggedIn: { code: 2025, retry: 'never', text: 'This connection is logged in already' },
  notSupported: { code: 2998, retry: 'never', text: 'Not supported' },
  tooFrequent: { code: 2996, retry: 'later', text: 'Too many requests, slow down' },
  sessionEvicted: { code: 6208, retry: 'never', text: 'This session was ended by another login' },
  userSigEmpty: { code: 70002, retry: 'with-new-sig', text: 'The UserSig is empty' },
  userSigMalformed: { code: 70003, retry: 'with-new-sig', text: 'The UserSig is malformed or cut off' },
  userSigInvalid: {
    code: 70005,
    retry: 'with-new-sig',
    text: 'The UserSig does not have the right structure',
  },
  userSigForged: {
    code: 70009,
    retry: 'with-new-sig',
    text: 'The UserSig was not signed with a key of this app',
  },
  userSigExpired: { code: 70001, retry: 'with-new-sig', text: 'The UserSig has expired' },
  userSigOtherUser: { code: 70013, retry: 'with-new-sig', text: 'The UserSig was made for another userID' },
  userSigOtherApp: { code: 70014, retry: 'with-new-sig', text: 'The UserSig was made for another SDKAppID' },
  userSigRevoked: { code: 70052, retry: 'with-new-sig', text: 'The UserSig was revoked' },
  noKey: { code: 70016, retry: 'never', text: 'The app has no key configured' },
  appNotFound: { code: 70020, retry: 'never', text: 'No such SDKAppID on this server' },
  tooManyLoginFailures: { code: 70050, retry: 'later', text: 'Too many failed logins, wait a minute' },
  accountBlocked: { code: 70051, retry: 'never', text: 'The account is blocked' },
  protocolTooOld: {
    code: 70404,
    retry: 'never',
    text: 'The protocol version is not supported by this server',
  },

  // any command
  internal: { code: 10002, retry: 'later', text: 'Internal server error' },
  badParameter: { code: 10004, retry: 'never', text: 'A parameter is not valid' },
  storeUnavailable: { code: 91000, retry: 'later', text: 'The store is not available now' },
  reset: { code: 10042, retry: 'never', text: 'The position is not known here: read the list anew' },

  // messages
  messageTooLong: { code: 80002, retry: 'never', text: 'The message is too long' },
  messageForbidden: { code: 80001, retry: 'never', text: 'The text contains forbidden words' },
  clientIDConflict: { code: 2103, retry: 'never', text: 'The same message ID was sent with other content' },
  messageNotFound: { code: 20026, retry: 'never', text: 'No such message' },
  accountNotFound: { code: 20003, retry: 'never', text: 'No such account' },
  vetoed: { code: 120001, retry: 'never', text: 'Refused by the app' },
  blacklisted: { code: 20007, retry: 'never', text: 'The receiver has blocked the sender' },
  noFriends: { code: 20009, retry: 'never', text: 'Only friends may write to each other' },
  senderNoFriend: { code: 20010, retry: 'never', text: 'The sender is not a friend of the receiver' },
  receiverNoFriend: { code: 20011, retry: 'never', text: 'The receiver is not a friend of the sender' },
  recallWindowPassed: { code: 20016, retry: 'never', text: 'The time for recalling the message has passed' },
  groupRecallWindowPassed: {
    code: 10031,
    retry: 'never',
    text: 'The time for recalling the message has passed',
  },
  groupMessageNotFound: { code: 10030, retry: 'never', text: 'No such message in the group' },
  notRecallable: { code: 10032, retry: 'never', text: 'This message cannot be recalled' },
  notDeletable: { code: 10035, retry: 'never', text: 'Messages of this group cannot be deleted' },
  modifyConflict: { code: 2480, retry: 'never', text: 'The message was changed meanwhile' },
  modifyUnsupported: { code: 2481, retry: 'never', text: 'This message cannot be changed' },
  extensionConflict: { code: 23001, retry: 'never', text: 'The extension was changed meanwhile' },
  tooManyExtensions: { code: 23002, retry: 'never', text: 'The message has as many extensions as allowed' },
  tooManyReactionKinds: {
    code: 23005,
    retry: 'never',
    text: 'The message has as many kinds of reaction as allowed',
  },
  tooManyReactionUsers: {
    code: 23006,
    retry: 'never',
    text: 'As many users as allowed have reacted in this way',
  },
  reactionExists: { code: 23007, retry: 'never', text: 'The reaction was added already' },
  reactionNotFound: { code: 23008, retry: 'never', text: 'No such reaction' },
  tooManyPinned: { code: 51004, retry: 'never', text: 'As many conversations as allowed are pinned' },
  conversationGroupNotFound: { code: 51009, retry: 'never', text: 'No such conversation group' },
  tooManyConversationGroups: {
    code: 51010,
    retry: 'never',
    text: 'As many conversation groups as allowed exist',
  },
  conversationGroupExists: { code: 51011, retry: 'never', text: 'A conversation group of this name exists' },
  conversationNotFound: { code: 2500, retry: 'never', text: 'No such conversation' },
  conversationTypeInvalid: { code: 2106, retry: 'never', text: 'The conversation type must be C2C or GROUP' },

  // signaling
  invitationNotFound: { code: 8010, retry: 'never', text: 'No such invitation' },
  invitationForbidden: { code: 8011, retry: 'never', text: 'This is not for the caller to do' },
  invitationClosed: {
    code: 8012,
    retry: 'never',
    text: 'The invitation is answered, cancelled or timed out',
  },

  // groups
  noPermission: {
    code: 10007,
    retry: 'never',
    text: 'Not permitted: wrong role, wrong group type, or not a member',
  },
  ownerCannotQuit: { code: 10009, retry: 'never', text: 'The owner cannot quit a group of this type' },
  groupNotFound: { code: 10010, retry: 'never', text: 'No such group' },
  alreadyMember: { code: 10013, retry: 'never', text: 'Already a member of the group' },
  groupFull: { code: 10014, retry: 'never', text: 'The group is full' },
  groupIDInvalid: { code: 10015, retry: 'never', text: 'The groupID is malformed' },
  muted: { code: 10017, retry: 'later', text: 'Muted in this group' },
  userNotFound: { code: 10019, retry: 'never', text: 'No such user' },
  groupIDTaken: { code: 10021, retry: 'never', text: 'The groupID is taken' },
  groupIDMine: { code: 10025, retry: 'never', text: 'The groupID is taken by a group of yours' },
  groupQuota: { code: 10037, retry: 'never', text: 'The user has joined as many groups as allowed' },
  memberQuota: { code: 10038, retry: 'never', text: 'More members than the group may have' },
  notInRoom: { code: 2101, retry: 'never', text: 'Join the live room first' },
  onlyRoomsForGuests: { code: 2662, retry: 'never', text: 'Without a login only live rooms can be joined' },
  cannotAddToLiveRoom: { code: 2661, retry: 'never', text: 'Nobody is added to a live room: people join' },
  roomTooBusy: { code: 10023, retry: 'never', text: 'More is said in the room than it carries' },
  recallUnsupported: { code: 10033, retry: 'never', text: 'Messages of this group cannot be recalled' },
  roomQuota: { code: 10036, retry: 'never', text: 'The user owns as many live rooms as allowed' },
  notGroupMember: { code: 2623, retry: 'never', text: 'Not a member of the group' },
  groupTypeInvalid: { code: 2600, retry: 'never', text: 'The group type is not valid' },
  cannotApplyToWork: { code: 2601, retry: 'never', text: 'Work groups are joined by invitation only' },
  cannotDismissWork: { code: 2622, retry: 'never', text: 'Work groups cannot be dismissed by a client' },
  applicationHandled: { code: 10024, retry: 'never', text: 'The application was answered already' },
  attributeConflict: { code: 10056, retry: 'never', text: 'The attributes were changed meanwhile' },
  attributesOverLimit: { code: 10057, retry: 'never', text: 'The attributes are larger than allowed' },
  pinnedOverLimit: { code: 10070, retry: 'never', text: 'As many messages as allowed are pinned' },
  notPinned: { code: 10071, retry: 'never', text: 'The message is not pinned' },
  cannotTransferLiveRoom: { code: 2620, retry: 'never', text: 'A group of this type has one owner for good' },
  cannotTransferToSelf: { code: 2621, retry: 'never', text: 'The group is owned by this user already' },
  notOwner: { code: 2681, retry: 'never', text: 'Only the owner may do this' },
  rolesUnsupported: { code: 2682, retry: 'never', text: 'Groups of this type have no admins' },
  roleInvalid: { code: 2683, retry: 'never', text: 'The role is not valid' },
  cannotChangeOwnRole: { code: 2684, retry: 'never', text: 'One cannot change the own role' },
  cannotMuteSelf: { code: 2685, retry: 'never', text: 'One cannot mute oneself' },
  groupNameInvalid: { code: 8502, retry: 'never', text: 'The group name is empty or too long' },
  groupIntroductionTooLong: { code: 8503, retry: 'never', text: 'The introduction is too long' },
  groupNotificationTooLong: { code: 8504, retry: 'never', text: 'The notification is too long' },
  avatarTooLong: { code: 8505, retry: 'never', text: 'The avatar address is too long' },

  // relations
  relationInvalid: { code: 30001, retry: 'never', text: 'A parameter of the relation is not valid' },
  relationUserNotFound: { code: 30003, retry: 'never', text: 'No such user' },
  addingForbidden: { code: 30009, retry: 'never', text: 'This user may not ask others to become friends' },
  friendListFull: { code: 30010, retry: 'never', text: 'The friend list has as many friends as allowed' },
  tooManyFriendGroups: { code: 30011, retry: 'never', text: 'As many friend groups as allowed exist' },
  tooManyFriendApplications: { code: 30012, retry: 'later', text: 'As many applications as allowed wait' },
  peerFriendListFull: { code: 30014, retry: 'never', text: 'The friend list of the other side is full' },
  peerInMyBlacklist: { code: 30515, retry: 'never', text: 'The user is blocked by the caller' },
  peerDeniesAll: { code: 30516, retry: 'never', text: 'The user does not want to be asked' },
  inPeerBlacklist: { code: 30525, retry: 'never', text: 'The user has blocked the caller' },
  friendApplicationNotFound: { code: 30614, retry: 'never', text: 'No such application waits' },
  notFriends: { code: 31704, retry: 'never', text: 'The user is not a friend of the caller' },
  followingFull: { code: 32100, retry: 'never', text: 'The user follows as many others as allowed' },
  notInFriendList: { code: 32216, retry: 'never', text: 'Only friends can be in a friend group' },
  blacklistFull: { code: 30013, retry: 'never', text: 'As many users as allowed are blocked' },
  blacklistUserNotFound: { code: 31804, retry: 'never', text: 'There is no such user to block' },

  // profiles
  profileUserNotFound: { code: 40003, retry: 'never', text: 'No such user' },
  profileFieldUnknown: { code: 40009, retry: 'never', text: 'No such profile field is configured' },
  profileValueTooLong: { code: 40601, retry: 'never', text: 'The profile value is too long' },
  profileValueInvalid: { code: 40605, retry: 'never', text: 'The profile value is not allowed' },

  // files
  fileNotFound: { code: 114000, retry: 'never', text: 'No such file, or it has not arrived whole' },
  fileForbidden: { code: 114001, retry: 'never', text: 'This file may not be used here' },
  fileTooLarge: { code: 114002, retry: 'never', text: 'The file is larger than allowed' },
  fileUnreadable: { code: 114004, retry: 'never', text: 'The file is not what it is said to be' },
} as const satisfies Record<string, { code: number; retry: Retry; text: string }>;

/** The name of a row of {@link ERRORS}. */
export type ErrorName = keyof typeof ERRORS;
