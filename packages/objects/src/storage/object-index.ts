import type { CompletedPart } from '../http/xml.ts';

/** A blob that was just written, with what it holds: an equal one that is here already is taken for it. */
export type NewBlob = { id: string; size: number; content: string };

/** A run of an object's bytes. */
export type Segment = { blob: string; size: number };

/** All that is known of an object, apart from where its bytes are. */
export type ObjectFacts = {
  key: string;
  app: string;
  owner: string;
  size: number;
  /** MD5 of the bytes, or of the parts' MD5s with their number. */
  etag: string;
  /** What equal bytes have in common, however they were cut. */
  content: string;
  /** What the first bytes say. */
  mediaType: string;
  createdMs: number;
  /** The `x-cos-meta-*` headers, without that prefix. */
  metadata: Readonly<Record<string, string>>;
};

export type StoredObject = ObjectFacts & { segments: readonly Segment[] };

/** What one user may keep. */
export type Quota = { bytes: number; objects: number };

export type Upload = {
  id: string;
  app: string;
  owner: string;
  key: string;
  createdMs: number;
  /** Of the credential that began it: whoever sends parts may not send more than that. */
  maxBytes: number;
  metadata: Readonly<Record<string, string>>;
};

export type Part = {
  number: number;
  size: number;
  etag: string;
  /** Empty of one that an older version took in. */
  leaves: string;
  blob: string;
};

export const RENDITION_KINDS = ['thumbnail', 'large', 'snapshot'] as const;

export type RenditionKind = (typeof RENDITION_KINDS)[number];

/** Made of an object: a picture, or the reason why there is none. */
export type Rendition =
  | { outcome: 'ready'; blob: string; size: number; mediaType: string; width: number; height: number }
  | { outcome: 'refused'; reason: string }
  /** The object itself is shown. */
  | { outcome: 'asItIs' };

export type Paging = { after: { key: string; id: string }; limit: number; prefix: string };

/**
 * What the index can be asked, one atomic and durable step each. A blob that a step did not keep is named in
 * its reply: the caller removes the file.
 */
export type IndexCalls = {
  /** `same`: the key already holds exactly this. `taken`: it holds something else, and keeps it. */
  putObject: {
    request: { facts: ObjectFacts; blob: NewBlob; quota: Quota };
    reply: { outcome: 'stored' | 'same' | 'taken' | 'overQuota'; blobKept: boolean };
  };
  getObject: { request: { key: string }; reply: StoredObject | undefined };
  removeObject: { request: { key: string }; reply: boolean };
  /** Marks objects as named by a message of a conversation, so that they outlive `expireUnkept`; says how many of them are there. */
  keepObjects: {
    request: { keys: readonly string[]; conversation: string; nowMs: number };
    reply: number;
  };
  /** Marks an object as what a place shows, so that it outlives `expireUnkept`; false when it is not there. */
  keepAvatar: { request: { place: string; key: string; nowMs: number }; reply: boolean };
  /** What a place shows: more than one object only where a change of it broke off. */
  avatarsOf: { request: { place: string }; reply: readonly string[] };
  /** The place shows these no more; what nothing else names is like an object that was never named. */
  releaseAvatars: { request: { place: string; keys: readonly string[] }; reply: number };
  /** Whether any place shows the object, which is of this app. */
  isAvatar: { request: { app: string; key: string }; reply: boolean };
  /** Where an object was named, in order. */
  conversationsOf: { request: { key: string; after: string; limit: number }; reply: readonly string[] };

  beginUpload: {
    request: { upload: Upload; mostOpen: number };
    reply: 'begun' | 'tooMany';
  };
  getUpload: { request: { id: string }; reply: Upload | undefined };
  listUploads: { request: Paging; reply: readonly Upload[] };
  /** Replaces the part of that number, if there is one. */
  putPart: {
    request: { uploadID: string; part: Part; blob: NewBlob; quota: Quota };
    reply: { outcome: 'stored' | 'gone' | 'tooLarge' | 'overQuota'; blobKept: boolean };
  };
  listParts: {
    request: { uploadID: string; after: number; limit: number };
    reply: readonly Part[];
  };
  /** `changed`: a part is no longer the one that was read. A repeated completion gets the first one's reply. */
  completeUpload: {
    request: { uploadID: string; facts: ObjectFacts; parts: readonly Part[]; quota: Quota };
    reply: 'stored' | 'same' | 'taken' | 'overQuota' | 'gone' | 'changed';
  };
  /** What a completed upload was answered with, as long as that is remembered. */
  completedEtag: { request: { id: string; key: string }; reply: string | undefined };
  abortUpload: { request: { id: string }; reply: boolean };

  getRendition: { request: { key: string; kind: RenditionKind }; reply: Rendition | undefined };
  /** Does nothing when the object is gone or has that rendition already. */
  putRendition: {
    request: { key: string; kind: RenditionKind; rendition: Rendition; content: string };
    reply: { blobKept: boolean };
  };

  usage: { request: { app: string; owner: string }; reply: Quota };
  /** Aborts uploads begun before a time, and forgets completions before another. */
  expireUploads: {
    request: { beganBeforeMs: number; completedBeforeMs: number; limit: number };
    reply: number;
  };
  /** Removes objects that no message was said to name and no place to show. */
  expireUnkept: { request: { createdBeforeMs: number; limit: number }; reply: number };
  /** Forgets blobs that nothing refers to; the caller removes their files. */
  takeGarbage: { request: { limit: number }; reply: readonly string[] };
  /** Those of the ids that the index knows. */
  knownBlobs: { request: { ids: readonly string[] }; reply: readonly string[] };
};

export type IndexCallName = keyof IndexCalls;

/** Where objects, uploads, references to blobs and quotas are kept. */
export type ObjectIndex = {
  [Name in IndexCallName]: (request: IndexCalls[Name]['request']) => Promise<IndexCalls[Name]['reply']>;
} & { close(): Promise<void> };

/** The parts that a completion names, if each is there with that digest; undefined when one is not. */
export function selectParts(
  stored: readonly Part[],
  wanted: readonly CompletedPart[],
): readonly Part[] | undefined {
  const byNumber = new Map(stored.map((part) => [part.number, part]));
  const selected = wanted.flatMap(({ number, etag }) => {
    const part = byNumber.get(number);
    return part !== undefined && part.etag === etag ? [part] : [];
  });
  return selected.length === wanted.length ? selected : undefined;
}
