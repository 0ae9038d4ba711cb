import { authorize, requireAccess } from '../access/authorize.ts';
import { ObjectError } from '../errors.ts';
import type { ObjectResponse, Query } from '../http/request.ts';
import type { XmlElement } from '../http/xml.ts';
import { PROTOCOL } from '../limits.ts';
import { type Call, gateOf, type OperationDeps } from './call.ts';
import { openUpload, xml } from './multipart.ts';

/** `GET /?uploads&prefix=…`: the open uploads that the credential covers, so that an SDK can resume one. */
export async function listUploads(deps: OperationDeps, { request, target }: Call): Promise<ObjectResponse> {
  const grant = authorize(gateOf(deps), request, target);
  const prefix = target.query.get('prefix') ?? '';
  requireAccess(grant, 'write', prefix);
  const limit = pageSize(target.query.get('max-uploads'));
  const after = {
    key: target.query.get('key-marker') ?? '',
    id: target.query.get('upload-id-marker') ?? '',
  };
  // One more than asked for tells whether there is another page.
  const found = await deps.index.listUploads({ prefix, after, limit: limit + 1 });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const truncated = found.length > limit && last !== undefined;
  return xml([
    'ListMultipartUploadsResult',
    [
      ['Bucket', grant.app],
      ['Prefix', prefix],
      ['KeyMarker', after.key],
      ['UploadIdMarker', after.id],
      ...(truncated
        ? next([
            ['NextKeyMarker', last.key],
            ['NextUploadIdMarker', last.id],
          ])
        : []),
      ['MaxUploads', limit],
      ['IsTruncated', truncated],
      ...page.map(
        ({ key, id, createdMs }): XmlElement => [
          'Upload',
          [
            ['Key', key],
            ['UploadId', id],
            ['StorageClass', 'STANDARD'],
            ['Initiated', isoTime(createdMs)],
          ],
        ],
      ),
    ],
  ]);
}

/** `GET /key?uploadId=…`: the parts that have arrived. */
export async function listParts(deps: OperationDeps, { request, target }: Call): Promise<ObjectResponse> {
  const grant = authorize(gateOf(deps), request, target);
  const upload = await openUpload(deps, grant, target);
  const limit = pageSize(target.query.get('max-parts'));
  const after = marker(target.query);
  const found = await deps.index.listParts({ uploadID: upload.id, after, limit: limit + 1 });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const truncated = found.length > limit && last !== undefined;
  return xml([
    'ListPartsResult',
    [
      ['Bucket', grant.app],
      ['Key', upload.key],
      ['UploadId', upload.id],
      ['StorageClass', 'STANDARD'],
      ['PartNumberMarker', after],
      ...(truncated ? next([['NextPartNumberMarker', last.number]]) : []),
      ['MaxParts', limit],
      ['IsTruncated', truncated],
      ...page.map(
        ({ number, etag, size }): XmlElement => [
          'Part',
          [
            ['PartNumber', number],
            ['LastModified', isoTime(upload.createdMs)],
            ['ETag', `"${etag}"`],
            ['Size', size],
          ],
        ],
      ),
    ],
  ]);
}

function next(markers: readonly XmlElement[]): readonly XmlElement[] {
  return markers;
}

function pageSize(text: string | undefined): number {
  if (text === undefined) return PROTOCOL.pageSize;
  if (!/^\d{1,6}$/.test(text) || Number(text) === 0) throw new ObjectError('invalidArgument');
  return Math.min(Number(text), PROTOCOL.pageSize);
}

function marker(query: Query): number {
  const text = query.get('part-number-marker') ?? '0';
  if (!/^\d{1,5}$/.test(text)) throw new ObjectError('invalidArgument');
  return Number(text);
}

function isoTime(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
