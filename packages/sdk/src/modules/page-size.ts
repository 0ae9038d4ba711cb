/**
 * How many to ask the server for: what the application wants, no more than a page has; the usual, where that is no number of anything.
 * Whole by its bits, as the minifier turns comparisons round, and NaN is on neither side.
 */
export const pageSize = (count = 0, most: number, usual = most): number =>
  (count = Math.min(count, most) | 0) > 0 ? count : usual;
