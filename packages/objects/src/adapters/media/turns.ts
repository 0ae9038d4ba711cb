import { ObjectError } from '../../errors.ts';

/** Whoever waits for a worker: owners take turns, however much each of them has brought. */
export class Turns {
  readonly #mostWaiting: number;
  /** By owner, in the order of their turns. */
  readonly #waiting = new Map<string, (() => void)[]>();
  #count = 0;

  constructor(mostWaiting: number) {
    this.#mostWaiting = mostWaiting;
  }

  /** Resolves at the owner's turn. Half of the places are for others. */
  async wait(owner: string): Promise<void> {
    const own = this.#waiting.get(owner) ?? [];
    const isFull = this.#count >= this.#mostWaiting || own.length >= Math.ceil(this.#mostWaiting / 2);
    if (isFull) throw new ObjectError('slowDown');
    this.#count += 1;
    this.#waiting.set(owner, own);
    await new Promise<void>((resolve) => own.push(resolve));
  }

  /** Calls the next in turn; false when nobody waits. */
  next(): boolean {
    const [first] = this.#waiting;
    if (first === undefined) return false;
    const [owner, own] = first;
    this.#waiting.delete(owner);
    const call = own.shift();
    // Whoever has more goes to the end of the line.
    if (own.length > 0) this.#waiting.set(owner, own);
    this.#count -= 1;
    call?.();
    return true;
  }
}
