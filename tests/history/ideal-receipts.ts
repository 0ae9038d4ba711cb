import { INBOX, type LogEntry, type Seen } from './history.ts';
import type { IdealService } from './ideal-changes.ts';
import type { IdealLogs } from './ideal-logs.ts';
import type { CountedLine, SeenReceipt } from './reading.ts';
import type { Scribe } from './scribe.ts';

/** Who has read what, without a fault. */
export class IdealReceipts {
  readonly #scribe: Scribe;
  readonly #logs: IdealLogs;
  readonly #service: IdealService;
  readonly #counted: CountedLine[] = [];

  constructor(scribe: Scribe, logs: IdealLogs, service: IdealService) {
    this.#scribe = scribe;
    this.#logs = logs;
    this.#service = service;
  }

  /** A message that was sent asks to be told. */
  want(conv: string, body: string): void {
    this.#logs.stored(conv, body).wantsReceipt = true;
  }

  send(name: string, conv: string, body: string): void {
    const { user, ...device } = this.#service.device(name);
    const { id = '', seq = 0, from: to = '' } = this.#logs.stored(conv, body);
    const call = this.#scribe.invoke({ user, ...device }, 'sendReceipts', { conv, ids: [id] });
    const commit = this.#service.commit();
    const pos = this.#logs.nextOfInbox(to);
    const { read, unread } = this.#receipt(conv, body);
    const counts = { read: read + 1, unread: unread - 1 };
    const line = { op: 'counted', user, to, conv, seq, ...counts, pos, commit, at: this.#scribe.t } as const;
    this.#counted.push(line);
    this.#scribe.lines.push(line);
    for (const each of this.#service.online(to)) {
      this.#scribe.wire(each, { what: 'range', conv: INBOX, from: 1, to: pos, seqs: [] });
      this.#scribe.tellReceipts(each, [{ conv, id, ...counts }]);
    }
    this.#scribe.end('ok', call);
  }

  ask(name: string, conv: string, body: string): void {
    const { id } = this.#logs.stored(conv, body);
    const call = this.#scribe.invoke(this.#service.device(name), 'receipts', { conv, ids: [id] });
    this.#scribe.lines.push({ t: this.#scribe.t, op: 'ok', call, receipts: [this.#receipt(conv, body)] });
  }

  list(which: 'readers' | 'nonReaders', name: string, conv: string, body: string): void {
    const { id, seq = 0 } = this.#logs.stored(conv, body);
    const call = this.#scribe.invoke(this.#service.device(name), which, { conv, id });
    const read = this.#readersOf(conv, seq);
    const users =
      which === 'readers' ? read : this.#receivers(conv, body).filter((user) => !read.includes(user));
    this.#scribe.lines.push({ t: this.#scribe.t, op: 'ok', call, users });
  }

  /** One of a pair has come as far as a number, and the other one hears of it. */
  reachPeer(user: string, conv: string, { by, seq }: { by: string; seq: number }): void {
    const isRead = ({ peerRead }: Seen) => peerRead === true;
    const before = this.#logs.shown(user, conv).filter(isRead);
    this.#logs.said.set(`${by} ${conv}`, seq);
    const read = this.#logs.shown(user, conv).filter(isRead);
    for (const each of this.#service.online(user))
      this.#scribe.tellReadByPeer(each, read.slice(before.length));
  }

  /** Of a user's own messages, in a history. */
  among(user: string, conv: string, history: readonly Seen[]): SeenReceipt[] {
    const mine = history.map(({ seq }) => this.#logs.of(conv).find((entry) => entry.seq === seq));
    return mine.flatMap((entry: LogEntry | undefined) =>
      entry?.wantsReceipt && entry.from === user ? [this.#receipt(conv, entry.body ?? '')] : [],
    );
  }

  #readersOf(conv: string, seq: number): string[] {
    return this.#counted.filter((line) => line.conv === conv && line.seq === seq).map(({ user }) => user);
  }

  #receivers(conv: string, body: string): string[] {
    const { pos, from } = this.#logs.stored(conv, body);
    return this.#service.users().filter((user) => user !== from && this.#logs.sees(user, conv, pos));
  }

  #receipt(conv: string, body: string): SeenReceipt {
    const { id = '', seq = 0 } = this.#logs.stored(conv, body);
    const read = this.#readersOf(conv, seq).length;
    return { conv, id, read, unread: this.#receivers(conv, body).length - read };
  }
}
