import { Buffer } from 'node:buffer';
import { PROTOCOL } from '../limits.ts';
import { sniffType } from '../media/media-type.ts';
import { contentDigest, joinLeaves } from '../storage/leaves.ts';
import type { Part } from '../storage/object-index.ts';
import { readSegments, readWhole } from '../storage/read-object.ts';
import { inSlabs } from '../storage/slabs.ts';
import type { OperationDeps } from './call.ts';

type Whole = { size: number; content: string; mediaType: string };

/** What the parts are together. They are read once more only where they were cut within a leaf. */
export async function wholeOf(deps: OperationDeps, parts: readonly Part[]): Promise<Whole> {
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  const leaves = joinLeaves(parts) ?? (await readLeaves(deps, { parts, size }));
  return { size, content: contentDigest(leaves), mediaType: sniffType(await readHead(deps, parts)) };
}

async function readHead({ blobs }: OperationDeps, parts: readonly Part[]): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readSegments(blobs, parts, { start: 0, end: PROTOCOL.sniffBytes })) {
    chunks.push(Uint8Array.from(chunk));
  }
  return Buffer.concat(chunks);
}

async function readLeaves(
  { blobs, digester, slabs }: OperationDeps,
  { parts, size: expected }: { parts: readonly Part[]; size: number },
): Promise<string> {
  const digest = digester.begin({ md5: false, leaves: true });
  const pair = slabs.take({ shared: digest.elsewhere, bytes: expected });
  let size = 0;
  try {
    for await (const slab of inSlabs(readWhole(blobs, parts), pair, (each) => digest.update(each))) {
      size += slab.byteLength;
    }
    if (size !== expected) throw new Error(`The parts hold ${size} bytes, not ${expected}.`);
    return (await digest.finish()).leaves;
  } catch (error) {
    await digest.cancel();
    throw error;
  } finally {
    slabs.giveBack(pair);
  }
}
