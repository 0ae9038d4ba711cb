/** How many to ask the server for: what the application wants, but at least one and no more than a page has. */
export function pageSize(count: number, most: number): number {
  return Math.min(Math.max(1, Math.floor(count)), most);
}
