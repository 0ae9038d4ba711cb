/** Logs whose last growth is remembered; beyond, the tables answer. */
const LOGS_REMEMBERED = 20_000;

/** Which logs grew last, by the journal row that made them grow. */
export class Growth {
  /** In the order of their last growth. */
  readonly #rows = new Map<string, number>();
  /** Every growth after this row is remembered. */
  #completeAfter: number;

  constructor(completeAfter: number) {
    this.#completeAfter = completeAfter;
  }

  note(log: string, row: number): void {
    this.#rows.delete(log);
    this.#rows.set(log, row);
    if (this.#rows.size <= LOGS_REMEMBERED) return;
    const [oldest] = this.#rows;
    if (oldest === undefined) return;
    this.#rows.delete(oldest[0]);
    this.#completeAfter = oldest[1];
  }

  /** The logs that grew with a row after `row`; undefined where not all of them are remembered. */
  after(row: number): string[] | undefined {
    if (row < this.#completeAfter) return undefined;
    return [...this.#rows].filter(([, grown]) => grown > row).map(([log]) => log);
  }
}
