import type { Head } from '../records.ts';

/** Where a log stands for a user, as far as they may know. */
export const shownTo = ({ seq, timeMs, shown }: Head, userID: string): Pick<Head, 'seq' | 'timeMs'> =>
  shown?.userID === userID ? shown : { seq, timeMs };
