import type {
  CommandName,
  ConversationRange,
  ConversationSnapshot,
  DownstreamItem,
  InboxRange,
  ReplyOf,
  RequestOf,
} from '@sterna/protocol';
import { INBOX, type Where } from '../history/history.ts';
import type { Tap } from './connection.ts';
import { conversationName, type Recorder } from './recorder.ts';

/** Writes into the history what a device said and was told, of what promises are made about. */
export class WireTap implements Tap {
  readonly #recorder: Recorder;
  readonly #where: () => Where;
  readonly #asked = new Map<number, { name: CommandName; body: unknown }>();

  constructor(recorder: Recorder, where: () => Where) {
    this.#recorder = recorder;
    this.#where = where;
  }

  sent(text: string): void {
    const [id, name, body] = JSON.parse(text) as [number, CommandName, unknown];
    this.#asked.set(id, { name, body });
    switch (name) {
      case 'session.login': {
        const { cursor, resume } = body as RequestOf<'session.login'>;
        const held = cursor && { ...this.#named(cursor.conversations), [INBOX]: cursor.inbox };
        return this.#write({ what: 'login', resume: resume !== undefined, ...(held && { cursor: held }) });
      }
      case 'conversation.sync': {
        const { conversationID, after } = body as RequestOf<'conversation.sync'>;
        return this.#write({ what: 'claim', conv: this.#name(conversationID), pos: after });
      }
      case 'inbox.sync':
        return this.#write({ what: 'claim', conv: INBOX, pos: (body as RequestOf<'inbox.sync'>).after });
      case 'conversation.read': {
        const { conversationID, seq } = body as RequestOf<'conversation.read'>;
        return this.#write({ what: 'read', conv: this.#name(conversationID), seq });
      }
      default:
        return undefined;
    }
  }

  received(text: string): void {
    for (const item of JSON.parse(text) as DownstreamItem[]) {
      if (item[0] === 0) this.#answered(item[1], item[2]);
      else if (item[0] === 2 && item[1] === 'conversation') this.#range(item[2]);
      else if (item[0] === 2 && item[1] === 'inbox') this.#inbox(item[2]);
    }
  }

  #answered(id: number, body: unknown): void {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    switch (asked?.name) {
      case 'session.login':
        return this.#loggedIn(body as ReplyOf<'session.login'>);
      case 'conversation.sync':
        return this.#range((body as ReplyOf<'conversation.sync'>).range);
      case 'inbox.sync':
        return this.#inbox((body as ReplyOf<'inbox.sync'>).inbox);
      case 'conversation.get':
        return this.#snapshot('asked', (body as ReplyOf<'conversation.get'>).conversation);
      case 'topic.list':
        for (const each of (body as ReplyOf<'topic.list'>).topics) this.#snapshot('asked', each);
        return undefined;
      case 'conversation.list':
        for (const each of (body as ReplyOf<'conversation.list'>).conversations)
          this.#snapshot('asked', each);
        return undefined;
      case 'message.send': {
        const { pos, seq } = body as ReplyOf<'message.send'>;
        const conv = this.#name((asked.body as RequestOf<'message.send'>).conversationID);
        if (pos > 0) this.#write({ what: 'range', conv, from: pos, to: pos, seqs: [seq] });
        return undefined;
      }
      default:
        return undefined;
    }
  }

  #loggedIn({ session, sync }: ReplyOf<'session.login'>): void {
    this.#write({ what: 'session', epoch: session, mode: sync.mode });
    for (const snapshot of sync.conversations) this.#snapshot(sync.mode, snapshot);
    for (const range of sync.ranges) this.#range(range);
    if (sync.mode === 'reset') this.#write({ what: 'joined', conv: INBOX, pos: sync.inbox.to });
    this.#inbox(sync.inbox);
  }

  #snapshot(
    why: 'reset' | 'delta' | 'asked',
    { conversationID, pos, seq, backlog }: ConversationSnapshot,
  ): void {
    const conv = this.#name(conversationID);
    this.#write({
      what: 'snapshot',
      why,
      conv,
      pos,
      seq,
      backlog: (backlog ?? []).map((message) => message.seq),
    });
  }

  #range({ conversationID, from, to, events }: ConversationRange): void {
    const seqs = events.flatMap(([, event]) => (event.t === 'message' ? [event.seq] : []));
    this.#write({ what: 'range', conv: this.#name(conversationID), from, to, seqs });
  }

  #inbox({ from, to, events }: InboxRange): void {
    for (const [, event] of events) {
      if (event.t === 'groupJoined')
        this.#write({ what: 'joined', conv: `group:${event.groupID}`, pos: event.pos });
    }
    this.#write({ what: 'range', conv: INBOX, from, to, seqs: [] });
  }

  #named(positions: Readonly<Record<string, number>>): Record<string, number> {
    return Object.fromEntries(Object.entries(positions).map(([id, pos]) => [this.#name(id), pos]));
  }

  #name(conversationID: string): string {
    return conversationName(this.#where().user, conversationID);
  }

  #write(fact: Parameters<typeof factOf>[0]): void {
    this.#recorder.write(factOf(fact, this.#where()));
  }
}

type WireLine = Extract<Parameters<Recorder['write']>[0], { op: 'wire' }>;
type Fact = WireLine extends infer Wire
  ? Wire extends unknown
    ? Omit<Wire, 'op' | keyof Where>
    : never
  : never;

function factOf(fact: Fact, where: Where): WireLine {
  // Sound: a fact is a wire line without where it was seen, which is put back here.
  return { op: 'wire', ...where, ...fact } as WireLine;
}
