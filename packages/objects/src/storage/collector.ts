import { PROTOCOL, type Limits } from '../limits.ts';
import type { BlobStore, Clock, Log } from '../ports.ts';
import type { ObjectIndex } from './object-index.ts';

/** Rows or files in one step, so that collecting never holds up the index for long. */
const STEP = 256;

export type Collected = { uploads: number; objects: number; garbage: number; orphans: number };

export type CollectorDeps = {
  blobs: BlobStore;
  index: ObjectIndex;
  clock: Clock;
  limits: Limits;
  log: Log;
  /** Objects that no message was said to name are removed after this; never when undefined. */
  unkeptAgeMs: number | undefined;
};

/** Gives back what nothing needs: unfinished uploads, unreferenced blobs, and files a crash left behind. */
export async function collect(deps: CollectorDeps): Promise<Collected> {
  return { ...(await collectKnown(deps)), orphans: await removeOrphans(deps) };
}

/**
 * Collects at intervals until the returned function is called, which waits for the round under way. Orphans come
 * from crashes alone, and finding them reads every name there is: they are looked for at first, and then rarely.
 */
export function runCollector(deps: CollectorDeps): () => Promise<void> {
  const { clock, limits, log } = deps;
  let stopped = false;
  let round: Promise<void> = Promise.resolve();
  let cancel: () => void;
  let sweepDueMs = clock.nowMs();
  const collectDue = async () => {
    await collectKnown(deps);
    if (clock.nowMs() < sweepDueMs) return;
    sweepDueMs = clock.nowMs() + limits.sweepEveryMs;
    await removeOrphans(deps);
  };
  const schedule = () => {
    cancel = clock.after(limits.collectEveryMs, () => {
      round = collectDue().catch((error: unknown) => log.warn('objects.collector.failed', { error }));
      void round.then(() => {
        if (!stopped) schedule();
      });
    });
  };
  schedule();
  return async () => {
    stopped = true;
    cancel();
    await round;
  };
}

/** What the index knows to be of no use. */
async function collectKnown(deps: CollectorDeps): Promise<Omit<Collected, 'orphans'>> {
  const { index, clock, limits, unkeptAgeMs } = deps;
  const nowMs = clock.nowMs();
  const uploads = await repeat((limit) =>
    index.expireUploads({
      beganBeforeMs: nowMs - limits.uploadAgeMs,
      completedBeforeMs: nowMs - PROTOCOL.completedMs,
      limit,
    }),
  );
  const objects =
    unkeptAgeMs === undefined
      ? 0
      : await repeat((limit) => index.expireUnkept({ createdBeforeMs: nowMs - unkeptAgeMs, limit }));
  const garbage = await repeat((limit) => removeGarbage(deps, limit));
  return { uploads, objects, garbage };
}

async function repeat(step: (limit: number) => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await step(STEP);
    total += count;
    if (count === 0) return total;
  }
}

/** Forgotten first, removed second: a crash in between leaves an orphan, never a name without its bytes. */
async function removeGarbage({ blobs, index }: CollectorDeps, limit: number): Promise<number> {
  const ids = await index.takeGarbage({ limit });
  for (const id of ids) await blobs.remove(id);
  return ids.length;
}

/** Files that the index does not know, and so old that no commit can still be on its way to naming them. */
async function removeOrphans({ blobs, index, clock, limits }: CollectorDeps): Promise<number> {
  const writtenBeforeMs = clock.nowMs() - limits.orphanAgeMs;
  let removed = 0;
  const sweep = async (ids: readonly string[]) => {
    const known = new Set(await index.knownBlobs({ ids }));
    for (const id of ids) {
      if (known.has(id)) continue;
      const modifiedMs = await blobs.modifiedMs(id);
      if (modifiedMs === undefined || modifiedMs >= writtenBeforeMs) continue;
      await blobs.remove(id);
      removed += 1;
    }
  };
  let page: string[] = [];
  for await (const id of blobs.list()) {
    page.push(id);
    if (page.length < STEP) continue;
    await sweep(page);
    page = [];
  }
  await sweep(page);
  return removed;
}
