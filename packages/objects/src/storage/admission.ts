import { ObjectError } from '../errors.ts';
import type { Limits } from '../limits.ts';
import type { BlobStore, Clock } from '../ports.ts';
import type { ObjectIndex, Quota } from './object-index.ts';

/** Asking the file system for its free space is a system call: once in this long is enough. */
const FREE_SPACE_AGE_MS = 1000;
/** What a user keeps is asked of another thread: once in this long is enough to let bodies in, as the last word is the commit's. */
const USAGE_AGE_MS = 1000;
/** Users whose usage is remembered at once. */
const MOST_USERS = 1024;

export type Admitted = {
  /** Tells that bytes arrived: what was set aside for them is now on the disk. */
  onBytes: (count: number) => void;
  release: () => void;
};

type Booking = { user: string; outstanding: number };

/** Lets uploads in, as long as there are places, quota and disk for all of them together. */
export class Admission {
  readonly #limits: Limits;
  readonly #clock: Clock;
  readonly #blobs: Pick<BlobStore, 'freeBytes'>;
  readonly #index: Pick<ObjectIndex, 'usage'>;
  readonly #bookings = new Set<Booking>();
  readonly #usage = new Map<string, Quota & { untilMs: number }>();
  #free: { bytes: number; untilMs: number } | undefined;
  #downloads = 0;

  constructor(deps: {
    limits: Limits;
    clock: Clock;
    blobs: Pick<BlobStore, 'freeBytes'>;
    index: Pick<ObjectIndex, 'usage'>;
  }) {
    this.#limits = deps.limits;
    this.#clock = deps.clock;
    this.#blobs = deps.blobs;
    this.#index = deps.index;
  }

  /** Sets room aside for an upload of that size, or refuses with the code of what is short. */
  async admit(owner: { app: string; user: string }, bytes: number): Promise<Admitted> {
    const user = JSON.stringify([owner.app, owner.user]);
    const mine = [...this.#bookings].filter((booking) => booking.user === user);
    if (this.#bookings.size >= this.#limits.uploads || mine.length >= this.#limits.uploadsPerUser) {
      throw new ObjectError('slowDown');
    }
    // Booked before anything is awaited, so that two uploads cannot both take the last place.
    const booking = { user, outstanding: bytes };
    this.#bookings.add(booking);
    const release = () => void this.#bookings.delete(booking);
    try {
      await this.#checkQuota(owner, user);
      await this.#checkDisk();
    } catch (error) {
      release();
      throw error;
    }
    return {
      onBytes: (count) => {
        booking.outstanding = Math.max(0, booking.outstanding - count);
        // What was free when it was asked is so no more.
        if (this.#free !== undefined) this.#free.bytes -= count;
      },
      release,
    };
  }

  /** Takes a place for a download; call the result when it is over. */
  admitDownload(): () => void {
    if (this.#downloads >= this.#limits.downloads) throw new ObjectError('slowDown');
    this.#downloads += 1;
    let open = true;
    return () => {
      if (open) this.#downloads -= 1;
      open = false;
    };
  }

  /** Transfers under way. */
  get transfers(): { uploads: number; downloads: number } {
    return { uploads: this.#bookings.size, downloads: this.#downloads };
  }

  async #checkQuota({ app, user }: { app: string; user: string }, key: string): Promise<void> {
    const known = this.#usage.get(key);
    if (known !== undefined && this.#clock.nowMs() < known.untilMs && this.#hasRoom(known, key)) return;
    // Nobody is refused for what is only remembered.
    const used = await this.#index.usage({ app, owner: user });
    if (this.#usage.size >= MOST_USERS) this.#usage.clear();
    this.#usage.set(key, { ...used, untilMs: this.#clock.nowMs() + USAGE_AGE_MS });
    if (!this.#hasRoom(used, key)) throw new ObjectError('quotaExceeded');
  }

  #hasRoom(used: Quota, user: string): boolean {
    const coming = this.#outstanding((booking) => booking.user === user);
    return used.bytes + coming <= this.#limits.userBytes && used.objects < this.#limits.userObjects;
  }

  async #checkDisk(): Promise<void> {
    const free = await this.#freeBytes();
    if (free - this.#outstanding(() => true) < this.#limits.diskReserveBytes) {
      throw new ObjectError('insufficientStorage');
    }
  }

  #outstanding(counts: (booking: Booking) => boolean): number {
    let sum = 0;
    for (const booking of this.#bookings) if (counts(booking)) sum += booking.outstanding;
    return sum;
  }

  async #freeBytes(): Promise<number> {
    const nowMs = this.#clock.nowMs();
    if (this.#free !== undefined && nowMs < this.#free.untilMs) return this.#free.bytes;
    const bytes = await this.#blobs.freeBytes();
    this.#free = { bytes, untilMs: nowMs + FREE_SPACE_AGE_MS };
    return bytes;
  }
}
