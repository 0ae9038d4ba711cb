import { type Amendment, type LogState, Tail, type TailItem } from './tail.ts';

/** An entry that a batch appended. */
export interface Appended {
  tail: Tail;
  item: TailItem;
}

/** An entry that a batch amended, here or in the base. */
export interface Amended {
  tail: Tail;
  /** Its new event, as JSON. */
  text: string;
  /** Its entry was in the base already. */
  isOlder: boolean;
  pos: number;
}

type Undo =
  | { undo: 'new tail'; tail: Tail }
  | { undo: 'append'; tail: Tail; once: string | undefined }
  | { undo: 'amend item'; item: TailItem; text: string }
  | { undo: 'amend older'; tail: Tail; pos: number; earlier: Amendment | undefined };

/** Entries, and newer events of entries, that are not in the base yet. */
export class PendingEntries {
  readonly #tails = new Map<string, Tail>();
  /** Entries that bring a record of their own, by its key. */
  readonly #once = new Map<string, Appended>();
  #appended: Appended[] = [];
  #amended: Amended[] = [];
  #undo: Undo[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  tail(log: string): Tail | undefined {
    return this.#tails.get(log);
  }

  /** The entry that brought the record under a key. */
  broughtBy(once: string): Appended | undefined {
    return this.#once.get(once);
  }

  /** The keys of all records that entries brought. */
  get onceKeys(): Iterable<string> {
    return this.#once.keys();
  }

  get tails(): Tail[] {
    return [...this.#tails.values()];
  }

  /** `before` is the log's state, where nothing is known of the log yet. */
  append(log: string, before: LogState, item: TailItem): void {
    const tail = this.#tailOf(log, before);
    const { pos } = tail.state;
    if (item.pos !== pos + 1) throw new Error(`${log} is at pos ${pos}: the next cannot be ${item.pos}`);
    tail.push(item);
    this.#size += 1;
    const appended = { tail, item };
    const { once } = item;
    if (once !== undefined) this.#once.set(once, appended);
    this.#appended.push(appended);
    this.#undo.push({ undo: 'append', tail, once });
  }

  amend(log: string, before: LogState, pos: number, text: string): void {
    const tail = this.#tailOf(log, before);
    const item = tail.at(pos);
    if (item === undefined) this.#amendOlder(tail, pos, text);
    else this.#amendItem(tail, item, text);
  }

  #amendItem(tail: Tail, item: TailItem, text: string): void {
    this.#undo.push({ undo: 'amend item', item, text: item.text });
    item.text = text;
    this.#amended.push({ tail, pos: item.pos, text, isOlder: false });
  }

  #amendOlder(tail: Tail, pos: number, text: string): void {
    const earlier = tail.amended.get(pos);
    tail.amended.set(pos, { text });
    if (earlier === undefined) this.#size += 1;
    this.#amended.push({ tail, pos, text, isOlder: true });
    this.#undo.push({ undo: 'amend older', tail, pos, earlier });
  }

  #tailOf(log: string, before: LogState): Tail {
    const present = this.#tails.get(log);
    if (present !== undefined) return present;
    const tail = new Tail(log, before);
    this.#tails.set(log, tail);
    this.#undo.push({ undo: 'new tail', tail });
    return tail;
  }

  begin(): void {
    this.#undo = [];
  }

  rollBack(): void {
    for (const undo of this.#undo.reverse()) this.#takeBack(undo);
    this.#undo = [];
  }

  #takeBack(undo: Undo): void {
    switch (undo.undo) {
      case 'new tail':
        this.#tails.delete(undo.tail.log);
        break;
      case 'append':
        undo.tail.pop();
        if (undo.once !== undefined) this.#once.delete(undo.once);
        this.#size -= 1;
        this.#appended.pop();
        break;
      case 'amend item':
        undo.item.text = undo.text;
        this.#amended.pop();
        break;
      case 'amend older':
        if (undo.earlier !== undefined) undo.tail.amended.set(undo.pos, undo.earlier);
        else {
          undo.tail.amended.delete(undo.pos);
          this.#size -= 1;
        }
        this.#amended.pop();
        break;
    }
  }

  /** What was written since the last time. */
  takeBatch(): { appended: Appended[]; amended: Amended[] } {
    const taken = { appended: this.#appended, amended: this.#amended };
    this.#appended = [];
    this.#amended = [];
    return taken;
  }

  /** The record that an entry brought is in the base now, as the entry itself. */
  leaveOnce(once: string): void {
    this.#once.delete(once);
  }

  /** So many entries of a tail are in the base now. */
  leave(tail: Tail, count: number): void {
    this.#size -= count;
    // A tail that left before may have a successor of the same name: that one stays.
    const isOver = tail.isEmpty && tail.amended.size === 0 && this.#tails.get(tail.log) === tail;
    if (isOver) this.#tails.delete(tail.log);
  }
}
