import { authorizeForm, requireAccess } from '../access/authorize.ts';
import { ObjectError } from '../errors.ts';
import { parseForm } from '../http/form.ts';
import { encodeKey } from '../http/percent.ts';
import { contentLength, type ObjectResponse } from '../http/request.ts';
import { xmlDocument } from '../http/xml.ts';
import { paced } from '../storage/ingest.ts';
import { type Call, gateOf, locationOf, type OperationDeps, readMetadata } from './call.ts';
import { storeObject } from './store-body.ts';

/** A form, what a mini program's `wx.uploadFile` sends: to `/` with the key in a field, or to the signed URL of a key. */
export async function postObject(deps: OperationDeps, call: Call): Promise<ObjectResponse> {
  const { request, target } = call;
  // Paced from the first byte: the fields come before anything is known of who sends them.
  const body = paced(request.body, deps.clock, deps.limits);
  const { fields, file } = await parseForm(body, request.headers['content-type'] ?? '');
  const grant = authorizeForm(gateOf(deps), call, fields);
  const key = target.key || (fields.get('key') ?? '').replace(/^\//, '');
  if (key === '') throw new ObjectError('malformedForm');
  requireAccess(grant, 'write', key);
  const etag = await storeObject(deps, {
    grant,
    key,
    body: { bytes: file, expectedBytes: contentLength(request), rules: {} },
    metadata: readMetadata(fields),
  });
  return formResponse(fields.get('success_action_status'), {
    etag,
    key,
    location: locationOf(request, encodeKey(key)),
  });
}

function formResponse(
  wanted: string | undefined,
  { etag, key, location }: { etag: string; key: string; location: string },
): ObjectResponse {
  const headers = { etag: `"${etag}"`, location };
  if (wanted === '200') return { status: 200, headers, body: '' };
  if (wanted !== '201') return { status: 204, headers };
  const body = xmlDocument([
    'PostResponse',
    [
      ['Location', location],
      ['Key', key],
      ['ETag', `"${etag}"`],
    ],
  ]);
  return { status: 201, headers: { ...headers, 'content-type': 'application/xml' }, body };
}
