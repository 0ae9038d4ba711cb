import { type Amended, type Appended, PendingEntries } from './pending-entries.ts';
import { PendingRecords, type Slot } from './pending-records.ts';

/** What one batch of commands wrote: every record once, however often it was set. */
export interface Batch {
  slots: Slot[];
  appended: Appended[];
  amended: Amended[];
}

/**
 * Writes that are not in the base yet. Commands write one after the other; what a command wrote since `begin`
 * can be taken back, and then it is as if the command had not been.
 */
export class Pending {
  readonly records = new PendingRecords();
  readonly entries = new PendingEntries();

  /** Records and entries held: what it costs to put them where they belong. */
  get size(): number {
    return this.records.size + this.entries.size;
  }

  begin(): void {
    this.records.begin();
    this.entries.begin();
  }

  rollBack(): void {
    this.records.rollBack();
    this.entries.rollBack();
  }

  /** Hands over what was written since the last time. */
  takeBatch(): Batch {
    return { slots: this.records.takeBatch(), ...this.entries.takeBatch() };
  }
}
