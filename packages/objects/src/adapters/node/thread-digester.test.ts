import { expect, test } from 'vitest';
import { digesterContract } from '../../storage/digester.contract.ts';
import { SLAB_BYTES } from '../../storage/slabs.ts';
import { ThreadDigester } from './thread-digester.ts';

digesterContract('in a thread', () => new ThreadDigester());

test('a thread that ends is told to whoever is under way, and the next body gets another', async () => {
  const digester = new ThreadDigester();
  const begun = digester.begin({ md5: true, leaves: false });
  await begun.update(new Uint8Array(SLAB_BYTES));
  // So much that it is not through before the thread is ended.
  const waiting = Promise.resolve(
    digester.begin({ md5: true, leaves: false }).update(new Uint8Array(512 * SLAB_BYTES)),
  );
  const refused = expect(waiting).rejects.toThrow(/thread that hashes has ended/);
  await digester.close();
  await refused;

  const next = digester.begin({ md5: true, leaves: false });
  await next.update(new Uint8Array(SLAB_BYTES));
  await expect(begun.finish()).rejects.toThrow(/thread that hashes has ended/);
  expect((await next.finish()).md5).toHaveLength(32);
  await digester.close();
});
