/** Somebody to be in development mode. */
export interface DemoUser {
  userID: string;
  nick: string;
  avatar: string;
}

const PEOPLE = [
  ['alice', 'Alice', '#2f7d8c'],
  ['bob', 'Bob', '#b4632f'],
  ['carol', 'Carol', '#6a5aa8'],
  ['dave', 'Dave', '#4c7a3f'],
] as const;

/** The people of the demo, each with a picture that needs no server. */
export const DEMO_USERS: readonly DemoUser[] = PEOPLE.map(([userID, nick, color]) => ({
  userID,
  nick,
  avatar: initialAvatar(nick.slice(0, 1), color),
}));

/** A picture of one letter, within the 500 bytes that an avatar may have. */
function initialAvatar(letter: string, color: string): string {
  const picture =
    `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 64 64'><rect width='64' height='64' fill='${color}'/>` +
    `<text x='32' y='43' font-family='sans-serif' font-size='32' text-anchor='middle' fill='#fff'>${letter}</text></svg>`;
  return `data:image/svg+xml,${picture.replaceAll('#', '%23').replaceAll('<', '%3C').replaceAll('>', '%3E')}`;
}
