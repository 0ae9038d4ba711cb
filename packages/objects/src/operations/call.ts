import type { Gate } from '../access/authorize.ts';
import type { Secrets } from '../access/secrets.ts';
import { ObjectError } from '../errors.ts';
import type { ObjectRequest, ObjectResponse, Target } from '../http/request.ts';
import { type Limits, PROTOCOL } from '../limits.ts';
import type { Renditions } from '../media/renditions.ts';
import type { BlobStore, Clock, Digester, Log, Random } from '../ports.ts';
import type { Admission } from '../storage/admission.ts';
import type { SlabPool } from '../storage/slabs.ts';
import type { ObjectIndex, Quota } from '../storage/object-index.ts';

/** Whether a user may read an object: asked when downloads are checked against the conversations. */
export type MayRead = (request: {
  app: string;
  user: string;
  key: string;
  owner: string;
}) => Promise<boolean>;

/** What the operations work with. */
export type OperationDeps = {
  secrets: Secrets;
  limits: Limits;
  clock: Clock;
  random: Random;
  log: Log;
  blobs: BlobStore;
  index: ObjectIndex;
  digester: Digester;
  slabs: SlabPool;
  admission: Admission;
  renditions: Renditions;
  /** With it every link needs a reader token beside it; without it a link opens its object for whoever has it. */
  mayRead: MayRead | undefined;
};

/** One request with its target taken apart. */
export type Call = { request: ObjectRequest; target: Target };

export type Operation = (deps: OperationDeps, call: Call) => Promise<ObjectResponse>;

export function gateOf({ secrets, clock }: OperationDeps): Gate {
  return { secrets, nowMs: clock.nowMs() };
}

export function quotaOf({ limits }: OperationDeps): Quota {
  return { bytes: limits.userBytes, objects: limits.userObjects };
}

const METADATA_PREFIX = 'x-cos-meta-';

/** The `x-cos-meta-*` of headers or form fields, without that prefix. */
export function readMetadata(
  entries: Iterable<readonly [string, string | undefined]>,
): Record<string, string> {
  const metadata = new Map<string, string>();
  let size = 0;
  for (const [name, value] of entries) {
    if (!name.startsWith(METADATA_PREFIX) || value === undefined) continue;
    metadata.set(name.slice(METADATA_PREFIX.length), value);
    size += name.length + value.length;
  }
  if (size > PROTOCOL.metadataBytes) throw new ObjectError('metadataTooLarge');
  return Object.fromEntries(metadata);
}

/** `host:port/key` without a scheme, as the SDKs hand it to their callers. */
export function locationOf(request: ObjectRequest, encodedKey: string): string {
  return `${request.headers['host'] ?? ''}/${encodedKey}`;
}
