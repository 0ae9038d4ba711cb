import type { LogEntry } from './history.ts';
import { type IdealLogs, seenOf } from './ideal-logs.ts';
import type { Device, Scribe } from './scribe.ts';

/** What the service does for all that happens in it. */
export interface IdealService {
  device(name: string): Device;
  seeing(conv: string, pos: number): Device[];
  append(conv: string, fields: Omit<LogEntry, 'pos'>): LogEntry;
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
    const entry = this.#service.append(conv, { kind: 'recall', id, from: device.user });
    this.#service.tell(conv, entry);
    this.#scribe.end('ok', call);
    for (const each of this.#service.seeing(conv, entry.pos)) {
      if (each !== device) this.#scribe.tellRecalled(each, [seenOf(conv, message)]);
      this.#scribe.showList(each, this.#logs.list(each.user));
    }
  }

  /** A conversation is thrown away, with all that is in it. */
  clear(name: string, conv: string): void {
    const device = this.#service.device(name);
    const call = this.#scribe.invoke(device, 'deleteConversation', { conv });
    const seq = this.#logs.visible(device.user, conv).at(-1)?.seq ?? 0;
    this.#logs.cleared.set(`${device.user} ${conv}`, seq);
    this.#logs.reads.set(`${device.user} ${conv}`, seq);
    this.#scribe.end('ok', call);
  }
}
