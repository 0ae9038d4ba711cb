/**
 * How many to ask the server for: what the application wants, no more than a page has; the usual, where that is no number of anything.
 * Whole by its bits, as the minifier turns comparisons round, and NaN is on neither side.
 */
export const pageSize = (count = 0, most: number, usual = most): number =>
  (count |= 0) > 0 ? Math.min(count, most) : usual;
