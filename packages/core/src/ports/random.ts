/** Randomness as the domain sees it. */
export interface Random {
  /** A fresh id of `length` characters of [0-9a-z], unguessable. */
  id(length: number): string;
  /** A number in [0, 1), for jitter only. */
  fraction(): number;
}
