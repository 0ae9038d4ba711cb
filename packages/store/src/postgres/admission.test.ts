import { createSeededRandom, type SeededRandom } from '@sterna/core/testing';
import { expect, test } from 'vitest';
import { Admission, type Applicant } from './admission.ts';

interface Named extends Applicant {
  name: string;
}

const named = (name: string, exclusive: string[], shared: string[] = []): Named => ({
  name,
  locks: { exclusive, shared },
});
const namesOf = (taken: readonly Named[]) => taken.map(({ name }) => name).join(' ');

function admit(...all: Named[]): Admission<Named> {
  const admission = new Admission<Named>();
  for (const one of all) admission.add(one);
  return admission;
}

test('what conflicts goes in one batch, in order', () => {
  expect(namesOf(admit(named('a', ['x']), named('b', ['x']), named('c', ['y'])).take(9))).toBe('a b c');
});

test('what conflicts with a running batch waits; what does not overtakes', () => {
  const admission = admit(named('a', ['x']));
  const running = admission.take(9);
  for (const one of [named('b', ['x']), named('c', ['y'])]) admission.add(one);
  expect(namesOf(admission.take(9))).toBe('c');
  expect(namesOf(admission.take(9))).toBe('');
  admission.release(running);
  expect(namesOf(admission.take(9))).toBe('b');
  expect(admission.isEmpty).toBe(true);
});

test('what conflicts with something that waits does not overtake it', () => {
  const admission = admit(named('a', ['x']));
  admission.take(9);
  for (const one of [named('b', ['x', 'y']), named('c', ['y']), named('d', [], ['y']), named('e', [], ['z'])])
    admission.add(one);
  expect(namesOf(admission.take(9))).toBe('e');
});

test('shared locks go together, beside a running one too; an exclusive one waits for them', () => {
  const admission = admit(named('a', [], ['x']));
  const running = admission.take(9);
  for (const one of [named('b', [], ['x']), named('c', ['x']), named('d', [], ['x'])]) admission.add(one);
  const beside = admission.take(9);
  expect(namesOf(beside)).toBe('b');
  admission.release(running);
  expect(namesOf(admission.take(9))).toBe('');
  admission.release(beside);
  expect(namesOf(admission.take(9))).toBe('c d');
});

test('a batch has its bound, and the search beyond it too', () => {
  const many = Array.from({ length: 100 }, (_, index) => named(`${index}`, [`${index}`]));
  const admission = admit(...many);
  expect(admission.take(10)).toHaveLength(10);
  expect(namesOf(admission.take(3))).toBe('10 11 12');
  const blocked = admit(named('a', ['x']));
  blocked.take(1);
  for (let index = 0; index < 8; index++) blocked.add(named('b', ['x']));
  blocked.add(named('c', ['y']));
  expect(namesOf(blocked.take(1))).toBe('');
});

type Numbered = Applicant & { index: number };

/** Adds, takes and releases at random until all have run; answers in which order they were taken. */
function ranIn(random: SeededRandom, all: readonly Numbered[]): Numbered[] {
  const admission = new Admission<Numbered>();
  const running: Numbered[][] = [];
  const order: Numbered[] = [];
  let added = 0;
  while (order.length < all.length) {
    const next = random.chance(0.6) ? all[added] : undefined;
    if (next !== undefined) {
      admission.add(next);
      added += 1;
    }
    const taken = running.length < 3 ? admission.take(1 + random.below(4)) : [];
    order.push(...taken);
    if (taken.length > 0) running.push(taken);
    const [ended] = random.chance(0.4) ? running.splice(random.below(running.length), 1) : [];
    if (ended !== undefined) admission.release(ended);
  }
  return order;
}

test('over any order of ends, conflicting ones run in the order of the calls', () => {
  const random = createSeededRandom(6);
  for (let round = 0; round < 200; round++) {
    const scopes = ['a', 'b', 'c', 'd'] as const;
    const all = Array.from({ length: 30 }, (_, index) => {
      const exclusive = random.chance(0.6) ? [random.pick(scopes)] : [];
      const shared = scopes.filter((scope) => !exclusive.includes(scope) && random.chance(0.2));
      return { index, locks: { exclusive, shared } };
    });
    const order = ranIn(random, all);
    const overtaken = order.flatMap((later, at) =>
      order.slice(at + 1).filter((earlier) => earlier.index < later.index && conflict(earlier, later)),
    );
    expect(overtaken).toEqual([]);
  }
});

function conflict(one: Applicant, other: Applicant): boolean {
  const [a, b] = [one.locks, other.locks];
  const touches = (exclusive: readonly string[], locks: typeof a) =>
    exclusive.some((scope) => locks.exclusive.includes(scope) || locks.shared.includes(scope));
  return touches(a.exclusive, b) || touches(b.exclusive, a);
}
