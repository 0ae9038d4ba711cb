import type { OfflinePushInfo } from './send.ts';

export interface Signaling {
  inviteID: string;
  groupID: string;
  inviter: string;
  inviteeList: string[];
  data: string;
  /** One of the `ACTION_TYPE_*` numbers. */
  actionType: number;
  timeout: number;
}

export interface InviteOptions {
  userID: string;
  data?: string | undefined;
  /** Seconds; 0 never times out. */
  timeout?: number | undefined;
  onlineUserOnly?: boolean | undefined;
  offlinePushInfo?: OfflinePushInfo | undefined;
}

export interface InviteInGroupOptions {
  groupID: string;
  inviteeList: string[];
  data?: string | undefined;
  timeout?: number | undefined;
  onlineUserOnly?: boolean | undefined;
  offlinePushInfo?: OfflinePushInfo | undefined;
}

export interface InvitationOptions {
  inviteID: string;
  data?: string | undefined;
}

/** What the signaling listeners receive as `event.data`. */
export interface SignalingEventMap {
  newInvitationReceived: InvitationData;
  ts_invitee_accepted: InviteeAnswer;
  ts_invitee_rejected: InviteeAnswer;
  ts_invitation_cancelled: InvitationData;
  /** `inviteeList` is of those who let it pass. */
  ts_invitation_timeout: InvitationData & { isSelfTimeout: boolean };
  ts_invitation_modified: InvitationData;
}

export interface InvitationData {
  inviteID: string;
  inviter: string;
  groupID: string;
  inviteeList: string[];
  data: string;
}

export interface InviteeAnswer {
  inviteID: string;
  invitee: string;
  groupID: string;
  data: string;
}
