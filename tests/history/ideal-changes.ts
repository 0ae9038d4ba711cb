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
