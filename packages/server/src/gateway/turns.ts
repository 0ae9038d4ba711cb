import { ImError } from '@sterna/core';

/** Pieces of work that are done one after the other, for each key in the order of the asking. */
export interface Turns {
  /** Refused with `tooFrequent` where as many as may be are not done yet. */
  take<Answer>(key: string, work: () => Promise<Answer>): Promise<Answer>;
}

export function createTurns(most: number): Turns {
  const lines = new Map<string, { length: number; end: Promise<unknown> }>();

  return {
    async take(key, work) {
      const line = lines.get(key) ?? { length: 0, end: Promise.resolve() };
      if (line.length >= most) throw new ImError('tooFrequent', `${most} of these wait for one another`);
      lines.set(key, line);
      line.length += 1;
      const answer = line.end.then(work);
      line.end = answer.catch(() => undefined);
      try {
        return await answer;
      } finally {
        line.length -= 1;
        if (line.length === 0) lines.delete(key);
      }
    },
  };
}
