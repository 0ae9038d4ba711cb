/** Where the greatest key by bytes is of these characters, it is also the greatest as JavaScript compares texts, which is quicker. */
const COMPARABLE = /^[\x00-\x7f]*$/;
const NOTHING_IS_BEYOND = '\uffff';

/**
 * Remembers the greatest duplicate check of each app. The keys begin with the time, so that a new one is mostly beyond it,
 * and known to be absent without a look at the table. An app whose clients have wrong clocks only loses the shortcut.
 */
export class OnceKeys {
  readonly #greatest = new Map<string, string>();
  readonly #findGreatest: (prefix: string) => string | undefined;

  /** `findGreatest` looks in the table. */
  constructor(findGreatest: (prefix: string) => string | undefined) {
    this.#findGreatest = findGreatest;
  }

  isBeyondAll(key: string): boolean {
    const prefix = prefixOf(key);
    const known = this.#greatest.get(prefix);
    if (known !== undefined) return key > known;
    const found = this.#findGreatest(prefix) ?? '';
    const greatest = COMPARABLE.test(found) ? found : NOTHING_IS_BEYOND;
    this.#greatest.set(prefix, greatest);
    return key > greatest;
  }

  /** A key was put into the table. */
  note(key: string): void {
    if (this.isBeyondAll(key)) this.#greatest.set(prefixOf(key), key);
  }
}

/** The kind and the app. */
function prefixOf(key: string): string {
  return key.slice(0, key.indexOf('/', key.indexOf('/') + 1) + 1);
}
