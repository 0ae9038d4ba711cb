import { authorizeRead } from '../access/authorize.ts';
import type { ReaderClaims } from '../access/signed-url.ts';
import { ObjectError } from '../errors.ts';
import { parseRange } from '../http/range.ts';
import type { ObjectRequest, ObjectResponse } from '../http/request.ts';
import { servingHeaders } from '../http/serving-headers.ts';
import { imageFormatNumber } from '../media/image-header.ts';
import { AS_IT_IS } from '../media/media-worker.ts';
import { SHORT_SIDES } from '../media/rendition-size.ts';
import { fileNameOf } from '../object-key.ts';
import type { RenditionKind, Segment, StoredObject } from '../storage/object-index.ts';
import { readSegments } from '../storage/read-object.ts';
import { type Call, gateOf, type OperationDeps } from './call.ts';

/** `GET` and `HEAD` of an object, or of what is made of it. */
export async function getObject(deps: OperationDeps, call: Call): Promise<ObjectResponse> {
  const object = await readable(deps, call);
  const { query } = call.target;
  if (query.has('imageinfo')) return imageInfo(deps, object);
  const kind = renditionKind(call);
  const rendition = kind === undefined ? AS_IT_IS : await deps.renditions.get(object, kind);
  if (kind === undefined || rendition === AS_IT_IS) {
    return serve(deps, call, {
      ...object,
      fileName: fileNameOf(object.key),
      extra: Object.fromEntries(
        Object.entries(object.metadata).map(([name, value]) => [`x-cos-meta-${name}`, value]),
      ),
    });
  }
  return serve(deps, call, {
    segments: [rendition],
    size: rendition.size,
    etag: rendition.blob,
    mediaType: rendition.mediaType,
    createdMs: object.createdMs,
    fileName: kind,
    extra: {},
  });
}

type Served = {
  segments: readonly Segment[];
  size: number;
  etag: string;
  mediaType: string;
  createdMs: number;
  fileName: string;
  extra: Record<string, string>;
};

/** The object of a request that may read it. */
async function readable(deps: OperationDeps, { request, target }: Call): Promise<StoredObject> {
  const access = authorizeRead(gateOf(deps), request, target);
  const object = await deps.index.getObject({ key: target.key });
  if (object === undefined) throw new ObjectError('noSuchKey');
  if (access.kind === 'asked' && !(await mayRead(deps, access, object)))
    throw new ObjectError('accessDenied');
  return object;
}

/** Where readers are looked up, a link opens nothing for whoever does not say who they are. */
async function mayRead(
  { mayRead: ask }: OperationDeps,
  { isSigned, reader }: { isSigned: boolean; reader: ReaderClaims | undefined },
  { app, key, owner }: StoredObject,
): Promise<boolean> {
  if (ask === undefined) return isSigned;
  return reader?.app === app && (await ask({ app, user: reader.user, key, owner }));
}

function serve(deps: OperationDeps, { request, target }: Call, served: Served): ObjectResponse {
  const { mediaType, fileName } = served;
  // COS's own parameter. It needs no signature: all that it can do is to keep a browser from showing something.
  const isSaved = target.query.get('response-content-disposition')?.startsWith('attachment') === true;
  const { size, segments } = served;
  const headers: Record<string, string> = {
    ...servingHeaders(mediaType, fileName, isSaved),
    ...served.extra,
    etag: `"${served.etag}"`,
    'last-modified': new Date(served.createdMs).toUTCString(),
  };
  if (unmodified(request, served)) return { status: 304, headers };
  const range = parseRange(wantedRange(request, headers), size);
  const { start, end } = range ?? { start: 0, end: size };
  headers['content-length'] = String(end - start);
  if (range !== undefined) headers['content-range'] = `bytes ${start}-${end - 1}/${size}`;
  const status = range === undefined ? 200 : 206;
  if (request.method === 'HEAD') return { status, headers };
  // The download keeps its place until its last byte is taken, or the reader has gone.
  const release = deps.admission.admitDownload();
  return { status, headers, body: readSegments(deps.blobs, segments, { start, end }), release };
}

function unmodified({ headers }: ObjectRequest, { etag, createdMs }: Served): boolean {
  const [match, noneMatch] = [headers['if-match'], headers['if-none-match']];
  if (match !== undefined && !names(match, etag)) throw new ObjectError('preconditionFailed');
  if (noneMatch !== undefined) return names(noneMatch, etag);
  const since = Date.parse(headers['if-modified-since'] ?? '');
  // Dates on the wire have whole seconds.
  return !Number.isNaN(since) && Math.floor(createdMs / 1000) * 1000 <= since;
}

function names(header: string, etag: string): boolean {
  return header.split(',').some((each) => ['*', `"${etag}"`, `W/"${etag}"`].includes(each.trim()));
}

/** Ranges are of GET alone, and one of other content than the reader has would be glued to the wrong bytes. */
function wantedRange(request: ObjectRequest, headers: Record<string, string>): string | undefined {
  if (request.method !== 'GET') return undefined;
  const condition = request.headers['if-range'];
  const holds = condition === undefined || [headers['etag'], headers['last-modified']].includes(condition);
  return holds ? request.headers['range'] : undefined;
}

function renditionKind({ target: { query } }: Call): RenditionKind | undefined {
  if (query.has('videosnapshot')) return 'snapshot';
  const side = query.get('imagerendition');
  if (side === undefined) return undefined;
  if (side === String(SHORT_SIDES.thumbnail)) return 'thumbnail';
  if (side === String(SHORT_SIDES.large)) return 'large';
  throw new ObjectError('invalidArgument');
}

async function imageInfo(deps: OperationDeps, object: StoredObject): Promise<ObjectResponse> {
  const { format, width, height } = await deps.renditions.header(object);
  const body = JSON.stringify({
    format,
    width,
    height,
    size: object.size,
    imageFormat: imageFormatNumber(format),
  });
  return { status: 200, headers: { 'content-type': 'application/json' }, body };
}
