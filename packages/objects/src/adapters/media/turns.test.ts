import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

async function waiting(turns: Turns, ...owners: string[]) {
  const order: string[] = [];
  const all = owners.map((owner, index) => turns.wait(owner).then(() => order.push(`${owner}${index}`)));
  return { order, all: Promise.all(all) };
}

test('owners take turns, each with their own in order', async () => {
  const turns = new Turns(20);
  const { order, all } = await waiting(turns, 'a', 'a', 'a', 'a', 'b', 'b', 'c');
  while (turns.next());
  await all;
  expect(order).toEqual(['a0', 'b4', 'c6', 'a1', 'b5', 'a2', 'a3']);
});

test('an owner has half of the places, and all together have no more than there are', async () => {
  const turns = new Turns(4);
  const { all } = await waiting(turns, 'a', 'a');
  await expect(turns.wait('a')).rejects.toMatchObject({ reason: 'slowDown' });
  const others = await waiting(turns, 'b', 'c');
  await expect(turns.wait('d')).rejects.toMatchObject({ reason: 'slowDown' });
  expect(turns.next()).toBe(true);
  const late = turns.wait('d');
  while (turns.next());
  await Promise.all([all, others.all, late]);
  expect(turns.next()).toBe(false);
});
