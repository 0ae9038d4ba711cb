/**
 * The constants of the published API: the union of the names of 2.6, 2.27 and 3.6, with their exact
 * values. No value ever changed between those builds, so one table serves every era.
 *
 * Where a name says what its value says (`FreeAccess` is JOIN_OPTIONS_FREE_ACCESS), only the value is written, and the name is
 * made from it: half the bytes. A test holds every name and value against the published tables.
 */

/** The API level that applications parse: the newest published API whose names are all here. */
export const VERSION = '3.6.6';

/** The version of this SDK itself. */
export const STERNA_VERSION = '0.1.0';

type Words<Text extends string> = Text extends `${infer First} ${infer Rest}` ? First | Words<Rest> : Text;
type Upper<Text extends string> = Text extends `${infer Letter}${infer Rest}`
  ? `${Letter extends Lowercase<Letter> ? '' : '_'}${Uppercase<Letter>}${Upper<Rest>}`
  : '';
type Named<Name extends string, Value extends string, Text extends string> = {
  readonly [Word in Words<Text> as `${Name}${Upper<Uncapitalize<Word>>}`]: `${Value}${Word}`;
};

/** Rows whose names and values begin alike and end with the same word: in capitals in the name, as it is in the value. */
function named<Name extends string, Value extends string, Text extends string>(
  name: Name,
  value: Value,
  words: Text,
): Named<Name, Value, Text> {
  const table: Record<string, string> = {};
  for (const word of words.split(' '))
    table[name + word.replace(/(?!^)[A-Z]/g, '_$&').toUpperCase()] = value + word;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same rule, once for the compiler and once for the engine
  return table as Named<Name, Value, Text>;
}

export const EVENT = {
  SDK_READY: 'sdkStateReady',
  SDK_NOT_READY: 'sdkStateNotReady',
  GROUP_SYSTEM_NOTICE_RECEIVED: 'receiveGroupSystemNotice',
  ...named(
    '',
    '',
    'sdkDestroy groupAttributesUpdated blacklistUpdated kickedOut error netStateChange sdkReload',
  ),
  ...named(
    '',
    'on',
    'MessageReceived RoomCustomDataReceived MessageModified MessageRevoked MessageReadByPeer MessageReadReceiptReceived MessageExtensionsUpdated MessageExtensionsDeleted MessageReactionsUpdated ConversationListUpdated TotalUnreadMessageCountUpdated ConversationGroupListUpdated ConversationInGroupUpdated GroupListUpdated GroupCounterUpdated TopicCreated TopicDeleted TopicUpdated ProfileUpdated UserStatusUpdated FriendListUpdated FriendGroupListUpdated FriendApplicationListUpdated MyFollowersListUpdated MyFollowingListUpdated MutualFollowersListUpdated AllReceiveMessageOptUpdated ServerConfigUpdated PinnedGroupMessageUpdated',
  ),
} as const;

export const TYPES = {
  MSG_TEXT: 'TIMTextElem',
  MSG_IMAGE: 'TIMImageElem',
  MSG_SOUND: 'TIMSoundElem',
  MSG_AUDIO: 'TIMSoundElem',
  MSG_FILE: 'TIMFileElem',
  MSG_FACE: 'TIMFaceElem',
  MSG_VIDEO: 'TIMVideoFileElem',
  MSG_GEO: 'TIMLocationElem',
  MSG_LOCATION: 'TIMLocationElem',
  MSG_GRP_TIP: 'TIMGroupTipElem',
  MSG_GRP_SYS_NOTICE: 'TIMGroupSystemNoticeElem',
  MSG_CUSTOM: 'TIMCustomElem',
  MSG_MERGER: 'TIMRelayElem',
  ...named('MSG_PRIORITY_', '', 'High Normal Low Lowest'),
  CONV_C2C: 'C2C',
  CONV_GROUP: 'GROUP',
  CONV_TOPIC: 'TOPIC',
  CONV_SYSTEM: '@TIM#SYSTEM',
  CONV_AT_ME: 1,
  CONV_AT_ALL: 2,
  CONV_AT_ALL_AT_ME: 3,
  CONV_MARK_TYPE_STAR: 1,
  CONV_MARK_TYPE_UNREAD: 2,
  CONV_MARK_TYPE_FOLD: 4,
  CONV_MARK_TYPE_HIDE: 8,
  ...named('GRP_', '', 'Private Public Community Room Live'),
  GRP_WORK: 'Private',
  GRP_CHATROOM: 'ChatRoom',
  GRP_MEETING: 'ChatRoom',
  GRP_AVCHATROOM: 'AVChatRoom',
  ...named('GRP_MBR_ROLE_', '', 'Owner Admin Member Custom'),
  GRP_TIP_MBR_JOIN: 1,
  GRP_TIP_MBR_QUIT: 2,
  GRP_TIP_MBR_KICKED_OUT: 3,
  GRP_TIP_MBR_SET_ADMIN: 4,
  GRP_TIP_MBR_CANCELED_ADMIN: 5,
  GRP_TIP_GRP_PROFILE_UPDATED: 6,
  GRP_TIP_MBR_PROFILE_UPDATED: 7,
  GRP_TIP_BAN_AVCHATROOM_MEMBER: 10,
  GRP_TIP_UNBAN_AVCHATROOM_MEMBER: 11,
  MSG_REMIND_ACPT_AND_NOTE: 'AcceptAndNotify',
  MSG_REMIND_ACPT_NOT_NOTE: 'AcceptNotNotify',
  MSG_REMIND_DISCARD: 'Discard',
  RECEIVE_WITH_OFFLINE_PUSH_EXCEPT_AT: 'AcceptNotNotifyExceptAt',
  NOT_RECEIVE_OFFLINE_PUSH_EXCEPT_AT: 'AcceptNotNotifyExceptAt',
  NOT_RECEIVE_MSG_EXCEPT_AT: 'NotReceiveMsgExceptAt',
  ...named('GENDER_', 'Gender_Type_', 'Unknown Female Male'),
  KICKED_OUT_MULT_ACCOUNT: 'multipleAccount',
  KICKED_OUT_MULT_DEVICE: 'multipleDevice',
  KICKED_OUT_USERSIG_EXPIRED: 'userSigExpired',
  KICKED_OUT_REST_API: 'REST_API_Kick',
  ...named('ALLOW_TYPE_', 'AllowType_Type_', 'AllowAny NeedConfirm DenyAny'),
  ...named('FORBID_TYPE_', 'AdminForbid_Type_', 'None SendOut'),
  ...named('JOIN_OPTIONS_', '', 'FreeAccess NeedPermission DisableApply'),
  JOIN_STATUS_SUCCESS: 'JoinedSuccess',
  JOIN_STATUS_ALREADY_IN_GROUP: 'AlreadyInGroup',
  JOIN_STATUS_WAIT_APPROVAL: 'WaitAdminApproval',
  ...named('INVITE_OPTIONS_', '', 'DisableInvite NeedPermission FreeAccess'),
  GRP_PROFILE_OWNER_ID: 'ownerID',
  ...named(
    'GRP_PROFILE_',
    '',
    'createTime lastInfoTime memberNum maxMemberNum joinOption inviteOption introduction notification',
  ),
  GRP_PROFILE_MUTE_ALL_MBRS: 'muteAllMembers',
  ...named('SNS_ADD_TYPE_', 'Add_Type_', 'Single Both'),
  ...named('SNS_DELETE_TYPE_', 'Delete_Type_', 'Single Both'),
  SNS_APPLICATION_TYPE_BOTH: 'Pendency_Type_Both',
  SNS_APPLICATION_SENT_TO_ME: 'Pendency_Type_ComeIn',
  SNS_APPLICATION_SENT_BY_ME: 'Pendency_Type_SendOut',
  ...named('SNS_APPLICATION_', 'Response_Action_', 'Agree AgreeAndAdd'),
  ...named('SNS_CHECK_TYPE_', 'CheckResult_Type_', 'Both Single'),
  ...named('SNS_TYPE_', 'CheckResult_Type_', 'NoRelation AWithB BWithA BothWay'),
  ...named('NET_STATE_', '', 'connected connecting disconnected'),
  MSG_AT_ALL: '__kImSDK_MesssageAtALL__',
  READ_ALL_C2C_MSG: 'readAllC2CMessage',
  READ_ALL_GROUP_MSG: 'readAllGroupMessage',
  READ_ALL_MSG: 'readAllMessage',
  USER_STATUS_UNKNOWN: 0,
  USER_STATUS_ONLINE: 1,
  USER_STATUS_OFFLINE: 2,
  USER_STATUS_UNLOGINED: 3,
  IOS_OFFLINE_PUSH_NO_SOUND: 'push.no_sound',
  IOS_OFFLINE_PUSH_DEFAULT_SOUND: 'default',
} as const;

export const TSignaling = {
  NEW_INVITATION_RECEIVED: 'newInvitationReceived',
  ...named(
    '',
    'ts_',
    'invitee_accepted invitee_rejected invitation_cancelled invitation_timeout invitation_modified',
  ),
  ACTION_TYPE_UNKNOWN: 0,
  ACTION_TYPE_INVITE: 1,
  ACTION_TYPE_CANCEL_INVITE: 2,
  ACTION_TYPE_ACCEPT_INVITE: 3,
  ACTION_TYPE_REJECT_INVITE: 4,
  ACTION_TYPE_INVITE_TIMEOUT: 5,
} as const;
