import type { EVENT, TSignaling, TYPES } from '../constants.ts';

/** Any value of `TIM.TYPES`. */
export type TypesValue = (typeof TYPES)[keyof typeof TYPES];
/** Any value of `TIM.EVENT`. */
export type EventName = (typeof EVENT)[keyof typeof EVENT];
/** Any name that `addSignalingListener` takes. */
export type SignalingEventName = Extract<(typeof TSignaling)[keyof typeof TSignaling], string>;

export type MessageType = MediaMessageType | PlainMessageType | NoticeMessageType;
export type MediaMessageType = 'TIMImageElem' | 'TIMSoundElem' | 'TIMVideoFileElem' | 'TIMFileElem';
export type PlainMessageType =
  | 'TIMTextElem'
  | 'TIMCustomElem'
  | 'TIMFaceElem'
  | 'TIMLocationElem'
  | 'TIMRelayElem';
export type NoticeMessageType = 'TIMGroupTipElem' | 'TIMGroupSystemNoticeElem';

export type ConversationType = 'C2C' | 'GROUP' | '@TIM#SYSTEM';
export type MessagePriority = 'High' | 'Normal' | 'Low' | 'Lowest';
export type MessageFlow = 'in' | 'out';
export type MessageStatus = 'unSend' | 'success' | 'fail';
export type RemindType =
  | 'AcceptAndNotify'
  | 'AcceptNotNotify'
  | 'Discard'
  | 'AcceptNotNotifyExceptAt'
  | 'NotReceiveMsgExceptAt';

/** The wire values: a Work group is `Private`, a Meeting group is `ChatRoom`. */
export type GroupType = 'Private' | 'Public' | 'ChatRoom' | 'AVChatRoom' | 'Community' | 'Room' | 'Live';
export type GroupRole = 'Owner' | 'Admin' | 'Member' | 'Custom';
export type JoinOption = 'FreeAccess' | 'NeedPermission' | 'DisableApply';
export type InviteOption = 'FreeAccess' | 'NeedPermission' | 'DisableInvite';
export type JoinStatus = 'JoinedSuccess' | 'AlreadyInGroup' | 'WaitAdminApproval';
export type ReadAllScope = 'readAllC2CMessage' | 'readAllGroupMessage' | 'readAllMessage';

export type Gender = 'Gender_Type_Unknown' | 'Gender_Type_Female' | 'Gender_Type_Male';
export type AllowType = 'AllowType_Type_AllowAny' | 'AllowType_Type_NeedConfirm' | 'AllowType_Type_DenyAny';
export type ForbidType = 'AdminForbid_Type_None' | 'AdminForbid_Type_SendOut';

export type KickedOutType = 'multipleAccount' | 'multipleDevice' | 'userSigExpired' | 'REST_API_Kick';
export type NetState = 'connected' | 'connecting' | 'disconnected';

/** 0 everything, 1 release, 2 warnings and errors, 3 errors, 4 nothing. */
export type LogLevel = 0 | 1 | 2 | 3 | 4;

export type CustomField = { key: string; value: string };
