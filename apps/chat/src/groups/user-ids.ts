/** Reads userIDs out of a text: commas, semicolons, spaces or lines part them; each counts once. */
export function parseUserIDs(text: string): string[] {
  return [...new Set(text.split(/[\s,;，；、]+/u).filter((id) => id !== ''))];
}

/** Adds an ID to the text, or takes it out where it stands already. */
export function toggleUserID(text: string, userID: string): string {
  const ids = parseUserIDs(text);
  return (ids.includes(userID) ? ids.filter((id) => id !== userID) : [...ids, userID]).join(', ');
}

/** The published limits of a group's fields, in bytes of UTF-8. */
export const GROUP_NAME_BYTES = 100;
export const INTRODUCTION_BYTES = 240;
export const NOTIFICATION_BYTES = 300;
export const NAME_CARD_BYTES = 50;
export const APPLY_MESSAGE_BYTES = 300;

export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
