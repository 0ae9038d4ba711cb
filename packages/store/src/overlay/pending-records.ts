import { type Json, requireKey } from '@sterna/core';
import { SortedKeys } from './sorted-keys.ts';

/** A record as it was last written. */
export interface Slot {
  readonly key: string;
  /** Undefined: deleted. */
  value: Json | undefined;
  /** The value's JSON, once somebody needed it. */
  text: string | undefined;
  /** The key's JSON, once somebody needed it. */
  quoted: string | undefined;
  /** The batch and the generation that wrote it last. */
  batch: number;
  generation: number;
}

/** What gathered between two moves to the base. */
export interface Generation {
  readonly number: number;
  readonly slots: Slot[];
  readonly keys: SortedKeys;
}

type Undo = Pick<Slot, 'value' | 'text' | 'batch' | 'generation'> & { slot: Slot; isNew: boolean };

const newGeneration = (number: number): Generation => ({ number, slots: [], keys: new SortedKeys() });

/** Records that are not in the base yet, each in one slot however often it is written. */
export class PendingRecords {
  readonly #slots = new Map<string, Slot>();
  #batch: Slot[] = [];
  #batchNumber = 1;
  #generation = newGeneration(1);
  /** The generation that is on its way to the base. */
  #leaving: Generation | undefined;
  #undo: Undo[] = [];

  get size(): number {
    return this.#slots.size;
  }

  get(key: string): Slot | undefined {
    return this.#slots.get(key);
  }

  startingWith(prefix: string): Slot[] {
    const keys = new Set(this.#generation.keys.startingWith(prefix));
    for (const key of this.#leaving?.keys.startingWith(prefix) ?? []) keys.add(key);
    return [...keys].map((key) => this.#slots.get(key)).filter((slot) => slot !== undefined);
  }

  set(key: string, value: Json | undefined): void {
    const slot = this.#slots.get(key);
    if (slot === undefined) this.#add(key, value);
    else this.#change(slot, value);
  }

  #add(key: string, value: Json | undefined): void {
    requireKey(key);
    const { number: generation } = this.#generation;
    const slot: Slot = {
      key,
      value,
      text: undefined,
      quoted: undefined,
      batch: this.#batchNumber,
      generation,
    };
    this.#slots.set(key, slot);
    this.#noteGeneration(slot);
    this.#batch.push(slot);
    this.#undo.push({ slot, isNew: true, value: undefined, text: undefined, batch: 0, generation: 0 });
  }

  #change(slot: Slot, value: Json | undefined): void {
    const { value: earlier, text, batch, generation } = slot;
    this.#undo.push({ slot, isNew: false, value: earlier, text, batch, generation });
    if (batch !== this.#batchNumber) this.#batch.push(slot);
    if (generation !== this.#generation.number) this.#noteGeneration(slot);
    slot.value = value;
    slot.text = undefined;
    slot.batch = this.#batchNumber;
    slot.generation = this.#generation.number;
  }

  #noteGeneration(slot: Slot): void {
    this.#generation.slots.push(slot);
    this.#generation.keys.add(slot.key);
  }

  begin(): void {
    this.#undo = [];
  }

  rollBack(): void {
    for (const { slot, isNew, ...earlier } of this.#undo.reverse()) {
      if (earlier.generation !== slot.generation) {
        this.#generation.slots.pop();
        this.#generation.keys.remove(slot.key);
      }
      if (earlier.batch !== slot.batch) this.#batch.pop();
      if (isNew) this.#slots.delete(slot.key);
      Object.assign(slot, earlier);
    }
    this.#undo = [];
  }

  /** What was written since the last time. */
  takeBatch(): Slot[] {
    const taken = this.#batch;
    this.#batch = [];
    this.#batchNumber += 1;
    return taken;
  }

  /** Begins a new generation and hands over the one that ended, whose slots are to leave. */
  takeGeneration(): Generation {
    const ended = this.#generation;
    this.#leaving = ended;
    this.#generation = newGeneration(ended.number + 1);
    return ended;
  }

  /** A slot of the leaving generation is in the base now. */
  leave(slot: Slot): void {
    this.#slots.delete(slot.key);
  }

  /** The leaving generation has left. */
  settle(): void {
    this.#leaving = undefined;
  }
}
