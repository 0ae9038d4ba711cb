import { LIMITS } from '../chat-client/limits.ts';
import { EVERYBODY } from '../chat-client/published-values.ts';
import type { MemberItem } from '../chat-client/state.ts';

/** Somebody who can be named with an @. */
export interface Mentionable {
  userID: string;
  name: string;
  avatar: string;
}

/** An @ that is being typed: where it stands, and what follows it. */
export interface MentionQuery {
  start: number;
  query: string;
}

/** After a letter or a digit an @ is part of an address. */
const TYPED = /(?<![\p{Letter}\p{Number}._-])@([^\s@]{0,32})$/u;
/** Scripts that write without spaces: there an @ may follow a word at once. */
const AFTER_HAN = /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])@([^\s@]{0,32})$/u;

export function mentionAt(text: string, caret: number): MentionQuery | undefined {
  const before = text.slice(0, caret);
  const found = TYPED.exec(before) ?? AFTER_HAN.exec(before);
  return found === null ? undefined : { start: found.index, query: found[1] ?? '' };
}

export function mentionables(
  members: readonly MemberItem[],
  { myID, everybody }: { myID: string; everybody: string },
): Mentionable[] {
  const others = members
    .filter(({ userID }) => userID !== myID)
    .map(({ userID, nameCard, nick, avatar }) => ({ userID, name: nameCard || nick || userID, avatar }));
  return others.length === 0 ? [] : [...others, { userID: EVERYBODY, name: everybody, avatar: '' }];
}

/** Who fits what was typed: names that begin so first. */
export function offered(all: readonly Mentionable[], query: string): readonly Mentionable[] {
  const wanted = query.toLocaleLowerCase();
  const rank = ({ name, userID }: Mentionable): number => {
    const texts = [name.toLocaleLowerCase(), userID.toLocaleLowerCase()];
    if (texts.some((text) => text.startsWith(wanted))) return 0;
    return texts.some((text) => text.includes(wanted)) ? 1 : 2;
  };
  return all
    .filter((one) => rank(one) < 2)
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, LIMITS.membersOffered);
}

/** Puts the chosen name in the place of what was typed, with a space behind it. */
export function completed(
  text: string,
  { start, query }: MentionQuery,
  name: string,
): { text: string; caret: number } {
  const head = `${text.slice(0, start)}@${name} `;
  const tail = text.slice(start + 1 + query.length).replace(/^ /u, '');
  return { text: head + tail, caret: head.length };
}

/** Of those who were chosen, the ones whose name still stands in the text. */
export function mentionsIn(text: string, chosen: ReadonlyMap<string, string>): string[] {
  const still = [...chosen].filter(([, name]) => text.includes(`@${name}`));
  return still.map(([userID]) => userID).slice(0, LIMITS.mentions);
}
