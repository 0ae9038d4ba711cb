import { listField, numberField, stringField } from './payload-fields.ts';
import type { Tip } from './message-item.ts';

/** A step of signaling, as the published JSON of a custom message says it: something that happened, not something said. */
export function invitationTip(payload: unknown): Tip | undefined {
  const data = stringField(payload, 'data');
  if (!data.includes('"inviteID"')) return undefined;
  const step = parse(data);
  const operation = numberField(step, 'actionType');
  if (stringField(step, 'inviteID') === '' || operation < INVITE || operation > TIMEOUT) return undefined;
  const userIDs = listField(step, 'inviteeList').filter((id) => typeof id === 'string');
  const isByInvitee = operation === ACCEPT || operation === REJECT;
  return {
    source: 'invitation',
    operation,
    operatorID: isByInvitee ? (userIDs[0] ?? '') : stringField(step, 'inviter'),
    userIDs,
    groupID: stringField(step, 'groupID'),
    groupName: '',
    muteSeconds: undefined,
    changes: {},
  };
}

/** `TSignaling.ACTION_TYPE_…`: an invitation, and what may become of it. */
const INVITE = 1;
export const CANCEL = 2;
export const ACCEPT = 3;
export const REJECT = 4;
export const TIMEOUT = 5;

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    // Whatever else an application calls its data.
    return undefined;
  }
}
