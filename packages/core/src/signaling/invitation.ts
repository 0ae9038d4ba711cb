import type { Invitation } from '../records.ts';

/** Its time is not over: that it has timed out may be still to be written down. */
export const isOpen = ({ timeoutS, dueMs }: Invitation, nowMs: number): boolean =>
  timeoutS === 0 || nowMs < dueMs;

/** The conversation of an invitation, as one of its users names it. */
export function conversationOf({ groupID, inviter, invitees }: Invitation, reader: string): string {
  if (groupID !== '') return `GROUP${groupID}`;
  return `C2C${reader === inviter ? invitees[0]?.userID : inviter}`;
}
