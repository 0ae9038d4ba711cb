import { INBOX, type LogEntry } from './history.ts';
import { type IdealLogs, seenOf } from './ideal-logs.ts';
import type { Device, Scribe } from './scribe.ts';

/** What the service does for all that happens in it. */
export interface IdealService {
  device(name: string): Device;
  seeing(conv: string, pos: number): Device[];
  online(user: string): Device[];
  append(conv: string, fields: Omit<LogEntry, 'pos'>): LogEntry;
  /** The number of a commit that is in no conversation's log. */
  commit(): number;
  users(): string[];
  tell(conv: string, entry: LogEntry): void;
}

/** What becomes of messages that are there, without a fault. */
export class IdealChanges {
  readonly #scribe: Scribe;
  readonly #logs: IdealLogs;
  readonly #service: IdealService;

  constructor(scribe: Scribe, logs: IdealLogs, service: IdealService) {
    this.#scribe = scribe;
    this.#logs = logs;
    this.#service = service;
  }

  /** Takes a message back: nothing of its words is left, and everybody who is there hears of it. */
  recall(name: string, conv: string, body: string): void {
    const device = this.#service.device(name);
    const message = this.#logs.stored(conv, body);
    const { id = '' } = message;
    const call = this.#scribe.invoke(device, 'recall', { conv, id });
    message.left = { body: '', recalled: true };
    this.#forgetEdit(conv, id);
    const entry = this.#service.append(conv, { kind: 'recall', id, from: device.user });
    this.#tell('recalled', conv, { message, entry, device });
    this.#scribe.end('ok', call);
  }

  /** Makes the next version of a message, of which only the newest is kept. */
  edit(name: string, conv: string, body: string, news: string): void {
    const device = this.#service.device(name);
    const message = this.#logs.stored(conv, body);
    const { id = '' } = message;
    const call = this.#scribe.invoke(device, 'edit', { conv, id, body: news });
    const version = this.#forgetEdit(conv, id) + 1;
    message.left = { body: news, version };
    const entry = this.#service.append(conv, { kind: 'edit', id, from: device.user, body: news, version });
    this.#tell('edited', conv, { message, entry, device });
    this.#scribe.end('ok', call);
  }

  /** Gives the version that the newest edit made, whose words are kept no more. */
  #forgetEdit(conv: string, id: string): number {
    const newest = this.#logs.of(conv).findLast((each) => each.kind === 'edit' && each.id === id);
    if (newest) newest.left = { body: '' };
    return newest?.version ?? 0;
  }

  #tell(
    how: 'recalled' | 'edited',
    conv: string,
    { message, entry, device }: { message: LogEntry; entry: LogEntry; device: Device },
  ): void {
    this.#service.tell(conv, entry);
    for (const each of this.#service.seeing(conv, entry.pos)) {
      if (each !== device) this.#scribe.tellChanged(how, each, [seenOf(conv, message)]);
      this.#scribe.showList(each, this.#logs.list(each.user));
    }
  }

  /** Messages are gone for one user, on all their devices. */
  remove(name: string, conv: string, bodies: readonly string[]): void {
    const device = this.#service.device(name);
    const messages = bodies.map((body) => this.#logs.stored(conv, body));
    const ids = messages.flatMap(({ id }) => id ?? []);
    const seqs = messages.flatMap(({ seq }) => seq ?? []);
    const call = this.#scribe.invoke(device, 'deleteMessages', { conv, ids });
    const key = `${device.user} ${conv}`;
    this.#logs.deleted.set(key, [...(this.#logs.deleted.get(key) ?? []), ...seqs]);
    this.#tellGone(device.user, conv, { seqs, through: 0 });
    this.#scribe.end('ok', call);
  }

  /** All that is there is gone for one user; a conversation that is deleted leaves the list, too. */
  clear(name: string, conv: string, how: 'deleteConversation' | 'clearHistory' = 'deleteConversation'): void {
    const device = this.#service.device(name);
    const call = this.#scribe.invoke(device, how, { conv });
    const through = this.#logs.visible(device.user, conv).at(-1)?.seq ?? 0;
    this.#logs.cleared.set(`${device.user} ${conv}`, through);
    this.#logs.reads.set(`${device.user} ${conv}`, through);
    this.#tellGone(device.user, conv, { seqs: [], through });
    this.#scribe.end('ok', call);
  }

  #tellGone(user: string, conv: string, what: { seqs: readonly number[]; through: number }): void {
    const pos = this.#logs.nextOfInbox(user);
    this.#scribe.lines.push({ op: 'gone', user, conv, pos, ...what });
    for (const each of this.#service.online(user)) {
      this.#scribe.wire(each, { what: 'range', conv: INBOX, from: 1, to: pos, seqs: [] });
      this.#scribe.showList(each, this.#logs.list(user));
    }
  }
}
