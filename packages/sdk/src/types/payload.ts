import type { MessageType, RemindType } from './values.ts';

export interface TextPayload {
  text: string;
}

export interface ImageInfo {
  /** 0 original, 1 thumbnail (short side 198), 2 large (short side 720). */
  type: number;
  /** The older name of `type`, counted from 1. */
  sizeType: number;
  width: number;
  height: number;
  size: number;
  url: string;
}

/** The chosen file, until it is uploaded: a `File` or `Blob`, or a mini program's result object. */
export type LocalFile = object;

export interface ImagePayload {
  uuid: string;
  /** 1 JPG, 2 GIF, 3 PNG, 4 BMP, 255 other. */
  imageFormat: number;
  /** Index 0 is always the original. */
  imageInfoArray: ImageInfo[];
  file?: LocalFile;
}

export interface AudioPayload {
  uuid: string;
  url: string;
  size: number;
  second: number;
  file?: LocalFile;
}

export interface VideoPayload {
  videoUUID: string;
  videoUrl: string;
  videoFormat: string;
  videoSecond: number;
  videoSize: number;
  snapshotUrl: string;
  snapshotWidth: number;
  snapshotHeight: number;
  /** The `thumb…` fields are the older names of the `snapshot…` ones. */
  thumbUUID: string;
  thumbUrl: string;
  thumbFormat: string;
  thumbSize: number;
  thumbWidth: number;
  thumbHeight: number;
  file?: LocalFile;
}

export interface FilePayload {
  uuid: string;
  fileName: string;
  fileUrl: string;
  fileSize: number;
  file?: LocalFile;
}

export interface CustomPayload {
  data: string;
  description: string;
  extension: string;
}

export interface FacePayload {
  index: number;
  data: string;
}

export interface LocationPayload {
  description: string;
  latitude: number;
  longitude: number;
}

export interface MergerPayload {
  /** Set when the list is stored apart: `downloadMergerMessage` fetches it. */
  downloadKey: string;
  messageList: SimplifiedMessage[];
  title: string;
  abstractList: string[];
  compatibleText: string;
  layersOverLimit: boolean;
}

/** A message inside a merged message. */
export interface SimplifiedMessage {
  ID: string;
  from: string;
  nick: string;
  avatar: string;
  time: number;
  cloudCustomData: string;
  messageBody: { type: MessageType; payload: MessagePayload }[];
}

export interface GroupTipMember {
  userID: string;
  nick?: string;
  avatar?: string;
  role?: string;
  /** Relative seconds; 0 means unmuted. */
  muteTime?: number;
  duration?: number;
  reason?: string;
}

export interface GroupTipPayload {
  operatorID: string;
  operatorInfo?: { userID: string; nick: string; avatar: string; nameCard: string };
  /** One of the `GRP_TIP_*` numbers. */
  operationType: number;
  userIDList: string[];
  /** Only what changed. */
  newGroupProfile: {
    groupName?: string;
    avatar?: string;
    faceUrl?: string;
    introduction?: string;
    notification?: string;
    ownerID?: string;
    muteAllMembers?: boolean;
    joinOption?: string;
    groupCustomField?: { key: string; value: string }[];
  };
  memberList: GroupTipMember[];
  groupProfile: NoticeGroupProfile;
  /** Joins only: 1 applied or walked in, 2 was invited. */
  groupJoinType?: number;
  memberNum?: number;
  memberCount?: number;
}

/** Tips and notices name the group `groupName`, a `Group` names it `name`. */
export interface NoticeGroupProfile {
  groupID: string;
  groupName: string;
  type?: string;
}

export interface GroupSystemNoticePayload {
  operatorID: string;
  /** Counts differently from a tip's: 4 is "you were removed" here. */
  operationType: number;
  groupProfile: NoticeGroupProfile;
  userDefinedField: string;
  handleMessage: string;
  messageRemindType?: RemindType;
  /** What `handleGroupApplication` needs to answer; opaque to applications. */
  messageKey?: string;
}

export type MessagePayload =
  | TextPayload
  | ImagePayload
  | AudioPayload
  | VideoPayload
  | FilePayload
  | CustomPayload
  | FacePayload
  | LocationPayload
  | MergerPayload
  | GroupTipPayload
  | GroupSystemNoticePayload;
