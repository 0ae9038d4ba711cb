import type { CallName, Line, Seen, SeenConversation, Step } from './history.ts';
import type { SeenReceipt } from './reading.ts';

export interface Device {
  name: string;
  user: string;
  session: string;
  epoch: number;
  isOn: boolean;
  known: Map<string, number>;
}

export const COMMIT_MS = 5;

type WireFacts =
  Extract<Line, { op: 'wire' }> extends infer Wire
    ? Wire extends { op: 'wire' }
      ? Omit<Wire, 'op' | 't' | 'device' | 'user' | 'session'>
      : never
    : never;

/** Writes down what devices do and are told, and keeps the time. */
export class Scribe {
  t = 0;
  readonly lines: Line[];
  #call = 0;

  constructor(lines: Line[]) {
    this.lines = lines;
  }

  showList({ name, user, session }: Device, conversations: readonly SeenConversation[]): void {
    this.lines.push({ t: this.t, op: 'conversations', device: name, user, session, conversations });
  }

  deliver({ name, user, session }: Device, messages: readonly Seen[]): void {
    this.lines.push({ t: this.t, op: 'deliver', device: name, user, session, messages });
  }

  tellChanged(op: 'recalled' | 'edited', { name, user, session }: Device, messages: readonly Seen[]): void {
    this.lines.push({ t: this.t, op, device: name, user, session, messages });
  }

  tellReceipts({ name, user, session }: Device, receipts: readonly SeenReceipt[]): void {
    this.lines.push({ t: this.t, op: 'receipts', device: name, user, session, receipts });
  }

  tellReadByPeer({ name, user, session }: Device, messages: readonly Seen[]): void {
    this.lines.push({ t: this.t, op: 'readByPeer', device: name, user, session, messages });
  }

  state({ name, user, session }: Device, state: 'ready' | 'notReady' | 'kicked', type?: string): void {
    this.lines.push({ t: this.t, op: 'state', device: name, user, session, state, ...(type && { type }) });
  }

  ring({ name, user, session }: Device, { inviteID, actionType, users }: Step): void {
    this.lines.push({ t: this.t, op: 'ring', device: name, user, session, inviteID, actionType, users });
  }

  wire({ name, user, session }: Device, what: WireFacts): void {
    this.lines.push({ t: this.t, op: 'wire', device: name, user, session, ...what });
  }

  invoke({ name, user, session }: Device, call: CallName, more: object = {}): number {
    this.t += COMMIT_MS;
    this.lines.push({
      t: this.t,
      op: 'invoke',
      call: ++this.#call,
      name: call,
      device: name,
      user,
      session,
      ...more,
    });
    return this.#call;
  }

  end(op: 'ok', call: number): void {
    this.lines.push({ t: this.t, op, call });
  }
}
