/** Something that begins and ends between two users, in the order of the commits. */
interface Change {
  user: string;
  other: string;
  change: 'begin' | 'end';
  commit: number;
}

/** What the newest change before that commit says. */
export function isSoBefore(
  changes: readonly Change[],
  { user, other, commit }: Pick<Change, 'user' | 'other' | 'commit'>,
): boolean {
  const before = changes.filter((it) => it.user === user && it.other === other && it.commit < commit);
  return before.toSorted((a, b) => a.commit - b.commit).at(-1)?.change === 'begin';
}
