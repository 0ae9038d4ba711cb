import { authorize, requireAccess } from '../access/authorize.ts';
import { ObjectError } from '../errors.ts';
import { contentLength, type ObjectResponse } from '../http/request.ts';
import { type Call, gateOf, type OperationDeps, readMetadata } from './call.ts';
import { storeObject } from './store-body.ts';

/** `PUT /key`: the whole object in one body. */
export async function putObject(deps: OperationDeps, { request, target }: Call): Promise<ObjectResponse> {
  // A copy has no body: taken for an upload, it would store an empty object.
  if (request.headers['x-cos-copy-source'] !== undefined) throw new ObjectError('notImplemented');
  const grant = authorize(gateOf(deps), request, target);
  requireAccess(grant, 'write', target.key);
  const declaredBytes = contentLength(request);
  const etag = await storeObject(deps, {
    grant,
    key: target.key,
    body: {
      bytes: request.body,
      expectedBytes: declaredBytes,
      rules: { declaredBytes, contentMD5: request.headers['content-md5'] },
    },
    metadata: readMetadata(Object.entries(request.headers)),
  });
  return { status: 200, headers: { etag: `"${etag}"` }, body: '' };
}
