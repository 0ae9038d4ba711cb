import type { LogEntry, Seen, SeenConversation } from './history.ts';

/** The logs of conversations, and who may see what of them. */
export class IdealLogs {
  readonly all = new Map<string, LogEntry[]>();
  /** Read marks and cleared histories, by user and conversation. */
  readonly reads = new Map<string, number>();
  readonly cleared = new Map<string, number>();
  readonly deleted = new Map<string, number[]>();
  /** How far users have said that they read. */
  readonly said = new Map<string, number>();
  /** How far each user's inbox has come. */
  readonly #inboxes = new Map<string, number>();

  nextOfInbox(user: string): number {
    const pos = (this.#inboxes.get(user) ?? 0) + 1;
    this.#inboxes.set(user, pos);
    return pos;
  }

  of(conv: string): LogEntry[] {
    const log = this.all.get(conv) ?? [];
    this.all.set(conv, log);
    return log;
  }

  /** The message that was sent with these words. */
  stored(conv: string, body: string): LogEntry {
    const entry = this.of(conv).find((each) => each.body === body);
    if (entry === undefined) throw new Error(`"${body}" was never stored`);
    return entry;
  }

  sees(user: string, conv: string, pos: number): boolean {
    const [, community] = /^topic:(.*)@TOPIC#_/.exec(conv) ?? [];
    if (community !== undefined) {
      const at = this.of(conv).find((entry) => entry.pos === pos)?.after ?? 0;
      return this.isInAfter(user, `group:${community}`, at);
    }
    if (!conv.startsWith('group:')) return conv.split(':').includes(user);
    let inside = false;
    for (const entry of this.of(conv)) {
      if (entry.users?.includes(user)) inside = entry.kind === 'joined' || entry.pos === pos;
      if (entry.pos === pos) return inside;
    }
    return false;
  }

  /** Whether the user is in when the group's log has come to a position. */
  isInAfter(user: string, group: string, pos: number): boolean {
    const changes = this.of(group).filter((entry) => entry.pos <= pos && entry.users?.includes(user));
    return changes.at(-1)?.kind === 'joined';
  }

  visible(user: string, conv: string): LogEntry[] {
    return this.of(conv).filter((entry) => entry.kind === 'message' && this.sees(user, conv, entry.pos));
  }

  readable(user: string, conv: string): LogEntry[] {
    const cleared = this.cleared.get(`${user} ${conv}`) ?? 0;
    const deleted = this.deleted.get(`${user} ${conv}`) ?? [];
    return this.visible(user, conv).filter(({ seq = 0 }) => seq > cleared && !deleted.includes(seq));
  }

  /** What a user may read, as their application shows it. */
  shown(user: string, conv: string): Seen[] {
    const peer = peerOf(conv, user);
    const said = peer === undefined ? 0 : (this.said.get(`${peer} ${conv}`) ?? 0);
    return this.readable(user, conv).map((entry) => ({
      ...seenOf(conv, entry),
      ...(entry.from === user && (entry.seq ?? 0) <= said && { peerRead: true as const }),
    }));
  }

  unread(user: string, conv: string): LogEntry[] {
    const read = this.reads.get(`${user} ${conv}`) ?? 0;
    return this.readable(user, conv).filter(
      (entry) => (entry.seq ?? 0) > read && entry.from !== user && !entry.left?.recalled,
    );
  }

  list(user: string): SeenConversation[] {
    return [...this.all.keys()].flatMap((conv) => {
      const last = this.readable(user, conv).at(-1);
      if (last === undefined) return [];
      const { seq, body } = seenOf(conv, last);
      return [{ conv, unread: this.unread(user, conv).length, lastSeq: seq, lastBody: body }];
    });
  }
}

/** The other one of a pair. */
export function peerOf(conv: string, user: string): string | undefined {
  const [kind, ...users] = conv.split(':');
  return kind === 'c2c' ? users.find((each) => each !== user) : undefined;
}

/** An entry as an application sees it. */
export function seenOf(conv: string, entry: LogEntry): Seen {
  const { seq = 0, id = '', from = '', body = '', timeMs = 0, left } = entry;
  return {
    conv,
    seq,
    id,
    from,
    body: left?.body ?? body,
    timeS: Math.floor(timeMs / 1000),
    ...(left?.recalled && { recalled: true as const }),
    ...(left?.version && { version: left.version }),
  };
}
