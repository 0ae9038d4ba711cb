import type { Grant } from '../access/authorize.ts';
import { ObjectError } from '../errors.ts';
import { largestObject } from '../limits.ts';
import { checkKey } from '../object-key.ts';
import { newBlobID } from '../storage/blob-id.ts';
import { contentDigest } from '../storage/leaves.ts';
import { ingest, type BodyRules, type Ingested } from '../storage/ingest.ts';
import type { NewBlob } from '../storage/object-index.ts';
import type { DigestChoice } from '../ports.ts';
import { type OperationDeps, quotaOf } from './call.ts';

export type Stored = Ingested & { blob: NewBlob };

type Body = {
  bytes: AsyncIterable<Uint8Array>;
  /** Of the body itself, or at most, when it is wrapped in a form. */
  expectedBytes: number | undefined;
  rules: Pick<BodyRules, 'declaredBytes' | 'contentMD5'>;
};

/** Clients of COS take an ETag for the MD5; what content is known by are the leaves. */
const BOTH: DigestChoice = { md5: true, leaves: true };

/** The most that a grant may store in one object. */
export function mostBytes({ limits }: OperationDeps, grant: Grant): number {
  return Math.min(grant.maxBytes, largestObject(limits));
}

/**
 * Lets a body in, streams it into a blob, and hands that to `commit`, which says whether the index kept it. A
 * blob that was not kept is removed again.
 */
export async function storeBody<Reply extends { blobKept: boolean }>(
  deps: OperationDeps,
  { grant, body }: { grant: Grant; body: Body },
  commit: (stored: Stored) => Promise<Reply>,
): Promise<Reply & { stored: Stored }> {
  const maxBytes = mostBytes(deps, grant);
  if (body.rules.declaredBytes !== undefined && body.rules.declaredBytes > maxBytes) {
    throw new ObjectError('entityTooLarge');
  }
  const admitted = await deps.admission.admit(grant, Math.min(body.expectedBytes ?? maxBytes, maxBytes));
  try {
    const id = newBlobID(deps);
    const ingested = await ingest(deps, id, body.bytes, {
      ...body.rules,
      ...(grant.exact && { declaredBytes: grant.maxBytes }),
      digests: BOTH,
      maxBytes,
      contentTypes: grant.contentTypes,
      onBytes: admitted.onBytes,
    });
    const stored = {
      ...ingested,
      blob: { id, size: ingested.size, content: contentDigest(ingested.leaves) },
    };
    const reply = await commit(stored);
    if (!reply.blobKept) await deps.blobs.remove(id);
    return { ...reply, stored };
  } finally {
    admitted.release();
  }
}

/** Stores a whole object; resolves with its ETag. Sending the same bytes again is a success. */
export async function storeObject(
  deps: OperationDeps,
  { grant, key, body, metadata }: { grant: Grant; key: string; body: Body; metadata: Record<string, string> },
): Promise<string> {
  checkKey(key);
  const { outcome, stored } = await storeBody(deps, { grant, body }, (received) =>
    deps.index.putObject({
      facts: {
        key,
        app: grant.app,
        owner: grant.user,
        size: received.size,
        etag: received.md5,
        content: received.blob.content,
        mediaType: received.mediaType,
        createdMs: deps.clock.nowMs(),
        metadata,
      },
      blob: received.blob,
      quota: quotaOf(deps),
    }),
  );
  if (outcome === 'taken') throw new ObjectError('alreadyExists');
  if (outcome === 'overQuota') throw new ObjectError('quotaExceeded');
  return stored.md5;
}
