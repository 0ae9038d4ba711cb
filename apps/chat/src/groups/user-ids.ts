/** Reads userIDs out of a text: commas, semicolons, spaces or lines part them; each counts once. */
export function parseUserIDs(text: string): string[] {
  return [...new Set(text.split(/[\s,;，；、]+/u).filter((id) => id !== ''))];
}

/** Adds an ID to the text, or takes it out where it stands already. */
export function toggleUserID(text: string, userID: string): string {
  const ids = parseUserIDs(text);
  return (ids.includes(userID) ? ids.filter((id) => id !== userID) : [...ids, userID]).join(', ');
}

/** The published limit of a group's name, in bytes of UTF-8. */
export const GROUP_NAME_BYTES = 100;

export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
