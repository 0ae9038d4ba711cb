/** A keyed one-way hash of a text, short enough to store with every message; the key never leaves the process. */
export type Digest = (text: string) => string;
