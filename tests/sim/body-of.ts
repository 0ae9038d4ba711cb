import type { Step } from '../history/history.ts';

/** A message's own words, by which the history knows it; of a step of signaling its data. A timeout has those of the invitation. */
export function bodyOf(element: { type: string; payload: object }, id: string): string {
  const { type, payload } = element;
  if (type === 'TIMTextElem' && 'text' in payload) return String(payload.text);
  const signal = signalOf(element);
  if (signal === undefined) return `${type} ${id}`;
  return signal.actionType === 5 ? `timeout of ${signal.data}` : signal.data;
}

/** The step of signaling that a message is. */
export function stepOf(element: { type: string; payload: object }): Step | undefined {
  const signal = signalOf(element);
  if (signal === undefined) return undefined;
  const { inviteID, actionType, inviteeList: users, timeout: timeoutS } = signal;
  return { inviteID, actionType, users, timeoutS };
}

interface Signal {
  inviteID: string;
  actionType: number;
  inviteeList: string[];
  timeout: number;
  data: string;
}

function signalOf({ type, payload }: { type: string; payload: object }): Signal | undefined {
  if (type !== 'TIMCustomElem' || !('data' in payload)) return undefined;
  // What the workload sends as a custom message is signaling.
  return JSON.parse(String(payload.data)) as Signal;
}
