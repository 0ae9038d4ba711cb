import type { MessageEvent } from '@sterna/protocol';
import { parsedJson, property } from '../../messages/values.ts';
import type { Signaling } from '../../types/signaling.ts';

/** `TSignaling.ACTION_TYPE_…`. */
export const INVITE = 1;
export const CANCEL = 2;
export const ACCEPT = 3;
export const REJECT = 4;
export const TIMEOUT = 5;

/** What a custom message says of an invitation; the server has made sure that it is so. */
export function signalIn(payload: unknown): Signaling | undefined {
  const text = property(payload, 'data');
  // Only then is it worth parsing.
  if (typeof text !== 'string' || !text.includes('"inviteID"')) return undefined;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the decoder of the published JSON
  const said = parsedJson(text) as Partial<Signaling> | null | undefined;
  const {
    inviteID,
    groupID = '',
    inviter = '',
    inviteeList,
    data = '',
    actionType,
    timeout = 0,
  } = said || {};
  // Whatever else an application calls its data.
  if (!inviteID || !actionType || !Array.isArray(inviteeList)) return undefined;
  return { inviteID, groupID, inviter, inviteeList, data, actionType, timeout };
}

/** The custom element of a step; 1 is the published mark of signaling. */
export function payloadOf(
  signal: Signaling,
): Extract<MessageEvent['elements'][number], { type: 'TIMCustomElem' }>['payload'] {
  return { data: JSON.stringify({ businessID: 1, ...signal }), description: '', extension: '' };
}
