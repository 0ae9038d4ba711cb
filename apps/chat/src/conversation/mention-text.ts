/** A stretch of a text; `me` and `other` are names after an @. */
export interface MentionPart {
  text: string;
  names?: 'me' | 'other';
}

export interface MentionedName {
  name: string;
  isMe: boolean;
}

/** Finds the names that a message says it mentions; an @ that it does not speak of stays text. */
export function splitMentions(text: string, names: readonly MentionedName[]): MentionPart[] {
  // The longest first: "Ann Lee" is not "Ann" and something.
  const known = names.filter(({ name }) => name !== '').toSorted((a, b) => b.name.length - a.name.length);
  const parts: MentionPart[] = [];
  let plainFrom = 0;
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const found = known.find(({ name }) => text.startsWith(name, at + 1));
    if (found === undefined) continue;
    if (at > plainFrom) parts.push({ text: text.slice(plainFrom, at) });
    plainFrom = at + 1 + found.name.length;
    parts.push({ text: text.slice(at, plainFrom), names: found.isMe ? 'me' : 'other' });
  }
  if (plainFrom < text.length) parts.push({ text: text.slice(plainFrom) });
  return parts;
}
