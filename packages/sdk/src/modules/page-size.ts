/** How many to ask the server for: what the application wants, no more than a page has; the usual, where that is no number from 1 on. */
export const pageSize = (count = 0, most: number, usual = most): number =>
  count >= 1 ? Math.min(Math.floor(count), most) : usual;
