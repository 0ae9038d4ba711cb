/** What happened, as a hash that two runs of one seed must share, and as text where somebody wants to read it. */
export interface Trace {
  event(at: number, order: number, label: string): void;
  /** Something that was said or decided within an event. */
  note(text: string): void;
  readonly hash: string;
  readonly text: readonly string[];
}

/** FNV-1a over everything that is noted. */
export function createTrace(keep: boolean): Trace {
  let hash = 0x811c9dc5;
  const text: string[] = [];
  const add = (part: string) => {
    for (let index = 0; index < part.length; index++)
      hash = Math.imul(hash ^ part.charCodeAt(index), 0x01000193);
  };
  return {
    event(at, order, label) {
      add(`${at} ${order} ${label}`);
      if (keep) text.push(`${at.toFixed(1).padStart(9)}  ${label}`);
    },
    note(part) {
      add(part);
      if (keep) text.push(`           ${part}`);
    },
    get hash() {
      return (hash >>> 0).toString(16).padStart(8, '0');
    },
    text,
  };
}
