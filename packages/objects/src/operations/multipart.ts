import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { authorize, type Grant, requireAccess } from '../access/authorize.ts';
import { ObjectError } from '../errors.ts';
import { encodeKey } from '../http/percent.ts';
import { contentLength, type ObjectRequest, type ObjectResponse } from '../http/request.ts';
import { type CompletedPart, parseCompletion, xmlDocument } from '../http/xml.ts';
import { mostParts, PROTOCOL } from '../limits.ts';
import { typeAllowed } from '../media/media-type.ts';
import { checkKey } from '../object-key.ts';
import { newUploadID } from '../storage/blob-id.ts';
import { paced } from '../storage/ingest.ts';
import { type Part, selectParts, type Upload } from '../storage/object-index.ts';
import { type Call, gateOf, locationOf, type OperationDeps, quotaOf, readMetadata } from './call.ts';
import { mostBytes, storeBody } from './store-body.ts';
import { wholeOf } from './whole-of-parts.ts';

/** `POST /key?uploads` */
export async function beginMultipart(
  deps: OperationDeps,
  { request, target }: Call,
): Promise<ObjectResponse> {
  const grant = authorize(gateOf(deps), request, target);
  requireAccess(grant, 'write', target.key);
  checkKey(target.key);
  const upload: Upload = {
    id: newUploadID(deps.random),
    app: grant.app,
    owner: grant.user,
    key: target.key,
    createdMs: deps.clock.nowMs(),
    maxBytes: mostBytes(deps, grant),
    metadata: readMetadata(Object.entries(request.headers)),
  };
  const begun = await deps.index.beginUpload({ upload, mostOpen: deps.limits.userOpenUploads });
  if (begun === 'tooMany') throw new ObjectError('tooManyUploads');
  return xml([
    'InitiateMultipartUploadResult',
    [
      ['Bucket', grant.app],
      ['Key', target.key],
      ['UploadId', upload.id],
    ],
  ]);
}

/** `PUT /key?partNumber=n&uploadId=…` */
export async function putPart(deps: OperationDeps, { request, target }: Call): Promise<ObjectResponse> {
  const grant = authorize(gateOf(deps), request, target);
  const upload = await openUpload(deps, grant, target);
  const number = partNumber(target.query.get('partnumber'), upload.maxBytes);
  const declaredBytes = contentLength(request);
  // Type is judged of the whole, when it is complete: a part has no beginning to be judged by.
  const partGrant = {
    ...grant,
    maxBytes: Math.min(grant.maxBytes, upload.maxBytes),
    contentTypes: undefined,
    exact: undefined,
  };
  const body = {
    bytes: request.body,
    expectedBytes: declaredBytes,
    rules: { declaredBytes, contentMD5: request.headers['content-md5'] },
  };
  const { outcome, stored } = await storeBody(
    deps,
    { grant: partGrant, body },
    ({ blob, size, md5, leaves }) =>
      deps.index.putPart({
        uploadID: upload.id,
        part: { number, size, etag: md5, leaves, blob: blob.id },
        blob,
        quota: quotaOf(deps),
      }),
  );
  if (outcome === 'gone') throw new ObjectError('noSuchUpload');
  if (outcome === 'tooLarge') throw new ObjectError('entityTooLarge');
  if (outcome === 'overQuota') throw new ObjectError('quotaExceeded');
  return { status: 200, headers: { etag: `"${stored.md5}"` }, body: '' };
}

/** `POST /key?uploadId=…` with the list of parts. */
export async function completeMultipart(
  deps: OperationDeps,
  { request, target }: Call,
): Promise<ObjectResponse> {
  const grant = authorize(gateOf(deps), request, target);
  requireAccess(grant, 'write', target.key);
  const wanted = parseCompletion(await readText(deps, request));
  checkOrder(wanted);
  const id = target.query.get('uploadid') ?? '';
  // An answer that got lost is asked for again; the upload itself is gone by then.
  const earlier = await deps.index.completedEtag({ id, key: target.key });
  const etag = earlier ?? (await finish(deps, { grant, wanted, target }));
  const location = locationOf(request, encodeKey(target.key));
  return xml([
    'CompleteMultipartUploadResult',
    [
      ['Location', location],
      ['Bucket', grant.app],
      ['Key', target.key],
      ['ETag', `"${etag}"`],
    ],
  ]);
}

/** `DELETE /key?uploadId=…` */
export async function abortMultipart(
  deps: OperationDeps,
  { request, target }: Call,
): Promise<ObjectResponse> {
  const grant = authorize(gateOf(deps), request, target);
  const upload = await openUpload(deps, grant, target);
  if (!(await deps.index.abortUpload({ id: upload.id }))) throw new ObjectError('noSuchUpload');
  return { status: 204, headers: {} };
}

/** The open upload of a request; its owner's key must be the one that was asked for and signed. */
export async function openUpload(
  deps: OperationDeps,
  grant: Grant,
  { key, query }: Call['target'],
): Promise<Upload> {
  requireAccess(grant, 'write', key);
  const upload = await deps.index.getUpload({ id: query.get('uploadid') ?? '' });
  if (upload === undefined || upload.key !== key || upload.app !== grant.app) {
    throw new ObjectError('noSuchUpload');
  }
  return upload;
}

async function finish(
  deps: OperationDeps,
  { grant, wanted, target }: { grant: Grant; wanted: readonly CompletedPart[]; target: Call['target'] },
): Promise<string> {
  const upload = await openUpload(deps, grant, target);
  const stored = await deps.index.listParts({ uploadID: upload.id, after: 0, limit: -1 });
  const parts = selectParts(stored, wanted);
  if (parts === undefined) throw new ObjectError('invalidPart');
  const { size, content, mediaType } = await wholeOf(deps, parts);
  if (grant.contentTypes !== undefined && !typeAllowed(mediaType, grant.contentTypes)) {
    throw new ObjectError('contentTypeRefused');
  }
  if (grant.exact === true && size !== grant.maxBytes) throw new ObjectError('invalidPart');
  const etag = multipartEtag(parts);
  const outcome = await deps.index.completeUpload({
    uploadID: upload.id,
    facts: {
      key: upload.key,
      app: upload.app,
      owner: upload.owner,
      size,
      etag,
      content,
      mediaType,
      createdMs: deps.clock.nowMs(),
      metadata: upload.metadata,
    },
    parts,
    quota: quotaOf(deps),
  });
  if (outcome === 'stored' || outcome === 'same') return etag;
  throw new ObjectError(REFUSALS[outcome]);
}

const REFUSALS = {
  taken: 'alreadyExists',
  overQuota: 'quotaExceeded',
  gone: 'noSuchUpload',
  changed: 'invalidPart',
} as const;

/** MD5 of the parts' MD5s, and how many they were: what object stores answer here. */
function multipartEtag(parts: readonly Part[]): string {
  const md5 = createHash('md5');
  for (const { etag } of parts) md5.update(Buffer.from(etag, 'hex'));
  return `${md5.digest('hex')}-${parts.length}`;
}

function checkOrder(parts: readonly CompletedPart[]): void {
  const ascending = parts.every(({ number }, position) => number > (parts[position - 1]?.number ?? 0));
  if (!ascending) throw new ObjectError('invalidPartOrder');
}

function partNumber(text: string | undefined, maxBytes: number): number {
  const number = /^\d{1,5}$/.test(text ?? '') ? Number(text) : 0;
  if (number < 1 || number > mostParts(maxBytes)) throw new ObjectError('invalidArgument');
  return number;
}

async function readText({ clock, limits }: OperationDeps, request: ObjectRequest): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of paced(request.body, clock, limits)) {
    size += chunk.byteLength;
    if (size > PROTOCOL.completeBodyBytes) throw new ObjectError('malformedXML');
    chunks.push(Uint8Array.from(chunk));
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function xml(root: Parameters<typeof xmlDocument>[0]): ObjectResponse {
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: xmlDocument(root) };
}
