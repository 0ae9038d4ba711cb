import { describe, expect, test } from 'vitest';
import { BAD_BLOCKS } from './bad-blocks.ts';
import { BAD_DELETIONS } from './bad-deletions.ts';
import { BAD_EDITS } from './bad-edits.ts';
import { BAD_INVITATIONS } from './bad-invitations.ts';
import { BAD_MESSAGES } from './bad-messages.ts';
import { BAD_RECALLS } from './bad-recalls.ts';
import { BAD_RECEIPTS } from './bad-receipts.ts';
import { BAD_ROOMS, withRoom } from './bad-rooms.ts';
import { BAD_SILENCES, withSilences } from './bad-silences.ts';
import { BAD_STATES } from './bad-states.ts';
import { BAD_TOPICS } from './bad-topics.ts';
import { check } from './checker.ts';
import { fromJsonLines, toJsonLines } from './history.ts';
import { tellStory } from './story.ts';

const BAD_HISTORIES = [
  ...BAD_MESSAGES,
  ...BAD_RECALLS,
  ...BAD_EDITS,
  ...BAD_DELETIONS,
  ...BAD_RECEIPTS,
  ...BAD_STATES,
  ...BAD_BLOCKS,
  ...BAD_INVITATIONS,
  ...BAD_ROOMS,
  ...BAD_TOPICS,
  ...BAD_SILENCES,
];

describe('the history checker', () => {
  test('finds nothing in a perfect history, and says how much was in it', () => {
    const { violations, counts } = check(tellStory());
    expect(violations).toEqual([]);
    expect(counts).toMatchObject({
      acked: 28,
      recalled: 2,
      edited: 2,
      deleted: 1,
      cleared: 2,
      receipts: 2,
      readByPeer: 10,
      refused: 1,
      unknown: 1,
    });
  });

  test('finds nothing in a live room that keeps its promises', () => {
    expect(check(withRoom(tellStory())).violations).toEqual([]);
  });

  test('finds nothing where those speak who may', () => {
    const { violations } = check(withSilences(tellStory(), { voice: true, role: true }));
    expect(violations).toEqual([]);
  });

  test('reads what another process wrote', () => {
    expect(check(fromJsonLines(toJsonLines(tellStory())))).toEqual(check(tellStory()));
  });

  test.each(BAD_HISTORIES.map((bad) => [bad.name, bad] as const))('sees that %s', (_, bad) => {
    const checks = check(bad.tamper(tellStory())).violations.map((violation) => violation.check);
    expect(checks).toContain(bad.check);
  });

  test('every check of the list is proven by a bad history', () => {
    const proven = new Set(BAD_HISTORIES.map((bad) => bad.check));
    const wanted = [
      'C1',
      'C2',
      'C3',
      'C4',
      'C5',
      'C6',
      'C7',
      'C8',
      'C9',
      'C10',
      'C11',
      'C12',
      'C13',
      'C14',
      'C16',
      'C17',
      'C18',
      'C19',
      'C20',
    ];
    expect(wanted.filter((name) => !proven.has(name))).toEqual([]);
    expect(BAD_HISTORIES.length).toBeGreaterThanOrEqual(30);
  });
});
