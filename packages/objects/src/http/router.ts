import { ObjectError } from '../errors.ts';
import { deleteObject } from '../operations/delete-object.ts';
import { getObject } from '../operations/get-object.ts';
import type { Operation } from '../operations/call.ts';
import { listParts, listUploads } from '../operations/listings.ts';
import { abortMultipart, beginMultipart, completeMultipart, putPart } from '../operations/multipart.ts';
import { postObject } from '../operations/post-object.ts';
import { putObject } from '../operations/put-object.ts';
import type { Target } from './request.ts';

/**
 * Parameters that turn a request into another operation, none of which is offered. Ignoring one would store
 * an access list as the object, or delete the whole instead of a tag.
 */
const FOREIGN = [
  'acl',
  'append',
  'cors',
  'delete',
  'domain',
  'encryption',
  'inventory',
  'lifecycle',
  'location',
  'logging',
  'policy',
  'referer',
  'replication',
  'restore',
  'select',
  'tagging',
  'torrent',
  'uploadpartcopy',
  'versionid',
  'versioning',
  'versions',
  'website',
];

/** The operation that method, path and parameters name. */
export function route(method: string, target: Target): Operation {
  if (FOREIGN.some((name) => target.query.has(name))) throw new ObjectError('notImplemented');
  const operation = target.key === '' ? routeRoot(method, target) : routeKey(method, target);
  if (operation === undefined) throw new ObjectError('methodNotAllowed');
  return operation;
}

function routeRoot(method: string, { query }: Target): Operation | undefined {
  if (method === 'POST' && !query.has('uploads')) return postObject;
  if (method === 'GET' && query.has('uploads')) return listUploads;
  return undefined;
}

function routeKey(method: string, { query }: Target): Operation | undefined {
  const inUpload = query.has('uploadid');
  switch (method) {
    case 'PUT':
      return inUpload || query.has('partnumber') ? putPart : putObject;
    case 'POST':
      if (query.has('upload')) return postObject;
      if (query.has('uploads')) return beginMultipart;
      return inUpload ? completeMultipart : undefined;
    case 'GET':
      return inUpload ? listParts : getObject;
    case 'HEAD':
      return getObject;
    case 'DELETE':
      return inUpload ? abortMultipart : deleteObject;
    default:
      return undefined;
  }
}
