import { Readable } from 'node:stream';
import type * as S3 from '@aws-sdk/client-s3';
import type { BlobStore, ByteRange } from '../../ports.ts';

/** The smallest that S3 takes for a part that is not the last; one is held in memory for each upload. */
const PART_BYTES = 5 * 1024 * 1024;

export type S3Options = {
  bucket: string;
  region: string;
  /** Before every name, so that a bucket can be shared. */
  prefix?: string;
  /** Of a store that is not Amazon's. */
  endpoint?: string;
  /** The bucket in the path and not in the host name: what most stores of one's own want. */
  pathStyle?: boolean;
  /** Taken from the environment, as the library does it, when absent. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
};

type Sdk = typeof S3;
type Place = { sdk: Sdk; client: S3.S3Client; bucket: string; prefix: string };

/** Blobs in an S3-compatible store. The library is loaded here and not before: nobody else pays for it. */
export async function openS3Blobs(options: S3Options): Promise<BlobStore & { close(): void }> {
  const sdk = await loadSdk();
  const client = new sdk.S3Client({
    region: options.region,
    forcePathStyle: options.pathStyle ?? false,
    // Newer checksums than the request needs are unknown to many stores.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
  });
  const place: Place = { sdk, client, bucket: options.bucket, prefix: `${options.prefix ?? ''}blobs/` };
  return {
    write: (id, bytes) => write(place, id, bytes),
    read: (id, range) => read(place, id, range),
    remove: async (id) => {
      await client.send(new sdk.DeleteObjectCommand(named(place, id)));
    },
    list: () => list(place),
    modifiedMs: (id) => modifiedMs(place, id),
    freeBytes: async () => Number.POSITIVE_INFINITY,
    close: () => client.destroy(),
  };
}

async function loadSdk(): Promise<Sdk> {
  try {
    return await import('@aws-sdk/client-s3');
  } catch (cause) {
    throw new Error(
      'Storing objects in S3 needs the package @aws-sdk/client-s3: install it beside this one.',
      {
        cause,
      },
    );
  }
}

/** One request for what fits into a part, else a multipart upload: either way the blob appears whole or not. */
async function write(place: Place, id: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const parts = inParts(bytes);
  const first = await parts.next();
  const second = await parts.next();
  if (first.done === true || second.done === true) {
    const body = first.done === true ? new Uint8Array() : first.value;
    await place.client.send(new place.sdk.PutObjectCommand({ ...named(place, id), Body: body }));
    return;
  }
  await writeParts(place, id, chain([first.value, second.value], parts));
}

async function writeParts(
  { sdk, client, ...where }: Place,
  id: string,
  parts: AsyncIterable<Uint8Array>,
): Promise<void> {
  const name = named(where, id);
  const { UploadId } = await client.send(new sdk.CreateMultipartUploadCommand(name));
  const upload = { ...name, UploadId };
  try {
    const done: { PartNumber: number; ETag: string | undefined }[] = [];
    for await (const Body of parts) {
      const PartNumber = done.length + 1;
      const { ETag } = await client.send(new sdk.UploadPartCommand({ ...upload, PartNumber, Body }));
      done.push({ PartNumber, ETag });
    }
    await client.send(
      new sdk.CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: done } }),
    );
  } catch (error) {
    // What went wrong is what matters; what stays of it is swept by the bucket's own lifecycle.
    await Promise.allSettled([client.send(new sdk.AbortMultipartUploadCommand(upload))]);
    throw error;
  }
}

async function* read(place: Place, id: string, { start, end }: ByteRange): AsyncGenerator<Uint8Array> {
  const { client, sdk } = place;
  const empty = start >= end;
  // An empty range cannot be asked for; that the blob is there can.
  const command = empty
    ? new sdk.GetObjectCommand(named(place, id))
    : new sdk.GetObjectCommand({ ...named(place, id), Range: `bytes=${start}-${end - 1}` });
  const { Body } = await client.send(command);
  if (!(Body instanceof Readable)) throw new Error('The store sent no stream.');
  if (empty) {
    Body.destroy();
    return;
  }
  for await (const chunk of Body) if (chunk instanceof Uint8Array) yield chunk;
}

async function* list({ client, sdk, bucket, prefix }: Place): AsyncGenerator<string> {
  let ContinuationToken: string | undefined;
  do {
    const page = await client.send(
      new sdk.ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix,
        ...(ContinuationToken === undefined ? {} : { ContinuationToken }),
      }),
    );
    for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key.slice(prefix.length);
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
}

async function modifiedMs(place: Place, id: string): Promise<number | undefined> {
  try {
    const head = await place.client.send(new place.sdk.HeadObjectCommand(named(place, id)));
    return head.LastModified?.getTime();
  } catch (error) {
    if (error instanceof place.sdk.NotFound) return undefined;
    throw error;
  }
}

function named({ bucket, prefix }: Pick<Place, 'bucket' | 'prefix'>, id: string) {
  return { Bucket: bucket, Key: prefix + id };
}

async function* inParts(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    // A copy: the sender uses its chunks again.
    chunks.push(Buffer.from(chunk));
    size += chunk.byteLength;
    if (size < PART_BYTES) continue;
    yield Buffer.concat(chunks);
    chunks = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(chunks);
}

async function* chain(
  first: readonly Uint8Array[],
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* first;
  yield* rest;
}
