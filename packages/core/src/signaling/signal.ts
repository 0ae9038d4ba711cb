import { LIMITS, type StoredElement } from '@sterna/protocol';
import { ImError } from '../errors.ts';
import { isUserID } from '../user-id.ts';

/** One step of signaling, as the published JSON of a custom message says it. */
export interface Signal {
  inviteID: string;
  actionType: number;
  inviter: string;
  inviteeList: readonly string[];
  groupID: string;
  data: string;
  /** Seconds. */
  timeout: number;
}

/** `TSignaling.ACTION_TYPE_…`. */
export const ACTION = { invite: 1, cancel: 2, accept: 3, reject: 4, timeout: 5 } as const;

type Element = Pick<StoredElement, 'type' | 'payload'>;

/** The step that a message takes, if it is one: known by its shape, so that every library of the published format is understood. */
export function signalOf(elements: readonly Element[]): Signal | undefined {
  const [element] = elements;
  if (element?.type !== 'TIMCustomElem' || elements.length !== 1 || !('data' in element.payload))
    return undefined;
  const { data } = element.payload;
  // Only then is it worth parsing.
  return typeof data === 'string' && data.includes('"inviteID"') ? parseSignal(data) : undefined;
}

function parseSignal(text: string): Signal | undefined {
  const said = parseObject(text);
  if (said === undefined) return undefined;
  const { inviteID, actionType, inviter, inviteeList, groupID = '', data = '', timeout = 0 } = said;
  if (typeof inviteID !== 'string' || inviteID === '' || typeof inviter !== 'string') return undefined;
  if (typeof actionType !== 'number' || !ACTIONS.has(actionType)) return undefined;
  if (!isTexts(inviteeList) || typeof groupID !== 'string' || typeof data !== 'string') return undefined;
  if (typeof timeout !== 'number') return undefined;
  return { inviteID, actionType, inviter, inviteeList, groupID, data, timeout };
}

/** What has the mark and the ID of a step is meant as one: malformed it is refused, not delivered as a message that rings nowhere. */
export function requireWellFormed(elements: readonly Element[]): void {
  if (signalOf(elements) !== undefined) return;
  for (const { type, payload } of elements) {
    if (type !== 'TIMCustomElem' || !('data' in payload) || typeof payload.data !== 'string') continue;
    const said = payload.data.includes('"inviteID"') ? parseObject(payload.data) : undefined;
    if (said?.['businessID'] === MARK && said['inviteID'] !== undefined && said['actionType'] !== undefined)
      throw new ImError('badParameter', 'a step of signaling with a field of a wrong type, or without one');
  }
}

/** The published mark of signaling. */
const MARK = 1;

const ACTIONS: ReadonlySet<number> = new Set(Object.values(ACTION));

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    // Whatever else an application calls its data.
    return undefined;
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** The custom element that carries a step. */
export function signalElement(signal: Signal): Extract<StoredElement, { type: 'TIMCustomElem' }> {
  const data = JSON.stringify({ businessID: MARK, ...signal });
  return { type: 'TIMCustomElem', payload: { data, description: '', extension: '' } };
}

const PRINTABLE = /^[\x20-\x7e]+$/;

/** What a step names must be such as can exist: only then is it known what it locks. */
export function requireBounds({ inviteID, actionType, inviteeList, timeout }: Signal): void {
  const refuse = (what: string): never => {
    throw new ImError('badParameter', what);
  };
  if (inviteID.length > LIMITS.inviteIDBytes || !PRINTABLE.test(inviteID))
    refuse(`an inviteID is 1..${LIMITS.inviteIDBytes} printable ASCII characters`);
  if (actionType !== ACTION.invite) return;
  if (inviteeList.length === 0 || inviteeList.length > LIMITS.invitees)
    refuse(`an invitation is for 1..${LIMITS.invitees} users`);
  if (!inviteeList.every(isUserID)) refuse('not a userID');
  if (!Number.isSafeInteger(timeout) || timeout < 0 || timeout > LIMITS.invitationTimeoutS)
    refuse(`a timeout is 0..${LIMITS.invitationTimeoutS} whole seconds`);
}
